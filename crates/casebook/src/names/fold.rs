//! One way to look at letters: whatever an adviser, a phone or a word processor makes
//! of a name, the same letters come out.

use super::markup::markup;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};
use zeroize::Zeroizing;

/// One letter, digit or sign after folding, and the bytes it came from.
#[derive(Clone, Copy)]
pub(super) struct Glyph {
    /// The folded sign: no case, no accent, no foreign look-alike.
    pub(super) sign: char,
    /// First byte in the original text.
    pub(super) start: usize,
    /// Byte after the last, marks and invisible signs that follow it included.
    pub(super) end: usize,
    /// Whether it was a capital.
    pub(super) upper: bool,
}

/// A text as folded signs, in order.
pub(super) fn fold(text: &str) -> Zeroizing<Vec<Glyph>> {
    // Twice the room, so that growing leaves no half copies of a case behind.
    let mut glyphs: Zeroizing<Vec<Glyph>> = Zeroizing::new(Vec::with_capacity(text.len() * 2));
    let mut end = 0;
    while let Some(first) = text[end..].chars().next() {
        let start = end;
        let plain = (first, first.len_utf8());
        let (original, length) =
            if matches!(first, '&' | '<') { markup(&text[start..]).unwrap_or(plain) } else { plain };
        end = start + length;
        let mut kept = false;
        if !invisible(original) {
            decompose_compatible(original, |part| {
                if is_combining_mark(part) {
                    return;
                }
                kept = true;
                if let Some(sign) = capital_look_alike(part) {
                    glyphs.push(Glyph { sign, start, end, upper: true });
                    return;
                }
                let upper = part.is_uppercase();
                for lower in part.to_lowercase().filter(|c| !is_combining_mark(*c)) {
                    let (first, second) = look_alike(lower);
                    glyphs.push(Glyph { sign: first, start, end, upper });
                    glyphs.extend(second.map(|sign| Glyph { sign, start, end, upper }));
                }
            });
        }
        if !kept && let Some(last) = glyphs.last_mut() {
            last.end = end;
        }
    }
    glyphs
}

impl zeroize::DefaultIsZeroes for Glyph {}

impl Default for Glyph {
    fn default() -> Self {
        Self { sign: '\0', start: 0, end: 0, upper: false }
    }
}

/// Signs that take no room on the page, or that no page can show: they can hide a name
/// from a plain search.
fn invisible(sign: char) -> bool {
    (sign.is_control() && !sign.is_whitespace())
        || matches!(sign,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff9}'..='\u{fffd}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
}

/// The Latin letter that a capital of another script looks like. Its small letter may
/// look like another one: the small *ν* is a *v* to the eye, the capital an *N*.
fn capital_look_alike(sign: char) -> Option<char> {
    Some(match sign {
        'Α' | 'А' => 'a',
        'Β' | 'В' => 'b',
        'Ϲ' | 'С' => 'c',
        'Ε' | 'Е' => 'e',
        'Η' | 'Н' => 'h',
        'Ι' | 'І' | 'Ӏ' => 'i',
        'Ϳ' | 'Ј' => 'j',
        'Κ' | 'К' => 'k',
        'Μ' | 'М' => 'm',
        'Ν' => 'n',
        'Ο' | 'О' | 'Օ' => 'o',
        'Ρ' | 'Р' => 'p',
        'Ԛ' => 'q',
        'Ѕ' | 'Տ' => 's',
        'Τ' | 'Т' => 't',
        'Ս' => 'u',
        'Ѵ' => 'v',
        'Ԝ' => 'w',
        'Χ' | 'Х' => 'x',
        'Υ' | 'У' | 'Ү' => 'y',
        'Ζ' => 'z',
        _ => return None,
    })
}

/// The Latin sign that this one is, or is read as. Cyrillic and Greek letters arrive
/// by pasting and are the same to the eye.
fn look_alike(sign: char) -> (char, Option<char>) {
    let plain = match sign {
        'ß' | 'ẞ' => return ('s', Some('s')),
        'æ' => return ('a', Some('e')),
        'œ' => return ('o', Some('e')),
        'þ' => return ('t', Some('h')),
        'ø' | 'о' | 'ο' | 'σ' | 'օ' => 'o',
        'đ' | 'ð' | 'ԁ' | 'ɗ' => 'd',
        'ł' | 'ӏ' | 'ƚ' => 'l',
        'ħ' | 'һ' | 'н' => 'h',
        'ŧ' | 'т' | 'τ' => 't',
        'ı' | 'і' | 'ι' | 'ɩ' => 'i',
        'а' | 'α' | 'ɑ' => 'a',
        'в' | 'β' | 'ь' => 'b',
        'с' | 'ϲ' => 'c',
        'е' | 'ε' | 'э' => 'e',
        'ԍ' | 'ɡ' => 'g',
        'η' => 'n',
        'ј' | 'ϳ' => 'j',
        'к' | 'κ' => 'k',
        'м' => 'm',
        'п' | 'ո' => 'n',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'υ' | 'μ' => 'u',
        'ѵ' | 'ν' => 'v',
        'ԝ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' | 'ү' => 'y',
        'ζ' => 'z',
        '٠' | '۰' => '0',
        '١' | '۱' => '1',
        '٢' | '۲' => '2',
        '٣' | '۳' => '3',
        '٤' | '۴' => '4',
        '٥' | '۵' => '5',
        '٦' | '۶' => '6',
        '٧' | '۷' => '7',
        '٨' | '۸' => '8',
        '٩' | '۹' => '9',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣' | '⁃' | '־' | '⸺' | '⸻' | '➖' => '-',
        '’' | '‘' | '`' | '´' | 'ʼ' | '′' => '\'',
        other => other,
    };
    (plain, None)
}

/// A folded word. Like case text it cannot be printed and is wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Letters(Zeroizing<String>);

impl Letters {
    /// The spelling in which *ij* and *y* are the same sign: the key of every look-up.
    pub(super) fn key(signs: impl IntoIterator<Item = char>) -> Self {
        let mut word = Zeroizing::new(String::with_capacity(32));
        for sign in signs {
            if sign == 'j' && word.ends_with('i') {
                word.pop();
                word.push('y');
            } else {
                word.push(sign);
            }
        }
        Self(word)
    }

    /// The spelling with *ij* written out, in which a swap of *i* and *j* is one error.
    pub(super) fn written_out(&self) -> Self {
        Self(Zeroizing::new(self.0.replace('y', "ij")))
    }

    /// The folded letters.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Number of letters on paper.
    pub(super) fn len(&self) -> usize {
        self.0.chars().map(|sign| if sign == 'y' { 2 } else { 1 }).sum()
    }
}

impl PartialOrd for Letters {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Letters {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl std::hash::Hash for Letters {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        // The same as the hash of the letters, so that a plain text finds the word.
        self.as_str().hash(state);
    }
}

impl std::borrow::Borrow<str> for Letters {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// One word of a text: a run of letters and digits.
pub(super) struct Token {
    /// First byte in the original text.
    pub(super) start: usize,
    /// Byte after the last.
    pub(super) end: usize,
    /// First glyph and the one after the last.
    pub(super) glyphs: (usize, usize),
    /// The folded word.
    pub(super) key: Letters,
    /// Whether the first letter is a capital.
    pub(super) capital: bool,
    /// Number of capitals.
    pub(super) capitals: usize,
    /// Number of signs, *ij* being two.
    pub(super) signs: usize,
    /// Whether a capital here says nothing, because a sentence or line starts.
    pub(super) opens_sentence: bool,
}

/// The words of a folded text.
pub(super) fn tokens(glyphs: &[Glyph]) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < glyphs.len() {
        if !glyphs[at].sign.is_alphanumeric() {
            at += 1;
            continue;
        }
        let past = at + glyphs[at..].iter().take_while(|g| g.sign.is_alphanumeric()).count();
        let word = &glyphs[at..past];
        let gap = found.last().map_or(0, |last| last.glyphs.1);
        let after_initial = found.last().is_some_and(|last| last.signs == 1);
        found.push(Token {
            start: word[0].start,
            end: word[word.len() - 1].end,
            glyphs: (at, past),
            key: Letters::key(word.iter().map(|g| g.sign)),
            capital: word[0].upper,
            capitals: word.iter().filter(|g| g.upper).count(),
            signs: word.len(),
            opens_sentence: opens_sentence(&glyphs[gap..at], found.is_empty(), after_initial),
        });
        at = past;
    }
    found
}

fn opens_sentence(gap: &[Glyph], first: bool, after_initial: bool) -> bool {
    first
        || gap.iter().any(|g| {
            matches!(g.sign, '!' | '?' | ':' | ';' | '\n' | '\r' | '•' | '…' | '"' | '“' | '”' | '„' | '«' | '»')
                || (g.sign == '.' && !after_initial)
        })
}

/// The words of a short text such as a name.
pub(super) fn words(text: &str) -> Vec<Token> {
    tokens(&fold(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        words(text).iter().map(|t| t.key.as_str().to_owned()).collect()
    }

    #[test]
    fn case_accents_and_invisible_signs_do_not_matter() {
        assert_eq!(keys("Zoë ANDRÉ Ja\u{200b}n\u{ad}sen"), ["zoe", "andre", "jansen"]);
        assert_eq!(keys("Andre\u{301}"), keys("André"));
        let hidden = "\0\u{8}\u{1f}\u{7f}\u{9f}\u{fff9}\u{fffb}\u{fffc}\u{fffd}\u{e000}\u{f8ff}\u{1d173}\u{1bca0}\u{fe0f}\u{e0041}\u{10fffd}";
        for sign in hidden.chars() {
            assert_eq!(keys(&format!("Jan{sign}sen")), ["jansen"], "{sign:?}");
        }
        assert_eq!(keys("Jan\u{b}sen\tdus"), ["jan", "sen", "dus"], "a soft line end is one");
    }

    #[test]
    fn markup_of_a_letter_is_the_letter() {
        assert_eq!(keys("Ren&eacute;e Jan&shy;sen &#74;an de&nbsp;wit"), ["renee", "jansen", "jan", "de", "wit"]);
    }

    #[test]
    fn ij_and_y_are_one_letter_in_every_spelling() {
        for spelling in ["Dijkstra", "Dykstra", "DIJKSTRA", "Dĳkstra", "Dÿkstra"] {
            assert_eq!(keys(spelling), ["dykstra"], "{spelling}");
        }
    }

    #[test]
    fn letters_of_other_scripts_that_look_the_same_are_the_same() {
        assert_eq!(keys("Јаnѕеn 𝐉𝐚𝐧𝐬𝐞𝐧 Ｊａｎｓｅｎ"), ["jansen", "jansen", "jansen"]);
        assert_eq!(keys("Νoor ΝΟΟR Нenk ΗΕΝΚ ΜΑΝΟΝ"), ["noor", "noor", "henk", "henk", "manon"]);
    }

    #[test]
    fn a_word_knows_the_bytes_it_came_from() {
        let text = "aan Zoe\u{308}, dus";
        let found = words(text);
        assert_eq!(&text[found[1].start..found[1].end], "Zoe\u{308}");
    }
}
