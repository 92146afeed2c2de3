//! Makes a vault that is frozen in `tests/fixtures/vaults`, so that every later version
//! can be shown to open it: `cargo run -p luwte-tests --example freeze-vault -- format-1`.
//!
//! To freeze another one, add a row to [`KINDS`]. What is frozen is never made again: the
//! program that made it is then gone, and that is what the test is about.
#![expect(clippy::disallowed_methods, reason = "it writes the fixtures")]

use casebook::case::{Case, Consent, Facts, Note, Person, SummaryDraft, Task, YearWork};
use casebook::practice::{Adviser, LogLine, Organisation, ReportTexts};
use casebook::{Answer, CaseText};
use chrono::{DateTime, NaiveDate, Utc};
use luwte_tests::fixture;
use luwte_tests::frozen::{SUMS, sums};
use luwte_tests::telling::tell;
use std::error::Error;
use std::fs;
use std::path::Path;
use taxonomy::{Coded, Language};
use uuid::Uuid;
use vault::{LocalState, Passphrase, RecoveryCode, Vault, write_quick_note};

/// What makes a vault in a folder; answers its recovery code.
type Make = fn(&Path, &LocalState) -> Result<String, Box<dyn Error>>;

/// What can be frozen, and what its page says that is in it.
const KINDS: [(&str, &str, Make); 2] = [
    (
        "format-1",
        "A vault of format 1 after two sessions: two cases with every kind of entry, one of them changed and one \
     removed; an attachment; a quick note in the inbox; the versions that saves displaced, and the snapshots of \
     two days.",
        format_1,
    ),
    (
        "format-1-new-keys",
        "The same kind of vault in the middle of renewing its keys: some files are sealed with the new keys, the others \
     with the former ones, and the identity files hold both.",
        format_1_with_new_keys,
    ),
];

const PASSPHRASE: &str = "een bevroren kluis die altijd open m\u{f3}et gaan";

fn main() -> Result<(), Box<dyn Error>> {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let names: Vec<&str> = KINDS.iter().map(|(name, ..)| *name).collect();
    let (name, about, make) =
        KINDS.into_iter().find(|(name, ..)| *name == wanted).ok_or(format!("say which: {}", names.join(", ")))?;
    let folder = fixture("vaults").join(name);
    fs::create_dir_all(fixture("vaults"))?;
    fs::create_dir(&folder).map_err(|_| "it is frozen already")?;
    let place = tempfile::tempdir()?;
    let state = LocalState::open(&place.path().join("state"))?;
    let code = make(&folder.join("vault"), &state)?;
    // What it holds is told by a computer that never saw it, from a copy.
    let copy = place.path().join("copy");
    luwte_tests::copy_folder(&folder.join("vault"), &copy);
    let elsewhere = LocalState::open(&place.path().join("elsewhere"))?;
    let mut vault = Vault::unlock(&copy, &passphrase(), &elsewhere, moment("2026-03-10T09:00:00Z")?)?;
    fs::write(folder.join("content.txt"), tell(&mut vault))?;
    drop(vault);
    // No version control keeps these.
    let _ = fs::remove_dir(folder.join("vault/.tmp"));
    let page = format!(
        "# A frozen vault: {name}\n\n{about} All of it is invented.\n\nPassphrase: `{PASSPHRASE}`\n\nRecovery code: \
         `{code}`\n\n`content.txt` is what it held on the day that it was frozen; nothing here is ever changed.\n"
    );
    fs::write(folder.join("README.md"), page)?;
    fs::write(folder.join(SUMS), sums(&folder))?;
    Ok(())
}

fn passphrase() -> Passphrase {
    Passphrase::new(PASSPHRASE.to_owned())
}

fn moment(text: &str) -> Result<DateTime<Utc>, Box<dyn Error>> {
    Ok(DateTime::parse_from_rfc3339(text)?.to_utc())
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("real days are named here")
}

/// A code of a list.
fn code<T: Coded>(code: &str) -> T {
    T::parse(code).expect("codes of the lists are named here")
}

fn codes<T: Coded, C: FromIterator<T>>(all: &[&str]) -> C {
    all.iter().map(|one| code(one)).collect()
}

fn format_1(folder: &Path, state: &LocalState) -> Result<String, Box<dyn Error>> {
    two_sessions(folder, state, &passphrase())
}

fn format_1_with_new_keys(folder: &Path, state: &LocalState) -> Result<String, Box<dyn Error>> {
    let former = Passphrase::new("de zin die iemand anders ook kende".to_owned());
    two_sessions(folder, state, &former)?;
    let at = moment("2026-03-09T21:00:00Z")?;
    let mut vault = Vault::unlock(folder, &former, state, at)?;
    let code = RecoveryCode::make();
    vault.rotate(&former, &passphrase(), &code, state, at)?;
    vault.continue_rotation(2, false, state, at)?;
    // The program ends here.
    drop(vault);
    Ok(code.expose().to_string())
}

fn two_sessions(folder: &Path, state: &LocalState, passphrase: &Passphrase) -> Result<String, Box<dyn Error>> {
    let first = moment("2026-03-02T09:15:00Z")?;
    let (mut vault, recovery) = Vault::create(folder, passphrase, state, first)?;
    let organisation = practice(&mut vault, first)?;
    let (exclusion, corridor) = (exclusion(&vault, organisation, first)?, corridor(&vault, organisation, first)?);
    for case in [exclusion, corridor] {
        vault.save_case(&case.0, first)?;
        if let Some(text) = case.1 {
            let brief = folder.with_file_name("brief.txt");
            fs::write(&brief, text)?;
            let (id, attachment) = vault.attach(&brief)?;
            fs::remove_file(&brief)?;
            let mut case = vault.case(case.0.id)?;
            case.attachments.write(id, attachment, vault.stamp(first));
            vault.save_case(&case, first)?;
        }
    }
    vault.lock(moment("2026-03-02T17:00:00Z")?)?;

    let second = moment("2026-03-09T14:30:00Z")?;
    let mut vault = Vault::unlock(folder, passphrase, state, second)?;
    let id = vault.cases().iter().map(|summary| (summary.facts.number, summary.id)).min().ok_or("two cases")?.1;
    let mut case = vault.case(id)?;
    change(&mut case, &vault, second);
    vault.save_case(&case, second)?;
    vault.lock(moment("2026-03-09T15:10:00Z")?)?;
    let words = "Melder belde: zij wil woensdag verder praten.\nTerugbellen na 16 uur.";
    write_quick_note(folder, state, &CaseText::from(words), moment("2026-03-09T20:05:00Z")?)?;
    Ok(recovery.expose().to_string())
}

fn practice(vault: &mut Vault, at: DateTime<Utc>) -> Result<Uuid, Box<dyn Error>> {
    let (mut practice, stamp, organisation) = (vault.practice().clone(), vault.stamp(at), Uuid::new_v4());
    let adviser = Adviser { name: "A. de Wit".into(), certification: "LVV 0000".into() };
    practice.adviser.write(Uuid::new_v4(), adviser, stamp);
    let client = Organisation {
        aliases: "ZNL, Noorderlicht".into(),
        places: "Locatie De Brink".into(),
        departments: "Zorg, Facilitair, Kantoor".into(),
        sector: Some(code("health_care")),
        headcount: Some(412),
        second_adviser: "mevrouw Ö. Yıldız".into(),
        ..Organisation::named("Zorggroep Noorderlicht".into())
    };
    practice.organisations.write(organisation, client, stamp);
    let texts = ReportTexts {
        organisation,
        year: 2025,
        summary: "Een rustig jaar.".into(),
        activities: "Twee presentaties.".into(),
        risk_profile: CaseText::default(),
        comparison: CaseText::default(),
        developments: "De nieuwe planning gaf onrust; \u{201c}dat is nu voorbij\u{201d}.".into(),
        evaluation: CaseText::default(),
        recommendations: "Spreek af wie wat meldt.".into(),
    };
    practice.report_texts.write(Uuid::new_v4(), texts, stamp);
    let line = LogLine { act: "export".into(), subject: organisation.to_string(), reason: "op verzoek".into() };
    practice.log.write(Uuid::new_v4(), line, stamp);
    vault.save_practice(practice, at)?;
    Ok(organisation)
}

fn note(day: &str, channel: &str, minutes: u32, words: &str, impressions: &str) -> Note {
    Note {
        date: date(day),
        channel: code(channel),
        minutes,
        with_whom: "melder".into(),
        facts: words.into(),
        impressions: impressions.into(),
    }
}

type WithText = (Case, Option<&'static str>);

fn exclusion(vault: &Vault, organisation: Uuid, at: DateTime<Utc>) -> Result<WithText, Box<dyn Error>> {
    let (mut case, stamp) = (Case::new(Uuid::new_v4()), vault.stamp(at));
    let facts = Facts {
        organisation: Some(organisation),
        draft: false,
        phase: code("consultation"),
        channel: code("email"),
        found_via: Answer::Is(code("intranet")),
        reporter_position: Answer::Is(code("operational")),
        gender: Answer::Is(code("female")),
        age_band: Answer::Declined,
        contract_type: Answer::Unknown,
        department: "Zorg".into(),
        behaviours: codes(&["bullying_exclusion", "bullying_gossip"]),
        accused_relation: Answer::Is(code("group_colleagues")),
        frequency: Answer::Is(code("pattern")),
        interventions: codes(&["first_reception", "explore_options"]),
        contact_route: "alleen op het eigen nummer, na 16 uur".into(),
        cluster: "het team van boven".into(),
        explained_on: Some(date("2026-03-02")),
        ..Facts::draft(vault.next_number(2026), date("2026-03-02"))
    };
    case.facts.write(case.id, facts, stamp);
    let words = "Zij voelt zich buitengesloten: \u{201c}niemand zegt nog goedemorgen\u{201d}.\n\nAfgesproken: zij schrijft op wat er gebeurt.";
    let first = note("2026-03-02", "in_person", 50, words, "Rustig, maar het zit diep. \u{1f9e1}");
    case.notes.write(Uuid::new_v4(), first, stamp);
    case.notes.write(Uuid::new_v4(), note("2026-03-02", "phone", 5, "Per ongeluk in deze melding.", ""), stamp);
    let person = Person {
        role: code("reporter"),
        name: "Fenna Zijlstra-d'Hondt".into(),
        aliases: "Fen".into(),
        contact: "06 0000 0000".into(),
        details: "verpleegkundige, De Brink".into(),
    };
    case.persons.write(Uuid::new_v4(), person, stamp);
    let task = Task { due: date("2026-03-09"), reason: "Vragen hoe het gaat".into(), done: None };
    case.tasks.write(Uuid::new_v4(), task, stamp);
    let consent = Consent {
        kind: code("use_in_intervision"),
        state: code("given"),
        date: date("2026-03-02"),
        written: false,
        scope: "zonder naam en afdeling".into(),
    };
    case.consents.write(Uuid::new_v4(), consent, stamp);
    let draft = SummaryDraft {
        language: Language::Nl,
        month: Some(date("2026-04-01")),
        traits: vec!["gender".to_owned(), "level".to_owned()],
        angle: "personal".to_owned(),
        situation: "Een medewerker wordt door een groep gemeden.".into(),
        action: "Geluisterd, mogelijkheden verkend.".into(),
        question: "Wanneer zeg ik iets tegen de leiding?".into(),
        feeling: "Ongeduld.".into(),
        reason: CaseText::default(),
    };
    case.summary_drafts.write(case.id, draft, stamp);
    Ok((case, Some("Beste collega,\n\nDit is een verzonnen brief bij een verzonnen melding.\n")))
}

fn corridor(vault: &Vault, organisation: Uuid, at: DateTime<Utc>) -> Result<WithText, Box<dyn Error>> {
    let (mut case, stamp) = (Case::new(Uuid::new_v4()), vault.stamp(at));
    let number = vault.next_number(2026);
    let number = casebook::case::CaseNumber { serial: number.serial + 1, ..number };
    let facts = Facts {
        organisation: Some(organisation),
        draft: false,
        imported_as: "VB25-07".into(),
        carried_over: true,
        closed: Some(date("2026-02-20")),
        phase: code("closed"),
        reporter_role: Answer::Is(code("witness")),
        gender: Answer::Is(code("non_binary")),
        behaviours: codes(&["discrimination"]),
        grounds: codes(&["age", "religion"]),
        referrals: codes(&["occupational_physician"]),
        outcome: code("resolved_informally"),
        closing_reason: code("goal_reached"),
        aftercare: code("stable"),
        second_adviser: true,
        duty_basis: code("conscience_conflict"),
        breach: code("decided_not"),
        ..Facts::draft(number, date("2026-01-12"))
    };
    case.facts.write(case.id, facts, stamp);
    case.notes.write(
        Uuid::new_v4(),
        note("2026-01-12", "walk_in", 20, "Hoorde in de gang een \u{ab}grap\u{bb}.", ""),
        stamp,
    );
    case.year_work.write(Uuid::new_v4(), YearWork { year: 2025, contacts: 3, minutes: 95 }, stamp);
    Ok((case, None))
}

/// What the second session does: an entry says something else, one is removed, one is done.
fn change(case: &mut Case, vault: &Vault, at: DateTime<Utc>) {
    let stamp = vault.stamp(at);
    let notes: Vec<_> = case.notes.current().into_iter().cloned().collect();
    for note in notes {
        if note.body.minutes == 5 {
            case.notes.remove(note.entry, stamp);
        } else {
            case.notes.write(note.entry, Note { minutes: 55, ..note.body }, stamp);
        }
    }
    case.notes.write(
        Uuid::new_v4(),
        note("2026-03-09", "video_call", 30, "Het gaat beter; zij praat zelf met haar leidinggevende.", "Opgelucht."),
        stamp,
    );
    let tasks: Vec<_> = case.tasks.current().into_iter().cloned().collect();
    for task in tasks {
        case.tasks.write(task.entry, Task { done: Some(date("2026-03-09")), ..task.body }, stamp);
    }
}
