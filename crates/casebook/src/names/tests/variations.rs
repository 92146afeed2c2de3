//! What the scan promises for any name, number and address, and for any text.

use super::*;
use proptest::prelude::*;

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
        16 => name.chars().map(|c| format!("{c} ")).collect(),
        17 => name.to_uppercase().replace('A', "Α").replace('H', "Н").replace('N', "Ν").replace('E', "Ε"),
        18 => with(&|l| l.insert(at, '\u{fffd}')),
        19 => with(&|l| drop(l.splice(at..at, "-\r\n> \t".chars()))),
        20 => with(&|l| l.insert(at, ['·', '/', '|', ',', '\'', '(', '_', '.', '*'][place % 9])),
        21 => with(&|l| drop(l.splice(at..at, "<b>".chars()))),
        22 => with(&|l| drop(l.splice(at..=at, format!("&#{};", u32::from(letters[at])).chars()))),
        23 => name.chars().map(|c| format!("{c}/")).collect(),
        24 => format!("{name}zaak"),
        25 => format!("{name}tje"),
        _ => name.replace('o', "0").replace('e', "3").replace('a', "4").replace('s', "5"),
    }
}

proptest! {
    #[test]
    fn a_name_of_the_vault_is_found_anywhere_in_any_variation(
        given in family_name(), family in family_name(), before in surroundings(), after in surroundings(),
        way in 0_usize..27, place in 0_usize..30,
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
