//! What is recognised by its shape, known or not: e-mail addresses, phone and other
//! long numbers, case numbers.

use super::fold::{Glyph, Letters, fold};
use std::ops::Range;

/// Fewest digits of a number that is looked up among the known ones.
const SHORTEST_KNOWN: usize = 4;

/// Most digits of a phone number (ITU-T E.164).
const LONGEST_PHONE: usize = 15;

/// A run of digits and the signs that people put between them.
struct Run {
    /// The groups of digits, with their first glyph and the one after the last.
    groups: Vec<(usize, usize)>,
    /// Whether a plus sign stands before the first group.
    plus: bool,
}

/// What people put between the groups of a phone number.
const PHONE_SIGNS: [char; 7] = ['-', '.', '/', '(', ')', '+', ','];

/// What people put between year and serial of a case.
const CASE_SIGNS: [char; 11] = ['-', '.', '/', '_', ':', ',', '·', '•', '~', '(', ')'];

/// Number of glyphs of the group of digits that starts here; a letter *O* among digits
/// only is a zero.
fn group(glyphs: &[Glyph], at: usize) -> usize {
    let digit = |g: &&Glyph| g.sign.is_ascii_digit();
    let opens_word = at == 0 || !glyphs[at - 1].sign.is_alphanumeric();
    let word = glyphs[at..].iter().take_while(|g| digit(g) || g.sign == 'o').count();
    let ends_word = glyphs.get(at + word).is_none_or(|g| !g.sign.is_alphanumeric());
    if opens_word && ends_word && glyphs[at..at + word].iter().any(|g| digit(&g)) {
        word
    } else {
        glyphs[at..].iter().take_while(digit).count()
    }
}

/// The digits of some groups.
fn digits_of(glyphs: &[Glyph], groups: &[(usize, usize)]) -> String {
    let signs = groups.iter().flat_map(|(first, past)| &glyphs[*first..*past]).map(|g| g.sign);
    signs.map(|sign| if sign == 'o' { '0' } else { sign }).collect()
}

/// The runs of digit groups in a text, with white space or `signs` between the groups.
fn runs(glyphs: &[Glyph], signs: &[char]) -> Vec<Run> {
    let between = |g: &Glyph| g.sign.is_whitespace() || signs.contains(&g.sign);
    let mut found: Vec<Run> = Vec::new();
    let mut at = 0;
    let mut past_last = usize::MAX;
    while at < glyphs.len() {
        let past = at + group(glyphs, at);
        if past == at {
            at += 1;
            continue;
        }
        let near = past_last <= at && at - past_last <= 4 && glyphs[past_last..at].iter().all(between);
        match found.last_mut() {
            Some(run) if near => run.groups.push((at, past)),
            _ => {
                let plus = glyphs[..at].iter().rev().take(2).any(|g| g.sign == '+');
                found.push(Run { groups: vec![(at, past)], plus });
            }
        }
        (past_last, at) = (past, past);
    }
    found
}

/// The digits as they are dialled inside the Netherlands: +31, 0031 and 0 are one.
pub(super) fn national(digits: &str) -> Letters {
    let rest = if let Some(rest) = digits.strip_prefix("0031") {
        Some(rest)
    } else if digits.len() >= 11 {
        digits.strip_prefix("31")
    } else {
        None
    };
    let local = match rest {
        Some(rest) => rest.trim_start_matches('0'),
        None if digits.len() == 9 && !digits.starts_with('0') => digits,
        None => return Letters::key(digits.chars()),
    };
    Letters::key("0".chars().chain(local.chars()))
}

/// The digits of every number in a contact field; groups that belong together are one.
pub(super) fn phone_like_numbers(contact: &str) -> Vec<String> {
    let mut numbers = Vec::new();
    for part in contact.split([',', ';', '\n']).filter(|part| !part.contains('@')) {
        let glyphs = fold(part);
        for run in runs(&glyphs, &PHONE_SIGNS) {
            let digits = digits_of(&glyphs, &run.groups);
            let year = digits.len() == 4 && ["19", "20"].iter().any(|century| digits.starts_with(century));
            if digits.len() >= SHORTEST_KNOWN && !year {
                numbers.push(digits);
            }
        }
    }
    numbers
}

/// Numbers in a text that are known, or are shaped like a phone or personal number.
pub(super) fn numbers(glyphs: &[Glyph], known: impl Fn(&Letters) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for run in runs(glyphs, &PHONE_SIGNS) {
        let mut first = 0;
        while first < run.groups.len() {
            let longest = (first..run.groups.len()).rev().find(|last| {
                let groups = &run.groups[first..=*last];
                let digits = digits_of(glyphs, groups);
                let commas = groups.windows(2).any(|two| glyphs[two[0].1..two[1].0].iter().any(|g| g.sign == ','));
                digits.len() >= SHORTEST_KNOWN
                    && (!commas || (first == 0 && dialled(&digits, &lengths(groups), run.plus)))
                    && digits.len() <= 2 * LONGEST_PHONE
                    && (known(&national(&digits))
                        || shaped_like_a_number(&digits, &lengths(groups), run.plus && first == 0))
            });
            first = match longest {
                Some(last) => {
                    found.push(glyphs[run.groups[first].0].start..glyphs[run.groups[last].1 - 1].end);
                    last + 1
                }
                None => first + 1,
            };
        }
    }
    found
}

/// Whether groups with commas between them are one number and not a list of amounts.
fn dialled(digits: &str, groups: &[usize], plus: bool) -> bool {
    (plus || digits.starts_with('0')) && groups.iter().all(|length| *length >= 2)
}

fn lengths(groups: &[(usize, usize)]) -> Vec<usize> {
    groups.iter().map(|(first, past)| past - first).collect()
}

fn shaped_like_a_number(digits: &str, groups: &[usize], plus: bool) -> bool {
    if groups.iter().any(|length| *length >= 9) || (groups.len() == 1 && digits.len() >= 7) {
        return true;
    }
    let count = digits.len();
    !holds_a_date(digits, groups)
        && ((plus && (8..=LONGEST_PHONE).contains(&count))
            || (digits.starts_with("00") && (10..=LONGEST_PHONE).contains(&count))
            || (digits.starts_with('0') && (9..=11).contains(&count)))
}

/// Whether day, month and year stand next to each other, in either order.
fn holds_a_date(digits: &str, groups: &[usize]) -> bool {
    let mut at = 0;
    groups.windows(3).any(|three| {
        let start = at;
        at += three[0];
        let year = match three {
            [day @ (1 | 2), month @ (1 | 2), 4] => start + day + month,
            [4, 1 | 2, 1 | 2] => start,
            _ => return false,
        };
        digits[year..].starts_with("19") || digits[year..].starts_with("20")
    })
}

/// E-mail addresses, also with spaces around the sign or with *(at)* for it. Anything
/// that is written against an @ counts: it is an address or an account.
pub(super) fn addresses(glyphs: &[Glyph]) -> Vec<Range<usize>> {
    let part = |g: &&Glyph| g.sign.is_alphanumeric() || matches!(g.sign, '.' | '-' | '_' | '+' | '%' | '\'');
    let space = |g: &&Glyph| g.sign.is_whitespace();
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in 0..glyphs.len() {
        let Some(past) = at_sign(&glyphs[at..]).map(|length| at + length) else { continue };
        let spaces_before = glyphs[..at].iter().rev().take_while(space).count().min(2);
        let user = glyphs[..at - spaces_before].iter().rev().take_while(part).count();
        let spaces_after = glyphs[past..].iter().take_while(space).count().min(2);
        let host = glyphs[past + spaces_after..].iter().take_while(part).count();
        if user + host == 0 {
            continue;
        }
        let first = if user == 0 { at } else { at - spaces_before - user };
        let last = if host == 0 { past - 1 } else { past + spaces_after + host - 1 };
        found.push(glyphs[first].start..glyphs[last].end);
    }
    found
}

/// Number of glyphs of an at sign at the start.
fn at_sign(glyphs: &[Glyph]) -> Option<usize> {
    let spelled = |word: &str| {
        let length = word.chars().count();
        (glyphs.len() >= length && glyphs.iter().zip(word.chars()).all(|(g, c)| g.sign == c)).then_some(length)
    };
    ["@", "(at)", "[at]", "<at>", "{at}", "(apenstaartje)"].into_iter().find_map(spelled)
}

/// Case numbers: the shape of a year and three digits, or any known year and serial.
pub(super) fn case_numbers(glyphs: &[Glyph], known: impl Fn(i32, u32) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for run in runs(glyphs, &CASE_SIGNS) {
        let number = |group: (usize, usize)| -> Option<u32> {
            let digits = digits_of(glyphs, &[group]);
            if digits.len() <= 7 { digits.parse().ok() } else { None }
        };
        for (place, pair) in run.groups.windows(2).enumerate() {
            let (Some(year), Some(serial)) = (number(pair[0]), number(pair[1])) else { continue };
            let (year_digits, serial_digits) = (pair[0].1 - pair[0].0, pair[1].1 - pair[1].0);
            let gap = &glyphs[pair[0].1..pair[1].0];
            // *In 2026, 120 mensen* is no case; nobody writes 014 for anything but a serial.
            let sentence = gap.iter().any(|g| matches!(g.sign, ',' | ':' | '(' | ')'))
                && gap.iter().any(|g| g.sign.is_whitespace());
            let padded = glyphs[pair[1].0].sign == '0' && serial_digits == 3;
            let joined = padded || (!sentence && gap.iter().any(|g| CASE_SIGNS.contains(&g.sign)));
            let calendar = |group: &(usize, usize)| matches!(group.1 - group.0, 1 | 2);
            let date = serial_digits <= 2 && run.groups.get(place + 2).is_some_and(calendar);
            let shape = joined && serial_digits == 3 && (1900..=2100).contains(&year);
            let listed =
                year_digits == 4 && (padded || !sentence) && i32::try_from(year).is_ok_and(|year| known(year, serial));
            if year_digits == 4 && !date && (shape || listed) {
                found.push(glyphs[pair[0].0].start..glyphs[pair[1].1 - 1].end);
            }
        }
        for group in run.groups.iter().filter(|(a, b)| b - a == 7) {
            if number(*group).is_some_and(|n| i32::try_from(n / 1000).is_ok_and(|year| known(year, n % 1000))) {
                found.push(glyphs[group.0].start..glyphs[group.1 - 1].end);
            }
        }
    }
    found.extend(announced_case_numbers(glyphs));
    found
}

/// Case numbers with a word before the serial: *2025 nr. 001*, *2025, zaak 14*.
fn announced_case_numbers(glyphs: &[Glyph]) -> Vec<Range<usize>> {
    let digits = |from: usize| glyphs[from..].iter().take_while(|g| g.sign.is_ascii_digit()).count();
    let filler = |g: &&Glyph| g.sign.is_whitespace() || matches!(g.sign, ',' | '.' | ':' | '-' | '/' | '#' | '°');
    let skip = |from: usize| from + glyphs[from..].iter().take_while(filler).take(4).count();
    let mut found = Vec::new();
    for at in 0..glyphs.len() {
        let century = glyphs[at].sign == '2' || glyphs[at].sign == '1';
        if !century || digits(at) != 4 || (at > 0 && glyphs[at - 1].sign.is_alphanumeric()) {
            continue;
        }
        let from = skip(at + 4);
        let words = ["nummer", "numero", "dossier", "zaak", "case", "nr", "no", "#"];
        let announced = |word: &&str| {
            let length = word.chars().count();
            glyphs.len() >= from + length && glyphs[from..].iter().zip(word.chars()).all(|(g, c)| g.sign == c)
        };
        let bare = glyphs[at + 4..from].iter().any(|g| g.sign == '#');
        let serial = match words.iter().find(|word| announced(word)) {
            Some(word) => skip(from + word.chars().count()),
            None if bare => from,
            None => continue,
        };
        let length = digits(serial);
        if (1..=4).contains(&length) {
            found.push(glyphs[at].start..glyphs[serial + length - 1].end);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_text(text: &str, find: impl Fn(&[Glyph]) -> Vec<Range<usize>>) -> Vec<&str> {
        find(&fold(text)).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn a_phone_number_is_found_in_every_notation() {
        for number in
            ["06-12345678", "06 12 34 56 78", "+31 6 12345678", "0031612345678", "+31(0)6 1234 5678", "020 123 45 67"]
        {
            let text = format!("Bel {number}, liefst na 9 uur.");
            assert_eq!(in_text(&text, |g| numbers(g, |_| false)), [number.trim_start_matches('+')], "{number}");
        }
    }

    #[test]
    fn a_phone_number_with_letters_for_zeros_or_with_commas_is_found() {
        for number in
            ["O6-12345678", "06-1234567O", "o6 12 34 56 78", "06,12345678", "06,12,34,56,78", "020, 123, 45, 67"]
        {
            let text = format!("Bel {number} liefst.");
            assert_eq!(in_text(&text, |g| numbers(g, |_| false)), [number], "{number}");
        }
    }

    #[test]
    fn a_date_or_a_count_is_no_phone_number() {
        for text in [
            "op 01-02-2024 10:30",
            "in 2024-03-01",
            "250 van de 1200 mensen",
            "2025-2026",
            "0,25, 0,30, 0,45 en 0,50",
            "1,05, 1,10, 1,15, 1,20",
            "10,05, 10,10, 10,15",
            "250, 1200, 3000, 4500",
            "CO2 en 5o",
        ] {
            assert_eq!(in_text(text, |g| numbers(g, |_| false)), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn a_known_short_number_is_found_too() {
        let known = |digits: &Letters| *digits == national("4312");
        assert_eq!(in_text("toestel 43-12", |g| numbers(g, known)), ["43-12"]);
    }

    #[test]
    fn country_code_and_leading_zero_are_the_same_number() {
        for digits in ["0612345678", "31612345678", "0031612345678", "310612345678", "612345678"] {
            assert_eq!(national(digits).as_str(), "0612345678", "{digits}");
        }
    }

    #[test]
    fn an_address_is_found_however_it_is_hidden() {
        for address in ["jan@x.nl", "jan @ x.nl", "jan.de.v@zorg-hoek.nl", "jan(at)x.nl", "@jan", "jan＠x.nl"] {
            let text = format!("via {address} bereikbaar");
            assert_eq!(in_text(&text, addresses).len(), 1, "{address}");
        }
    }

    #[test]
    fn a_case_number_is_found_and_a_month_is_not() {
        let known = |year, serial| (year, serial) == (2026, 14);
        for text in [
            "zie 2026-014",
            "zie 2026–014",
            "zie 2026/14",
            "zie 2026 014",
            "zie 2026014",
            "zie 2019-123",
            "zie 2019_123",
            "zie 2019:123",
            "zie 2019,123",
            "zie 2019·123",
            "zie 2019•123",
            "zie 2019~123",
            "zie 2019 — 123",
            "zie 2019⸺123",
            "zie 2019 001",
            "zie 2026_14",
            "zie 2025 nr. 001",
            "zie 2025 nr 14",
            "zie 2025, zaak 3",
            "zie 2025 #001",
            "zie 2O25-0O1",
        ] {
            assert_eq!(in_text(text, |g| case_numbers(g, known)).len(), 1, "{text}");
        }
        for text in [
            "2025-2026",
            "op 2026-14-03",
            "in 2026 120 mensen",
            "2026-13",
            "in 2026, 14 mensen",
            "in 2026: 120 mensen",
            "in 2026 (120 mensen)",
            "in 2025 nog 3",
            "in 2025 no",
        ] {
            assert_eq!(in_text(text, |g| case_numbers(g, known)).len(), 0, "{text}");
        }
    }
}
