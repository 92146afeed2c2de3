//! The one place where text from people is made fit for a page.

use crate::embedded::{FONTS, TEXT_FAMILY};
use serde_json::Value;

/// Stands for what the font has no sign for.
const NO_SIGN: char = '□';

/// Cleans every string of the data, keys apart.
pub(crate) fn clean(data: &mut Value) {
    match data {
        Value::String(text) => *text = printable(text),
        Value::Array(values) => values.iter_mut().for_each(clean),
        Value::Object(entries) => entries.values_mut().for_each(clean),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The text as it will stand on the page: what shows nothing is gone, line ends are
/// one kind, and what the font has no sign for is a box. A check of a text must be a
/// check of this.
#[must_use]
pub fn printable(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars().filter_map(sign).collect()
}

fn sign(character: char) -> Option<char> {
    match character {
        '\n' => Some('\n'),
        '\r' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        character if character.is_control() || is_invisible(character) => None,
        character if has_sign(character) => Some(character),
        _ => Some(NO_SIGN),
    }
}

/// Marks that show nothing but reorder, join or vary what stands beside them. Reordered
/// text reads differently from what was checked, and the rest can carry hidden marks.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

fn has_sign(character: char) -> bool {
    let mut faces = FONTS.iter().map(|font| font.info()).filter(|face| face.family == TEXT_FAMILY);
    faces.all(|face| face.coverage.contains(u32::from(character)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dutch_and_its_neighbours_arrive_untouched() {
        let text = "Één à twee cliënten; «Ďábel» żółć, Αθήνα, Москва – ‘zo’ “dus” … € ½ \n nieuw";
        assert_eq!(printable(text), text);
    }

    #[test]
    fn what_reorders_or_hides_is_dropped() {
        assert_eq!(printable("a\u{202E}b\u{2066}c\u{200B}d\u{0007}e\u{FEFF}f"), "abcdef");
        assert_eq!(printable("a\r\nb\rc\td\u{2028}e"), "a\nb\nc d\ne");
    }

    #[test]
    fn what_the_font_cannot_show_becomes_a_mark() {
        assert_eq!(printable("goed 👍🏽 漢"), "goed □□ □");
        assert!(has_sign(NO_SIGN));
    }

    #[test]
    fn strings_are_cleaned_however_deep_they_stand() {
        let mut data = serde_json::json!({"a": [{"b": "x\u{202E}y"}], "n": 3});
        clean(&mut data);
        assert_eq!(data, serde_json::json!({"a": [{"b": "xy"}], "n": 3}));
    }
}
