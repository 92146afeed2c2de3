//! The tables, the types that go into them, and the views for reading without Luwte.

use super::*;
use crate::keys::Keys;
use crate::meta::Meta;
use crate::register::{Mark, Register};
use crate::rows::Stored;
use crate::{db, header::HeaderId, stored_case, stored_practice};
use casebook::case::{Consent, Person, SummaryDraft, Task, YearWork};
use casebook::practice::{Adviser, CaseListing, FrozenYear, InboxKey, LogLine, Organisation, Practice, ReportTexts};
use casebook::{Answer, Attachment, CaseSummary, MediaKind, Stamp};
use rusqlite::Connection;
use std::collections::BTreeSet;
use taxonomy::{Coded, ConsentKind, ConsentState, Language, PersonRole};

fn meta(object: Object) -> Meta {
    Meta { object, generation: 1, parent: None, device: Uuid::from_u128(1), saved_at: now() }
}

fn stamp(session: u128, seconds: i64) -> Stamp {
    Stamp { device: Uuid::from_u128(1), at: later(seconds), session: Uuid::from_u128(session) }
}

fn last<T: Coded>() -> T {
    *T::ALL.iter().rfind(|value| value.selectable()).expect("a list has codes")
}

fn choice<T: Coded>() -> Answer<T> {
    let answers = T::ALL.iter().filter_map(|value| Answer::parse(value.code()));
    answers.filter(|answer: &Answer<T>| answer.known().is_some()).nth(1).expect("a list has two choices")
}

fn every<T: Coded>() -> BTreeSet<T> {
    T::ALL.iter().copied().collect()
}

/// Facts in which no field has its default, so that a column that is forgotten or
/// exchanged shows.
fn full_facts(vault_number: casebook::case::CaseNumber) -> Facts {
    let mut facts = Facts::draft(vault_number, day());
    facts.imported_as = CaseText::from("VB25-01");
    facts.organisation = Some(Uuid::from_u128(77));
    facts.draft = false;
    facts.closed = day().succ_opt();
    facts.phase = last();
    facts.channel = last();
    facts.found_via = Answer::Unknown;
    facts.reporter_role = Answer::Declined;
    facts.reporter_position = choice();
    facts.gender = Answer::Is(taxonomy::Gender::Male);
    facts.age_band = choice();
    facts.contract_type = choice();
    facts.salary_group = choice();
    facts.department = CaseText::from("ICT | beheer");
    facts.non_belonging = Some(last());
    facts.behaviours = every();
    facts.grounds = every();
    facts.accused_relation = Answer::Is(taxonomy::AccusedRelation::DirectManager);
    facts.frequency = choice();
    facts.interventions = every();
    facts.referrals = every();
    facts.outcome = last();
    facts.closing_reason = last();
    facts.aftercare = last();
    facts.second_adviser = true;
    facts.carried_over = true;
    facts.duty_basis = last();
    facts.breach = last();
    facts.cluster = CaseText::from("blauw");
    facts.contact_route = CaseText::from("alleen 's avonds \u{1F512}");
    facts.explained_on = day().pred_opt();
    facts
}

fn full_case() -> Case {
    let mut case = Case::new(Uuid::from_u128(10));
    let number = casebook::case::CaseNumber { year: 2026, serial: 14 };
    case.facts.write(case.id, full_facts(number), stamp(1, 0));
    let note = |facts: &str| Note {
        date: day(),
        channel: last(),
        minutes: 45,
        with_whom: CaseText::from("melder"),
        facts: CaseText::from(facts),
        impressions: CaseText::from("eigen indruk"),
    };
    case.notes.write(Uuid::from_u128(20), note("eerst"), stamp(1, 0));
    case.notes.write(Uuid::from_u128(20), note("daarna"), stamp(2, 9));
    case.notes.write(Uuid::from_u128(21), note("weg"), stamp(1, 1));
    case.notes.remove(Uuid::from_u128(21), stamp(2, 10));
    let person = Person {
        role: PersonRole::ALL[1],
        name: CaseText::from("Jansen"),
        aliases: CaseText::from("Jan, JJ"),
        contact: CaseText::from("06-12345678"),
        details: CaseText::from("teamleider"),
    };
    case.persons.write(Uuid::from_u128(30), person, stamp(1, 0));
    let task = Task { due: day(), reason: CaseText::from("bellen"), done: day().succ_opt() };
    case.tasks.write(Uuid::from_u128(40), task, stamp(1, 0));
    let consent = Consent {
        kind: ConsentKind::ALL[0],
        state: ConsentState::Given,
        date: day(),
        written: true,
        scope: CaseText::from("alleen de werkgever"),
    };
    case.consents.write(Uuid::from_u128(50), consent, stamp(1, 0));
    case.year_work.write(Uuid::from_u128(60), YearWork { year: 2025, contacts: 3, minutes: 90 }, stamp(1, 0));
    let draft = SummaryDraft {
        language: Language::En,
        month: Some(day()),
        traits: vec!["gender".to_owned(), "level".to_owned()],
        angle: "normative".to_owned(),
        situation: CaseText::from("een melder loopt vast"),
        action: CaseText::from("geluisterd"),
        question: CaseText::from("wat nu"),
        feeling: CaseText::from("onrust"),
        reason: CaseText::from("om te leren"),
    };
    case.summary_drafts.write(case.id, draft, stamp(1, 0));
    let attachment = Attachment {
        name: CaseText::from("brief van Jansen.pdf"),
        kind: MediaKind::Webp,
        length: 5_000_000_000,
        sha256: std::array::from_fn(|place| u8::try_from(place * 7).expect("31 times 7 is a byte")),
    };
    case.attachments.write(Uuid::from_u128(70), attachment, stamp(1, 0));
    case
}

fn full_practice() -> Practice {
    let mut practice = Practice::default();
    let at = stamp(1, 0);
    let text = CaseText::from;
    let adviser = Adviser { name: text("A. de Vries"), certification: text("LVV 123") };
    practice.adviser.write(Uuid::from_u128(1), adviser, at);
    let mut organisation = Organisation::named(text("Zorggroep Noord"));
    organisation.aliases = text("ZGN");
    organisation.places = text("Assen");
    organisation.departments = text("ICT, Zorg");
    organisation.sector = Some(last());
    organisation.headcount = Some(1200);
    organisation.adviser_role = last();
    organisation.accused_policy = last();
    organisation.second_adviser = text("B. Bos");
    organisation.year_start_month = 9;
    organisation.threshold = 7;
    organisation.retention_months = 24;
    organisation.active = false;
    practice.organisations.write(Uuid::from_u128(2), organisation, at);
    let texts = ReportTexts {
        organisation: Uuid::from_u128(2),
        year: 2025,
        summary: text("kern"),
        activities: text("werk"),
        risk_profile: text("risico"),
        comparison: text("vergelijking"),
        developments: text("ontwikkeling"),
        evaluation: text("evaluatie"),
        recommendations: text("advies"),
    };
    practice.report_texts.write(Uuid::from_u128(3), texts.clone(), at);
    let frozen = FrozenYear {
        organisation: Uuid::from_u128(2),
        year: 2025,
        threshold: 5,
        taxonomy_version: 1,
        frozen_on: day(),
        headcount: Some(640),
        hidden_tables: "K8".to_owned(),
        counts: "in_scope 3".to_owned(),
        counted: vec![Uuid::from_u128(5), Uuid::from_u128(4)],
        texts,
    };
    practice.frozen_years.write(Uuid::from_u128(4), frozen, at);
    let number = casebook::case::CaseNumber { year: 2026, serial: 1 };
    practice.cases.write(Uuid::from_u128(5), CaseListing { number }, at);
    let line = LogLine { act: "intervision_saved".to_owned(), subject: "2026-001".to_owned(), reason: text("les") };
    practice.log.write(Uuid::from_u128(6), line, at);
    practice.inbox_keys.write(Uuid::from_u128(7), InboxKey { secret: text("AGE-SECRET-KEY-1X") }, at);
    practice
}

/// The whole content of a database as text, row by row.
fn dump(connection: &Connection) -> Vec<String> {
    let mut lines = Vec::new();
    let mut tables = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('_pad') ORDER BY name")
        .expect("a query");
    let names: Vec<String> = tables.query_map([], |row| row.get(0)).expect("rows").map(|n| n.expect("text")).collect();
    for name in names {
        let mut statement = connection.prepare(&format!("SELECT * FROM {name}")).expect("a query");
        let columns = statement.column_count();
        let mut rows = statement.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            let values: Vec<String> = (0..columns).map(|c| format!("{:?}", row.get_ref(c).expect("a value"))).collect();
            lines.push(format!("{name}: {}", values.join(" ")));
        }
    }
    lines
}

fn image(object: Object, keys: &Keys, fill: impl FnOnce(&Connection) -> rusqlite::Result<()>) -> Connection {
    let image = db::make(&meta(object), keys, fill).expect("memory is there");
    db::open(&image, keys, object, db::Care::Full).expect("it was just made").0
}

#[test]
fn a_case_with_every_field_filled_reads_back_the_same() {
    let (keys, case) = (Keys::make(), full_case());
    let object = Object::Case(case.id);
    let first = image(object, &keys, |connection| stored_case::write(&case, connection));
    let again = stored_case::read(case.id, &first).expect("it was just written");
    let second = image(object, &keys, |connection| stored_case::write(&again, connection));
    assert_eq!(dump(&first), dump(&second));
    let rows = "meta, facts, four notes, person, task, consent, year, summary draft, attachment";
    assert_eq!(dump(&first).len(), 12, "{rows}");
    let draft = again.current_summary_draft().expect("one was begun");
    assert!(draft.language == Language::En && draft.month == Some(day()) && draft.angle == "normative");
    assert_eq!(draft.traits, ["gender", "level"]);
    let words = [&draft.situation, &draft.action, &draft.question, &draft.feeling, &draft.reason];
    // EXPOSE: the test compares its own made-up words.
    let words = words.map(|text| text.expose());
    assert_eq!(words, ["een melder loopt vast", "geluisterd", "wat nu", "onrust", "om te leren"]);
    let facts = again.current_facts().expect("it has facts");
    assert_eq!(facts.behaviours, every());
    assert!(
        facts.second_adviser
            && facts.carried_over
            && facts.found_via == Answer::Unknown
            && facts.reporter_role == Answer::Declined
    );
}

#[test]
fn a_practice_with_every_field_filled_reads_back_the_same() {
    let (keys, practice) = (Keys::make(), full_practice());
    let first = image(Object::Practice, &keys, |connection| stored_practice::write(&practice, connection));
    let again = stored_practice::read(&first).expect("it was just written");
    let second = image(Object::Practice, &keys, |connection| stored_practice::write(&again, connection));
    assert_eq!(dump(&first), dump(&second));
    assert_eq!(dump(&first).len(), 8);
}

#[test]
fn a_register_reads_back_the_same_and_in_the_same_order() {
    let keys = Keys::make();
    let mut register = Register::default();
    let mark = Mark { generation: 3, header: HeaderId([9; 32]), size: 131_700 };
    for id in [5, 3, 4] {
        let mut summary = CaseSummary::of(&full_case()).expect("it has facts");
        summary.id = Uuid::from_u128(id);
        register.put(summary, mark);
    }
    register.retain(|id| id != Uuid::from_u128(3));
    let first = image(Object::Register, &keys, |connection| register.write(connection));
    let again = Register::read(&first).expect("it was just written");
    assert_eq!(again.summaries().iter().map(|s| s.id.as_u128()).collect::<Vec<_>>(), [5, 4]);
    assert_eq!(again.mark(Uuid::from_u128(4)), Some(mark));
    assert_eq!(again.summaries()[1].persons.len(), 1);
    assert!(again.summaries()[0].work == register.summaries()[0].work);
    let second = image(Object::Register, &keys, |connection| again.write(connection));
    assert_eq!(dump(&first), dump(&second));
}

#[test]
fn a_code_of_a_newer_list_is_told_apart_from_damage() {
    let (keys, case) = (Keys::make(), full_case());
    let connection = image(Object::Case(case.id), &keys, |connection| stored_case::write(&case, connection));
    connection.execute("UPDATE facts SET phase = 'invented_later'", []).expect("an update");
    assert!(matches!(stored_case::read(case.id, &connection), Err(crate::rows::RowError::UnknownCode)));
}

#[test]
fn the_views_show_what_stands_now() {
    let (keys, case) = (Keys::make(), full_case());
    let connection = image(Object::Case(case.id), &keys, |connection| stored_case::write(&case, connection));
    let texts = |sql: &str| -> Vec<String> {
        let mut statement = connection.prepare(sql).expect("a query");
        statement.query_map([], |row| row.get(0)).expect("rows").map(|text| text.expect("text")).collect()
    };
    assert_eq!(texts("SELECT facts FROM notes_now"), ["daarna"], "not the earlier words and not what was removed");
    assert_eq!(texts("SELECT number FROM facts_now"), ["2026-014"]);
    assert_eq!(texts("SELECT facts FROM notes ORDER BY saved_at"), ["eerst", "weg", "daarna", "weg"]);
    for view in ["persons_now", "tasks_now", "consents_now", "year_work_now", "summary_drafts_now", "attachments_now"] {
        assert_eq!(texts(&format!("SELECT entry FROM {view}")).len(), 1, "{view}");
    }
}

#[test]
fn a_view_shows_the_newest_of_two_versions_and_never_a_removal_above_an_edit() {
    let (keys, case) = (Keys::make(), full_case());
    let note = |facts: &str| Note { facts: CaseText::from(facts), ..case.notes.revisions()[0].body.clone() };
    let entry = Uuid::from_u128(20);
    let (mut here, mut there, mut gone) = (case.clone(), case.clone(), case.clone());
    here.notes.write(entry, note("hier"), stamp(3, 20));
    there.notes.write(entry, note("daar"), stamp(4, 21));
    gone.notes.remove(entry, stamp(5, 22));
    let typed_on = {
        // The revision that all three followed is typed on in its own session.
        let mut typed_on = case.clone();
        typed_on.notes.write(entry, note("daarna en verder"), stamp(2, 30));
        typed_on
    };
    let shown = |case: &Case| -> Vec<String> {
        let connection = image(Object::Case(case.id), &keys, |connection| stored_case::write(case, connection));
        let mut statement = connection.prepare("SELECT facts FROM notes_now").expect("a query");
        statement.query_map([], |row| row.get(0)).expect("rows").map(|text| text.expect("text")).collect()
    };
    let mut both = here.union(there).union(gone);
    assert_eq!(shown(&both), ["daar"]);
    assert_eq!(shown(&both.clone().union(typed_on)), ["daarna en verder"]);
    let removal = both.notes.versions(entry)[0].id;
    both.notes.choose(entry, removal, stamp(6, 40));
    assert!(shown(&both).is_empty());
}

#[test]
fn every_table_has_exactly_the_columns_of_its_type() {
    fn same<T: Stored>(connection: &Connection, leading: &[&str]) {
        let mut statement = connection.prepare(&format!("PRAGMA table_info({})", T::TABLE)).expect("a pragma");
        let found: Vec<String> =
            statement.query_map([], |row| row.get(1)).expect("rows").map(|name| name.expect("text")).collect();
        assert_eq!(found, [leading, T::COLUMNS].concat(), "{}", T::TABLE);
    }
    let revision = ["id", "step", "entry", "parents", "device", "session", "saved_at", "deleted"];
    let keys = Keys::make();
    let case = image(Object::Case(Uuid::from_u128(1)), &keys, |_| Ok(()));
    same::<Facts>(&case, &revision);
    same::<Note>(&case, &revision);
    same::<Person>(&case, &revision);
    same::<Task>(&case, &revision);
    same::<Consent>(&case, &revision);
    same::<YearWork>(&case, &revision);
    same::<SummaryDraft>(&case, &revision);
    same::<Attachment>(&case, &revision);
    let practice = image(Object::Practice, &keys, |_| Ok(()));
    same::<Adviser>(&practice, &revision);
    same::<Organisation>(&practice, &revision);
    same::<ReportTexts>(&practice, &revision);
    same::<FrozenYear>(&practice, &revision);
    same::<CaseListing>(&practice, &revision);
    same::<LogLine>(&practice, &revision);
    same::<InboxKey>(&practice, &revision);
    let register = image(Object::Register, &keys, |_| Ok(()));
    same::<Person>(&register, &["place", "entry"]);
    same::<Task>(&register, &["place", "entry"]);
    same::<Consent>(&register, &["place", "entry"]);
}
