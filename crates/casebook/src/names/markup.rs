//! Signs that a web page or a mail spells in another way: `&eacute;`, `&#103;`, `<b>`.

/// Longest piece of markup that is looked at, in bytes.
const LONGEST: usize = 80;

/// What an inline tag is read as: a separator that can stand inside a word.
pub(super) const TAG: char = '|';

/// Tags that change how letters look and do not end a word on the page.
const INLINE: [&str; 17] = [
    "a", "b", "i", "u", "s", "em", "strong", "span", "font", "sup", "sub", "wbr", "mark", "small", "big", "tt", "code",
];

/// Entities that are no letter with an accent.
const NAMED: [(&str, char); 29] = [
    ("shy", '\u{ad}'),
    ("nbsp", '\u{a0}'),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("zwj", '\u{200d}'),
    ("zwnj", '\u{200c}'),
    ("lrm", '\u{200e}'),
    ("rlm", '\u{200f}'),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("lsquo", '\''),
    ("rsquo", '\''),
    ("ndash", '-'),
    ("mdash", '-'),
    ("hyphen", '-'),
    ("minus", '-'),
    ("middot", '·'),
    ("bull", '•'),
    ("commat", '@'),
    ("szlig", 'ß'),
    ("eth", 'ð'),
    ("ETH", 'Ð'),
    ("thorn", 'þ'),
    ("THORN", 'Þ'),
    ("inodot", 'ı'),
];

/// Ends of the names of entities that are a letter with an accent: the letter comes first.
const ACCENTS: [&str; 14] = [
    "acute", "grave", "circ", "uml", "tilde", "ring", "cedil", "slash", "caron", "breve", "macr", "ogon", "strok",
    "dot",
];

/// The sign that markup at the start of a text stands for, and the bytes it takes.
pub(super) fn markup(text: &str) -> Option<(char, usize)> {
    let close = if text.starts_with('&') { b';' } else { b'>' };
    let end = text.bytes().take(LONGEST).position(|byte| byte == close)?;
    let inner = text.get(1..end)?;
    let sign = if close == b';' { entity(inner)? } else { tag(inner)? };
    Some((sign, end + 1))
}

fn tag(inner: &str) -> Option<char> {
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let name = inner.split([' ', '/']).next()?;
    INLINE.iter().any(|known| known.eq_ignore_ascii_case(name)).then_some(TAG)
}

fn entity(inner: &str) -> Option<char> {
    if let Some(number) = inner.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    if let Some((_, sign)) = NAMED.iter().find(|(name, _)| *name == inner) {
        return Some(*sign);
    }
    match inner {
        "aelig" => return Some('æ'),
        "AElig" => return Some('Æ'),
        "oelig" => return Some('œ'),
        "OElig" => return Some('Œ'),
        "ijlig" => return Some('ĳ'),
        "IJlig" => return Some('Ĳ'),
        _ => {}
    }
    let letter = inner.chars().next().filter(char::is_ascii_alphabetic)?;
    ACCENTS.contains(&&inner[1..]).then_some(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_and_inline_tags_are_one_sign() {
        for (text, expected) in [
            ("&#103;x", ('g', 6)),
            ("&#x67;x", ('g', 6)),
            ("&aacute;x", ('a', 8)),
            ("&Euml;x", ('E', 6)),
            ("&shy;x", ('\u{ad}', 5)),
            ("<b>x", (TAG, 3)),
            ("</span>x", (TAG, 7)),
            ("<font color=red>x", (TAG, 16)),
        ] {
            assert_eq!(markup(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_markup_stays_as_it_is() {
        for text in ["&", "& dan;", "<", "< 5 en > 3", "<at>", "<p>", "&#xZZ;", "&#99999999999;", "&é;"] {
            assert_eq!(markup(text), None, "{text}");
        }
    }
}
