//! The promises of the scan, on a small vault and on generated ones.

use super::*;
use crate::case::{Case, Facts, Person};
use crate::entries::Stamp;
use crate::practice::{CaseListing, Organisation};
use chrono::{NaiveDate, TimeZone, Utc};
use proptest::prelude::*;
use taxonomy::PersonRole;

fn stamp() -> Stamp {
    let at = Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).single().expect("a real moment");
    Stamp { device: Uuid::from_u128(1), at, session: Uuid::from_u128(2) }
}

fn person(name: &str, aliases: &str, contact: &str, details: &str) -> Person {
    Person {
        role: PersonRole::Reporter,
        name: name.into(),
        aliases: aliases.into(),
        contact: contact.into(),
        details: details.into(),
    }
}

fn case(serial: u32, persons: Vec<Person>) -> CaseSummary {
    let id = Uuid::from_u128(u128::from(serial) + 100);
    let number = CaseNumber { year: 2026, serial };
    let intake = NaiveDate::from_ymd_opt(2026, 1, 5).expect("a real day");
    let mut case = Case::new(id);
    let mut facts = Facts::draft(number, intake);
    facts.imported_as = "VB25-01".into();
    facts.department = "Nachtdienst B".into();
    facts.cluster = "kraanvogel".into();
    facts.contact_route = "alleen 06-87654321, geen voicemail".into();
    case.facts.write(id, facts, stamp());
    for (place, body) in persons.into_iter().enumerate() {
        case.persons.write(Uuid::from_u128(place as u128 + 1), body, stamp());
    }
    CaseSummary::of(&case).expect("the case has facts")
}

fn practice() -> Practice {
    let mut practice = Practice::default();
    let mut hoek = Organisation::named("Zorggroep De Linde".into());
    hoek.aliases = "ZGL, Lindezorg".into();
    hoek.places = "Utrecht, gebouw Waterkant".into();
    hoek.departments = "Zorg, HR, Medische Administratie".into();
    hoek.second_adviser = "Mieke Ouwehand".into();
    practice.organisations.write(Uuid::from_u128(7), hoek, stamp());
    practice.cases.write(Uuid::from_u128(114), CaseListing { number: CaseNumber { year: 2024, serial: 3 } }, stamp());
    practice
}

fn vault() -> NameIndex {
    let cases = [
        case(
            14,
            vec![
                person(
                    "Jan de Vries",
                    "Jantje, de lange van de post",
                    "j.devries@delinde.example, 06-12345678",
                    "teamleider nachtdienst, locatie Oost",
                ),
                person("Mw. A.B. Jansen-van der Meer", "", "toestel 4312", "verpleegkundige"),
            ],
        ),
        case(
            15,
            vec![
                person("Ruud Groen", "", "", ""),
                person("Bo Li", "", "", "kok"),
                person("Karin Mulder", "", "", ""),
                person("melder", "", "", ""),
                person("Anne-Marie Dijkstra", "", "", ""),
            ],
        ),
    ];
    NameIndex::build(&cases, &practice(), false)
}

fn found<'a>(index: &NameIndex, text: &'a str) -> Vec<(&'a str, FindingKind)> {
    let findings = index.scan(text).expect("the index is whole");
    findings.into_iter().map(|f| (&text[f.range], f.kind)).collect()
}

fn is_found(text: &str) -> bool {
    !found(&vault(), text).is_empty()
}

#[test]
fn a_name_is_found_in_every_way_it_is_written() {
    let ways = [
        "Jan de Vries",
        "jan",
        "VRIES",
        "de vries",
        "Jan\nde\nVries",
        "Vriés",
        "Vri\u{200b}es",
        "Vri\u{ad}es",
        "Vries's",
        "Vries'",
        "Vries-gesprek",
        "gesprek-Vries",
        "Vrise",
        "Vrie",
        "Vrries",
        "Vri-\nes",
        "V r i e s",
        "VRIЕS",
        "Ｖｒｉｅｓ",
        "dossierVries",
        "devries",
        "De_Vries",
        "Jans",
        "Jan's",
        "Jantje",
        "Jantjes",
        "jansens",
        "Jansen's",
        "Jansenkwestie",
        "Dykstra",
        "dĳkstra",
        "Dijkstras",
        "Djikstra",
        "Annemarie",
        "Anne-Marie",
        "anne marie",
        "Groens",
        "groen",
        "Bo",
        "bo's",
        "Li",
        "van der Meer",
        "mevrouw Meer",
        "Ouwehand",
        "Mulders",
    ];
    for way in ways {
        let text = format!("Toen sprak ik {way} over het gesprek.");
        assert!(is_found(&text), "{text:?}");
    }
}

#[test]
fn initials_are_found_with_and_without_dots() {
    for way in ["J.d.V.", "J. de V.", "JdV", "J.V.", "j.d.v.", "jdv", "JV", "J V", "A.B.J.", "A.J.", "R.G.", "J. d. V"]
    {
        let text = format!("Toen sprak ik {way} over het gesprek.");
        assert!(is_found(&text), "{text:?}");
    }
    assert!(
        !is_found("Dat kan i.v.m. het gesprek d.w.z. o.a. morgen, n.a.v. de vraag."),
        "abbreviations are not initials"
    );
}

#[test]
fn contact_data_numbers_and_codes_are_found() {
    for way in [
        "j.devries@delinde.example",
        "onbekend@elders.example",
        "0612345678",
        "+31 6 1234 5678",
        "00316-12345678",
        "010 765 43 21",
        "06 87 65 43 21",
        "toestel 4312",
        "2026-014",
        "2024-3",
        "2026–015",
        "VB25-01",
        "vb 25 01",
        "VB2501",
        "kraanvogel",
        "delinde",
    ] {
        assert!(is_found(&format!("Zie {way} daarvoor.")), "{way}");
    }
}

#[test]
fn organisations_departments_places_and_titles_are_found() {
    for way in [
        "Zorggroep De Linde",
        "zorggroep\nde linde",
        "de Linde",
        "ZGL",
        "zgl",
        "ZDL",
        "Lindezorg",
        "lindezrog",
        "Utrecht",
        "Utrechtse",
        "Waterkant",
        "gebouw waterkant",
        "HR",
        "Medische Administratie",
        "medische administraties",
        "de zorg",
        "nachtdienst",
        "nachtdienst B",
        "teamleider",
        "teamleiders",
        "verpleegkundige",
        "kok",
        "Oost",
        "locatie oost",
        "de lange van de post",
    ] {
        assert!(is_found(&format!("Zij werkt voor {way} daar.")), "{way}");
    }
}

#[test]
fn a_text_with_roles_and_everyday_words_is_clean() {
    let text = "De melder vertelt dat een leidinggevende haar in het overleg steeds onderbreekt. Een collega van de melder heeft \
        dat gezien. Wat kan ik doen als de beklaagde meer wil weten? Ik wil het gesprek met een derde aangaan, en er is een \
        man van een andere afdeling die in de weg staat. Na drie weken voel ik mij nog onzeker: ik ben te laat geweest.\n\
        Melder en getuige waren er beiden bij; meer weet ik niet. Ander voorbeeld: de directie wil er van af.";
    assert_eq!(found(&vault(), text), []);
}

#[test]
fn particles_and_single_letters_are_no_findings() {
    assert_eq!(found(&vault(), "van de der den a b c te 't, d. en v"), []);
}

#[test]
fn the_parts_of_one_name_are_one_finding() {
    let text = "Zij noemde Jan de Vries en daarna pas Groen.";
    let names = found(&vault(), text);
    assert_eq!(names, [("Jan de Vries", FindingKind::Name), ("Groen", FindingKind::Name)]);
}

#[test]
fn an_everyday_word_one_letter_from_a_name_is_only_the_name_with_a_capital() {
    assert!(!is_found("Toen sprak de melder mij aan."));
    assert!(is_found("Toen sprak mevrouw Melder mij aan."), "Mulder, misspelt");
}

#[test]
fn an_index_that_misses_a_case_never_calls_a_text_clean() {
    let mut index = NameIndex::build(&[], &Practice::default(), true);
    assert_eq!(index.scan("Niets bijzonders."), Err(ScanError::Incomplete));
    index.set_incomplete(false);
    assert_eq!(index.scan("Niets bijzonders."), Ok(Vec::new()));
}

#[test]
fn a_changed_case_is_known_at_once() {
    let mut index = vault();
    assert!(index.scan("Quispel was erbij").expect("whole").is_empty());
    let changed = case(14, vec![person("Fenna Quispel", "", "", "")]);
    index.update(&changed);
    assert!(!index.scan("Quispel was erbij").expect("whole").is_empty());
    assert_eq!(index.similar("quis").len(), 1);
    index.remove(changed.id);
    assert!(index.scan("Quispel was erbij").expect("whole").is_empty());
    assert!(index.similar("quis").is_empty());
}

#[test]
fn the_conflict_check_names_case_part_and_state() {
    let index = vault();
    let fits = index.similar("J. de Vri");
    assert_eq!(fits.len(), 1);
    assert_eq!(
        (fits[0].number.to_string().as_str(), fits[0].role, fits[0].closed),
        ("2026-014", PersonRole::Reporter, false)
    );
    assert!(index.similar("d").is_empty());
}

/// Family names with the letters that Dutch names are made of.
const SYLLABLES: [&str; 24] = [
    "hen", "drik", "ver", "schuur", "mans", "kuip", "ijs", "bra", "wou", "ters", "zant", "voort", "klaas", "sen",
    "ley", "quin", "dob", "ben", "pol", "stra", "huy", "gens", "tje", "rood",
];

fn family_name() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(SYLLABLES.to_vec()), 2..4).prop_map(|parts| {
        let name = parts.concat();
        name[..1].to_uppercase() + &name[1..]
    })
}

fn surroundings() -> impl Strategy<Value = String> {
    "([a-z ,.\\n]|de |van |melder |gesprek |Ik |\u{200b}|é|[0-9]){0,60}"
}

/// The variations that a scan promises to see through.
fn vary(name: &str, way: usize, place: usize) -> String {
    let letters: Vec<char> = name.chars().collect();
    let at = 1 + place % (letters.len() - 1);
    let with = |edit: &dyn Fn(&mut Vec<char>)| {
        let mut copy = letters.clone();
        edit(&mut copy);
        copy.into_iter().collect::<String>()
    };
    match way {
        0 => name.to_owned(),
        1 => name.to_lowercase(),
        2 => name.to_uppercase(),
        3 => with(&|l| l.insert(at, '\u{301}')),
        4 => with(&|l| l.insert(at, '\u{200d}')),
        5 => with(&|l| l.insert(at, 'x')),
        6 => with(&|l| drop(l.drain(at..=at))),
        7 => with(&|l| l[at] = 'q'),
        8 => with(&|l| l.swap(at - 1, at)),
        9 => format!("{name}s"),
        10 => format!("{name}'s"),
        11 => format!("{name}-gesprek"),
        12 => format!("team-{name}"),
        13 => with(&|l| drop(l.splice(at..at, ['-', '\n']))),
        14 => name.replace("ij", "y").replace("IJ", "Y"),
        15 => name.replace('a', "а").replace('e', "е").replace('o', "о"),
        _ => name.chars().map(|c| format!("{c} ")).collect(),
    }
}

proptest! {
    #[test]
    fn a_name_of_the_vault_is_found_anywhere_in_any_variation(
        given in family_name(), family in family_name(), before in surroundings(), after in surroundings(),
        way in 0_usize..17, place in 0_usize..30,
    ) {
        let index = NameIndex::build(&[case(1, vec![person(&format!("{given} van {family}"), "", "", "")])], &Practice::default(), false);
        for name in [&given, &family] {
            let written = vary(name, way, place);
            let text = format!("{before} {written} {after}");
            let span = before.len() + 1..before.len() + 1 + written.len();
            let findings = index.scan(&text).expect("the index is whole");
            let hit = findings.iter().any(|f| f.range.start < span.end && span.start < f.range.end);
            let token = fold::words(&written);
            let everyday = token.iter().all(vocabulary::reads_as_ordinary);
            prop_assert!(hit || everyday, "{written:?} in {text:?}");
        }
    }

    #[test]
    fn findings_are_in_order_apart_and_on_character_boundaries(text in "\\PC{0,120}") {
        let index = vault();
        let mut past = 0;
        for finding in index.scan(&text).expect("the index is whole") {
            prop_assert!(finding.range.start >= past && finding.range.end > finding.range.start);
            prop_assert!(text.get(finding.range.clone()).is_some());
            past = finding.range.end;
        }
    }

    #[test]
    fn any_phone_number_and_any_address_is_found(digits in "06[0-9]{8}", user in "[a-z]{1,8}", gap in "[ .-]?", before in surroundings()) {
        let index = NameIndex::build(&[], &Practice::default(), false);
        let spaced: String = digits.chars().enumerate().map(|(at, d)| if at == 2 || at == 6 { format!("{gap}{d}") } else { d.to_string() }).collect();
        for text in [format!("{before}: {spaced}, dus"), format!("{before} {user}@voorbeeld.nl, dus")] {
            prop_assert!(!index.scan(&text).expect("whole").is_empty(), "{text:?}");
        }
    }
}

#[test]
fn text_of_people_is_never_copied_into_a_finding() {
    let shown = format!("{:?}", vault().scan("Jan de Vries").expect("whole"));
    assert!(!shown.contains("Vries"));
}
