//! The promises of the scan, on a small vault and on generated ones.

use super::*;
use crate::case::{Case, Facts, Person};
use crate::entries::Stamp;
use crate::practice::{CaseListing, Organisation};
use chrono::{NaiveDate, TimeZone, Utc};
use taxonomy::PersonRole;

mod variations;

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
fn a_name_is_found_through_signs_markup_and_pet_forms() {
    let people = ["Sanne Bos", "Petra Otto", "Hans Dijkgraaf", "Ilse Noor", "Rob Henk", "Renée Manon"];
    let persons = people.iter().map(|name| person(name, "", "", "")).collect();
    let index = NameIndex::build(&[case(1, persons)], &Practice::default(), false);
    let ways = [
        "Νoor",
        "ΝΟΟR",
        "Нenk",
        "ΗΕΝΚ",
        "ΜΑΝΟΝ",
        "Pet\u{7f}ra",
        "No\u{fffd}or",
        "Dijk-\r\n> > graaf",
        "dijk-  \n\t\tgraaf",
        "San·ne",
        "San/ne",
        "San|ne",
        "San,ne",
        "San'ne",
        "San’ne",
        "Sann(e)",
        "San_ne",
        "San.ne",
        "San*ne",
        "San<b>ne</b>",
        "<i>S</i>anne",
        "Dijk&#103;raaf",
        "Ren&eacute;e",
        "San&shy;ne",
        "S/a/n/n/e",
        "S·a·n·n·e",
        "S-a-n-n-e",
        "s.a.n.n.e",
        "s_a_n_n_e",
        "S / a / n / n / e",
        "R/o/b",
        "Petraatje",
        "petraatjes",
        "Hansje",
        "Ilsje",
        "Sannetje",
        "Sannezaak",
        "hanskwestie",
        "Bosdossier",
        "bosteam",
        "Hansgesprekken",
        "Ilze",
        "Hnek",
        "Ottto",
        "Noro",
        "R0b",
        "D1jkgr44f",
        "5anne",
        "0tt0",
        "d1jkgraf",
    ];
    for way in ways {
        let text = format!("Toen sprak ik {way} over het gesprek.");
        assert!(!found(&index, &text).is_empty(), "{text:?}");
    }
    let clean = "Ik las het bosje mailtjes door en/of het 3e, 4e en 5e stuk van 10s; een beetje net, hij/zij en man/vrouw. \
        Het dossier, de zaak, het team: ja/nee. In de bosrand stond de auto, hem niet. Wij mailden, dank. A4, B2B, 2x. \
        De AVG, de OR, de Wet, team Noord en Teams zijn er voor. Een hele rits (a, b, c) en a/b/c.";
    assert_eq!(found(&index, clean), []);
}

#[test]
fn placeholder_words_are_no_names() {
    let mut practice = Practice::default();
    practice.organisations.write(Uuid::from_u128(8), Organisation::named("Gemeente Voorbeeldstad".into()), stamp());
    let persons = vec![
        person("naam niet genoemd", "anoniem", "naam@voorbeeld.example", "naam niet genoemd"),
        person("Sanne (achternaam volgt)", "", "j.smit@voorbeeld.example", "voornaam onbekend"),
        person("Onbekend", "", "", ""),
    ];
    let index = NameIndex::build(&[case(1, persons)], &practice, false);
    let text = "De naam is niet genoemd of benoemd; achternaam en voornaam zijn onbekend, bijvoorbeeld omdat de melder anoniem \
        is. Het volgt later. Een voorbeeld: zij werd niet bij naam genoemd. Bijvoorbeeld zo. Namen volgen, voorbeelden ook.";
    assert_eq!(found(&index, text), []);
    for way in ["Sanne", "Voorbeeldstad", "voorbeeldstad", "Voorbeelstad", "smit"] {
        assert!(!found(&index, &format!("Toen sprak ik {way} daar.")).is_empty(), "{way}");
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

#[test]
fn text_of_people_is_never_copied_into_a_finding() {
    let shown = format!("{:?}", vault().scan("Jan de Vries").expect("whole"));
    assert!(!shown.contains("Vries"));
}
