//! What a summary tells, what it keeps to itself, and what stops it.

use crate::draft::{Draft, DraftError, Part, Trait};
use crate::{Angle, CheckError, Checked, Permission, ReasonNeeded, Session, Summary, WarningKind, check, warnings};
use casebook::case::{Case, CaseNumber, Consent, Facts, Note, Person};
use casebook::entries::Stamp;
use casebook::names::{FindingKind, NameIndex, ScanError};
use casebook::practice::{Organisation, Practice};
use casebook::{Answer, CaseSummary, CaseText};
use chrono::{NaiveDate, TimeZone, Utc};
use proptest::prelude::*;
use taxonomy::{
    AccusedRelation, AgeBand, Behaviour, ConsentKind, ConsentState, ContactChannel, ContractType, DiscriminationGround,
    Frequency, Gender, Intervention, Language, PersonRole, ReporterPosition, Sector,
};
use uuid::Uuid;

fn stamp() -> Stamp {
    let at = Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).single().expect("a real moment");
    Stamp { device: Uuid::from_u128(1), at, session: Uuid::from_u128(2) }
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a real day")
}

fn whole_case() -> Case {
    let id = Uuid::from_u128(50);
    let mut case = Case::new(id);
    let mut facts = Facts::draft(CaseNumber { year: 2026, serial: 14 }, day(1, 5));
    facts.organisation = Some(Uuid::from_u128(7));
    facts.department = "Nachtdienst".into();
    facts.gender = Answer::Is(Gender::Female);
    facts.age_band = Answer::Is(AgeBand::AgeU25);
    facts.reporter_position = Answer::Is(ReporterPosition::Trainee);
    facts.contract_type = Answer::Is(ContractType::Intern);
    facts.accused_relation = Answer::Is(AccusedRelation::DirectManager);
    facts.behaviours =
        [Behaviour::BullyingGossip, Behaviour::BullyingExclusion, Behaviour::DiscriminationCareer].into();
    facts.grounds = [DiscriminationGround::Religion, DiscriminationGround::Unknown].into();
    facts.frequency = Answer::Is(Frequency::Pattern);
    facts.interventions =
        [Intervention::FirstReception, Intervention::Aftercare, Intervention::SupportComplaint].into();
    case.facts.write(id, facts, stamp());
    let person = Person {
        role: PersonRole::Reporter,
        name: "Fenna Quispel".into(),
        aliases: CaseText::default(),
        contact: "fenna@voorbeeld.example".into(),
        details: CaseText::default(),
    };
    case.persons.write(Uuid::from_u128(51), person, stamp());
    for place in 0..4_u128 {
        let note = Note {
            date: day(2, 3),
            channel: ContactChannel::Phone,
            minutes: 30,
            with_whom: CaseText::default(),
            facts: "Kanarievogel".into(),
            impressions: "Zebravink".into(),
        };
        case.notes.write(Uuid::from_u128(60 + place), note, stamp());
    }
    case
}

fn case() -> CaseSummary {
    CaseSummary::of(&whole_case()).expect("the case has facts")
}

fn organisation(sector: Option<Sector>, headcount: Option<u32>) -> Organisation {
    let mut organisation = Organisation::named("Zorggroep De Linde".into());
    (organisation.sector, organisation.headcount) = (sector, headcount);
    organisation.places = "Utrecht".into();
    organisation
}

fn draft(situation: &str) -> Draft {
    Draft { situation: situation.into(), question: "Hoe blijf ik naast de melder staan?".into(), ..Draft::default() }
}

fn session() -> Session {
    Session { number: 84_821, meets: day(4, 1), today: day(3, 20) }
}

fn names() -> NameIndex {
    let mut practice = Practice::default();
    practice.organisations.write(Uuid::from_u128(7), organisation(None, None), stamp());
    NameIndex::build(&[case()], &practice, false)
}

fn checked(draft: &Draft, organisation: Option<&Organisation>) -> Checked {
    let summary = Summary::new(draft, &case(), organisation, session()).expect("the draft has text");
    match check(summary, &names(), &Permission::Consent) {
        Ok(checked) => checked,
        Err(why) => panic!("the text is clean: {why}"),
    }
}

fn refused(situation: &str) -> Vec<(Option<Part>, FindingKind)> {
    let summary = Summary::new(&draft(situation), &case(), None, session()).expect("the draft has text");
    match check(summary, &names(), &Permission::Consent) {
        Err(CheckError::NamesLeft(left)) => left.into_iter().map(|f| (f.part, f.finding.kind)).collect(),
        Err(other) => panic!("the check could be done: {other}"),
        Ok(_) => Vec::new(),
    }
}

#[test]
fn a_large_client_is_told_by_sector_group_and_size_class() {
    let client = organisation(Some(Sector::HealthCare), Some(520));
    let text = checked(&draft("De melder wordt genegeerd."), Some(&client)).text(Language::Nl);
    assert!(
        text.contains("Sector: zorg en welzijn\nOmvang: groot (250 of meer)\nMijn rol: vertrouwenspersoon"),
        "{text}"
    );
    assert!(text.starts_with("Intervisie\nI-4821 · april 2026\n"), "{text}");
}

#[test]
fn a_small_rare_or_unknown_client_is_only_an_organisation() {
    for (sector, headcount) in [
        (Some(Sector::HealthCare), Some(49)),
        (Some(Sector::Agriculture), Some(400)),
        (Some(Sector::HealthCare), None),
        (None, Some(400)),
    ] {
        let text =
            checked(&draft("De melder wordt genegeerd."), Some(&organisation(sector, headcount))).text(Language::Nl);
        assert!(
            text.contains("Organisatie: een organisatie\n") && !text.contains("Sector:") && !text.contains("Omvang:"),
            "{text}"
        );
    }
}

#[test]
fn codes_become_main_types_groups_and_classes() {
    let text = checked(&draft("De melder wordt genegeerd."), None).text(Language::Nl);
    for line in [
        "Aard: Pesten; Discriminatie\n",
        "Discriminatiegrond: Godsdienst\n",
        "Frequentie: Patroon, herhaald\n",
        "Wat ik inzette: Opvang, volgen en nazorg; Steun bij formele weg\n",
        "Aantal gesprekken: enkele (3 tot 5)\n",
        "Sinds het eerste contact: 10 weken\n",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
}

#[test]
fn traits_are_told_only_when_chosen_and_never_more_than_three() {
    let mut draft = draft("De melder wordt genegeerd.");
    let silent = checked(&draft, None).text(Language::Nl);
    for word in ["vrouw", "jong", "stagiair", "extern", "hoger"] {
        assert!(!silent.to_lowercase().contains(word), "{word} in {silent}");
    }
    draft.traits = vec![Trait::Age, Trait::Relation, Trait::Contract, Trait::Age];
    let text = checked(&draft, None).text(Language::Nl);
    assert!(
        text.contains("jong (onder 35)") && text.contains("staat hoger dan de melder") && text.contains(": extern\n"),
        "{text}"
    );
    draft.traits = Trait::ALL.to_vec();
    let error = Summary::new(&draft, &case(), None, session()).err();
    assert_eq!(error, Some(DraftError::TooManyTraits(5)));
}

#[test]
fn nothing_of_the_case_but_its_codes_is_on_the_page() {
    let mut draft = draft("De melder wordt genegeerd.");
    draft.traits = vec![Trait::Sex, Trait::Level, Trait::Relation];
    let client = organisation(Some(Sector::HealthCare), Some(520));
    for language in [Language::Nl, Language::En] {
        let text = checked(&draft, Some(&client)).text(language);
        for secret in ["2026-014", "Quispel", "Fenna", "Linde", "Utrecht", "Nachtdienst", "Kanarie", "Zebra", "05", "@"]
        {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

#[test]
fn an_empty_draft_is_no_summary() {
    let error = Summary::new(&draft(" "), &case(), None, session()).map(|_| ());
    assert_eq!(error, Ok(()), "the question alone is enough");
    assert_eq!(Summary::new(&Draft::default(), &case(), None, session()).err(), Some(DraftError::Empty));
}

#[test]
fn a_name_in_any_part_stops_the_summary() {
    assert_eq!(refused("Toen kwam quispl weer terug."), [(Some(Part::Situation), FindingKind::Name)]);
    assert_eq!(
        refused("Ze werkt bij de Linde in utrecht."),
        [(Some(Part::Situation), FindingKind::Organisation), (Some(Part::Situation), FindingKind::Place),]
    );
    for part in Part::ALL {
        let mut draft = Draft::default();
        let name = CaseText::from("F.Q. aarzelt.");
        match part {
            Part::Situation => draft.situation = name,
            Part::Action => draft.action = name,
            Part::Question => draft.question = name,
            Part::Feeling => draft.feeling = name,
        }
        let summary = Summary::new(&draft, &case(), None, session()).expect("the draft has text");
        let Err(CheckError::NamesLeft(left)) = check(summary, &names(), &Permission::Consent) else {
            panic!("initials in {part:?} must be found");
        };
        assert_eq!(left[0].part, Some(part));
    }
}

#[test]
fn a_check_that_cannot_be_done_lets_nothing_through() {
    let incomplete = NameIndex::build(&[case()], &Practice::default(), true);
    let summary = Summary::new(&draft("Niets bijzonders."), &case(), None, session()).expect("the draft has text");
    let error = check(summary, &incomplete, &Permission::Consent).err();
    assert_eq!(error, Some(CheckError::Unchecked(ScanError::Incomplete)));
}

#[test]
fn without_noted_consent_a_reason_is_needed() {
    let reason = |words: &str| Permission::of(&case(), Some(words.into())).map(|p| p.reason().is_some());
    assert_eq!(Permission::of(&case(), None).err(), Some(ReasonNeeded));
    assert_eq!(reason(" ").err(), Some(ReasonNeeded));
    assert_eq!(reason("De melder is niet bereikbaar."), Ok(true));
    let mut with_consent = whole_case();
    let consent = |state, date| Consent {
        kind: ConsentKind::UseInIntervision,
        state,
        date,
        written: false,
        scope: CaseText::default(),
    };
    with_consent.consents.write(Uuid::from_u128(80), consent(ConsentState::Given, day(2, 1)), stamp());
    let given = CaseSummary::of(&with_consent).expect("the case has facts");
    assert!(Permission::of(&given, None).is_ok_and(|p| p.reason().is_none()));
    with_consent.consents.write(Uuid::from_u128(81), consent(ConsentState::Withdrawn, day(2, 9)), stamp());
    let withdrawn = CaseSummary::of(&with_consent).expect("the case has facts");
    assert_eq!(Permission::of(&withdrawn, None).err(), Some(ReasonNeeded));
    let kinds: Vec<_> = warnings(&draft("x"), &withdrawn, day(6, 1)).into_iter().map(|w| w.kind).collect();
    assert_eq!(kinds, [WarningKind::Refused]);
}

#[test]
fn quotations_rare_events_numbers_and_recent_cases_are_pointed_out() {
    let text = "Zij zei: \"stop\". De enige man hoorde het op maandag, en drie anderen in 2024. Zo'n bekende krant! 's Avonds.";
    let found = warnings(&draft(text), &case(), day(3, 20));
    let words: Vec<_> = found.iter().filter_map(|w| w.place.clone().map(|(_, range)| (w.kind, &text[range]))).collect();
    assert_eq!(found[0].kind, WarningKind::Recent);
    assert_eq!(
        words,
        [
            (WarningKind::Quotation, "\""),
            (WarningKind::Quotation, "\""),
            (WarningKind::Rare, "enige"),
            (WarningKind::Number, "maandag"),
            (WarningKind::SmallCount, "drie"),
            (WarningKind::Number, "2024"),
            (WarningKind::Rare, "bekende"),
            (WarningKind::Rare, "krant"),
        ]
    );
    assert!(warnings(&draft("De melder aarzelt."), &case(), day(6, 1)).is_empty());
}

#[test]
fn a_text_file_with_headings_becomes_a_draft() {
    let file = "# Situatie\nEen melder wordt genegeerd.\n\nAl lang.\n## Leervraag:\nWat nu?\n# Invalshoek\nnormatief\n# Kenmerken\nleeftijd, Niveau\n";
    let draft = Draft::parse(file).expect("every heading is known");
    assert!(
        draft.situation.expose() == "Een melder wordt genegeerd.\n\nAl lang." && draft.question.expose() == "Wat nu?"
    );
    assert_eq!((draft.angle, draft.traits), (Some(Angle::Normative), vec![Trait::Age, Trait::Level]));
    assert!(Draft::parse("Zomaar wat.").is_ok_and(|d| d.situation.expose() == "Zomaar wat."));
    assert_eq!(Draft::parse("# Situatie\na\n# Onzin\n").err(), Some(DraftError::UnknownHeading(3)));
    assert_eq!(Draft::parse("# Kenmerken\nschoenmaat").err(), Some(DraftError::UnknownChoice(2)));
}

#[test]
fn the_page_becomes_a_pdf_that_tells_nothing_about_its_maker() {
    let draft = draft("De melder wordt genegeerd. #strong[niet] $x$");
    let client = organisation(Some(Sector::HealthCare), Some(520));
    for language in [Language::Nl, Language::En] {
        let page = checked(&draft, Some(&client));
        let document = page.document(language).expect("the template fits the data");
        assert!(document.warnings().is_empty(), "{:?}", document.warnings());
        let pdf = page.pdf(language).expect("the page is accessible");
        assert!(pdf.starts_with(b"%PDF-") && pdf == page.pdf(language).expect("the page is accessible"));
        for tell in ["CreationDate", "ModDate", "/Author", "/Creator"] {
            assert!(!pdf.windows(tell.len()).any(|bytes| bytes == tell.as_bytes()), "{tell}");
        }
    }
}

proptest! {
    #[test]
    fn no_text_with_the_name_of_a_person_is_ever_let_through(
        before in "([a-z ,.]|de |\\n){0,40}", after in "([a-z ,.]|\\n){0,40}",
        name in proptest::sample::select(vec!["Quispel", "quispel", "QUISPEL", "Quisple", "Qüispel", "Quispels", "Fenna", "fenna's", "Fenna-gesprek"]),
        part in proptest::sample::select(Part::ALL.to_vec()),
    ) {
        let text = CaseText::new(format!("{before} {name} {after}"));
        let mut draft = Draft::default();
        match part {
            Part::Situation => draft.situation = text,
            Part::Action => draft.action = text,
            Part::Question => draft.question = text,
            Part::Feeling => draft.feeling = text,
        }
        let summary = Summary::new(&draft, &case(), None, session()).expect("the draft has text");
        prop_assert!(matches!(check(summary, &names(), &Permission::Consent), Err(CheckError::NamesLeft(_))));
    }
}
