//! One typing error, and the endings that Dutch hangs on a name.

use super::fold::Letters;

/// Shortest name in which a typing error is forgiven; in shorter ones another word
/// would too soon be taken for the name.
pub(super) const FORGIVING_FROM: usize = 5;

/// Whether two words are equal but for one typing error: a letter too many, missing,
/// wrong, or swapped with its neighbour.
pub(super) fn within_one(left: &str, right: &str) -> bool {
    let mut left = left.chars();
    let mut right = right.chars();
    loop {
        let (rest_left, rest_right) = (left.as_str(), right.as_str());
        let (Some(a), Some(b)) = (left.next(), right.next()) else {
            // One word is used up: at most one letter of the other may be left.
            return rest_left.chars().count() + rest_right.chars().count() <= 1;
        };
        if a == b {
            continue;
        }
        let swapped = || {
            let (mut next_left, mut next_right) = (left.clone(), right.clone());
            next_left.next() == Some(b) && next_right.next() == Some(a) && next_left.as_str() == next_right.as_str()
        };
        return left.as_str() == right.as_str()
            || left.as_str() == rest_right
            || rest_left == right.as_str()
            || swapped();
    }
}

/// Whether a written word is a name but for one typing error.
pub(super) fn resembles(written: &Letters, name: &Letters) -> bool {
    within_one(written.as_str(), name.as_str())
        || ((written.as_str().contains('y') || name.as_str().contains('y'))
            && within_one(written.written_out().as_str(), name.written_out().as_str()))
}

/// Whether a word that is still being typed can become a name but for one typing error.
pub(super) fn resembles_start(typed: &Letters, name: &Letters) -> bool {
    let length = typed.as_str().chars().count();
    (length.saturating_sub(1)..=length + 1).any(|letters| {
        let end = name.as_str().char_indices().nth(letters).map_or(name.as_str().len(), |(at, _)| at);
        within_one(typed.as_str(), &name.as_str()[..end])
    })
}

/// Hashes of a word and of the word with each letter left out. Two words that differ by
/// one typing error share at least one, so that a look-up need not compare all names.
pub(super) fn shadows(word: &Letters) -> Vec<u64> {
    let mut hashes = Vec::with_capacity(2 * word.len() + 2);
    shadows_of(word.as_str(), &mut hashes);
    if word.as_str().contains('y') {
        shadows_of(word.written_out().as_str(), &mut hashes);
    }
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

fn shadows_of(word: &str, hashes: &mut Vec<u64>) {
    // FNV-1a over the letters: an equal hash is only a candidate, the words are compared.
    let hash = |skip: Option<usize>| {
        let letters = word.chars().enumerate().filter(|(place, _)| Some(*place) != skip);
        letters
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, (_, sign)| (hash ^ u64::from(sign)).wrapping_mul(0x0100_0000_01b3))
    };
    hashes.push(hash(None));
    hashes.extend((0..word.chars().count()).map(|place| hash(Some(place))));
}

/// Endings that make a plural, an owner, an inhabitant or a pet name of a name.
const ENDINGS: [&str; 14] = ["s", "en", "e", "n", "es", "se", "er", "ers", "je", "tje", "pje", "jes", "tjes", "ie"];

/// Shortest stem before an ending other than *s*.
const STEM: usize = 4;

/// Endings that make a word small, longest first.
const SMALL: [&str; 4] = ["etje", "tje", "pje", "je"];

/// The names of four letters or more that a small form can be made of: *Petraatje* doubles
/// the last letter of the name, *Ilsje* drops it.
pub(super) fn small_forms(word: &Letters) -> Vec<Letters> {
    let text = word.as_str().strip_suffix('s').unwrap_or(word.as_str());
    let mut names = Vec::new();
    for stem in SMALL.iter().filter_map(|ending| text.strip_suffix(ending)) {
        let last = stem.chars().last();
        let shorter = &stem[..stem.len() - last.map_or(0, char::len_utf8)];
        names.push(Letters::key(stem.chars()));
        names.push(Letters::key(stem.chars().chain(['e'])));
        if last.is_some() && shorter.chars().last() == last {
            names.push(Letters::key(shorter.chars()));
        }
    }
    names.retain(|name| name.len() >= STEM);
    names
}

/// Words that are said about a matter and written against the name of who it is about.
const HEADS: [&str; 20] = [
    "kwestie",
    "kwesties",
    "zaak",
    "zaken",
    "dossier",
    "dossiers",
    "gesprek",
    "gesprekken",
    "melding",
    "meldingen",
    "affaire",
    "affaires",
    "casus",
    "team",
    "teams",
    "mail",
    "mails",
    "mailtje",
    "klacht",
    "probleem",
];

/// What stands before the last part of a compound about a matter (*Sannezaak*).
pub(super) fn before_head(word: &str) -> impl Iterator<Item = &str> {
    HEADS.iter().filter_map(move |head| word.strip_suffix(head)).filter(|name| name.chars().count() >= 3)
}

/// The word with its digits read as the letters they look like, when it has both.
pub(super) fn digits_as_letters(word: &Letters) -> Vec<Letters> {
    let text = word.as_str();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 || digits == text.len() || text.chars().count() < 3 {
        return Vec::new();
    }
    let read = |one: char| {
        Letters::key(text.chars().map(|sign| match sign {
            '0' => 'o',
            '1' => one,
            '3' => 'e',
            '4' => 'a',
            '5' => 's',
            other => other,
        }))
    };
    if text.contains('1') { vec![read('i'), read('l')] } else { vec![read('i')] }
}

/// The word without each ending it may have, shortest ending first.
pub(super) fn stems(word: &Letters) -> impl Iterator<Item = Letters> {
    ENDINGS.iter().filter_map(move |ending| {
        let stem = word.as_str().strip_suffix(ending)?;
        let shortest = if *ending == "s" { 2 } else { STEM };
        (stem.chars().count() >= shortest).then(|| Letters::key(stem.chars()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn one_typing_error_is_what_optimal_string_alignment_calls_it(left in "[a-cé]{0,7}", right in "[a-cé]{0,7}") {
            prop_assert_eq!(within_one(&left, &right), strsim::osa_distance(&left, &right) <= 1);
        }

        #[test]
        fn words_one_error_apart_share_a_shadow(left in "[a-cy]{1,7}", right in "[a-cy]{1,7}") {
            let (left, right) = (Letters::key(left.chars()), Letters::key(right.chars()));
            if resembles(&left, &right) {
                let known = shadows(&right);
                prop_assert!(shadows(&left).iter().any(|hash| known.contains(hash)));
            }
        }
    }

    fn letters(word: &str) -> Letters {
        Letters::key(word.chars())
    }

    #[test]
    fn a_swap_inside_ij_is_one_error() {
        assert!(resembles(&letters("djikstra"), &letters("dijkstra")));
        assert!(resembles(&letters("mever"), &letters("meyer")));
    }

    #[test]
    fn a_name_being_typed_may_hold_an_error() {
        assert!(resembles_start(&letters("janse"), &letters("janssens")));
        assert!(resembles_start(&letters("jasne"), &letters("jansen")));
        assert!(!resembles_start(&letters("pieter"), &letters("jansen")));
    }
}
