//! An attachment (*bijlage*): a file that belongs to a case. The case keeps what it is
//! called and what its bytes must be; the bytes are a sealed file of their own.

use crate::CaseText;

/// A file of a case. The id of its entry is also the name of the sealed file; its bytes
/// never change, so there is nothing to rewrite but that it is gone.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Attachment {
    /// What it was called where it came from; it may well hold a name.
    pub name: CaseText,
    /// What its first bytes say it is.
    pub kind: MediaKind,
    /// Bytes.
    pub length: u64,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
}

/// What a file is, as far as it matters: which pictures can be shown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MediaKind {
    /// A PNG picture.
    Png,
    /// A JPEG picture.
    Jpeg,
    /// A WebP picture.
    Webp,
    /// A GIF picture; of a moving one the first.
    Gif,
    /// Anything else: kept, and only ever saved elsewhere.
    Other,
}

impl MediaKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Png, Self::Jpeg, Self::Webp, Self::Gif, Self::Other];

    /// The stable word for it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
            Self::Webp => "webp",
            Self::Gif => "gif",
            Self::Other => "other",
        }
    }

    /// Reads [`MediaKind::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What a file is by its first bytes; its name may say anything.
    #[must_use]
    pub fn of(head: &[u8]) -> Self {
        match head {
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Self::Png,
            [0xff, 0xd8, 0xff, ..] => Self::Jpeg,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Self::Webp,
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Self::Gif,
            _ => Self::Other,
        }
    }

    /// Whether it is a picture that can be shown.
    #[must_use]
    pub fn is_picture(self) -> bool {
        self != Self::Other
    }
}

/// The longest name that is proposed, in characters.
const LONGEST: usize = 120;
/// Names that Windows keeps for itself, whatever ending follows.
const RESERVED: [&str; 24] = [
    "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8",
    "COM9", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
];

/// The name under which an attachment is offered outside: one part of a path on every
/// system, that reads as it is. Somebody else chose the original, and may have meant a
/// folder, a device, or a program that looks like a picture.
#[must_use]
pub fn safe_name(name: &CaseText) -> CaseText {
    // EXPOSE: it becomes the name of the copy that the owner asks for.
    let shown: String = name.expose().chars().filter(|c| !c.is_control() && !is_invisible(*c)).map(plain).collect();
    let mut safe = trimmed(&shown).to_owned();
    if safe.chars().count() > LONGEST {
        safe = shortened(&safe);
    }
    let stem = safe.split('.').next().unwrap_or_default().trim_end();
    // The superscripts count as digits there.
    let stem = stem.replace('¹', "1").replace('²', "2").replace('³', "3").to_uppercase();
    if RESERVED.contains(&stem.as_str()) {
        safe.insert(0, '_');
        if safe.chars().count() > LONGEST {
            safe = shortened(&safe);
        }
    }
    CaseText::new(if safe.is_empty() { "bijlage".to_owned() } else { safe })
}

fn plain(letter: char) -> char {
    let separates = matches!(letter, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    if separates {
        '_'
    } else if letter.is_whitespace() {
        ' '
    } else {
        letter
    }
}

/// Marks that change the order or the look of what stands beside them without showing.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Windows drops dots and spaces at the end; a dot in front hides a file elsewhere.
fn trimmed(name: &str) -> &str {
    name.trim_start_matches([' ', '.']).trim_end_matches([' ', '.'])
}

/// Keeps the ending, by which the owner's computer knows what to open it with.
fn shortened(name: &str) -> String {
    let ending = name.rfind('.').map_or("", |dot| &name[dot..]);
    let ending = if ending.chars().count() <= 16 { ending } else { "" };
    let room = LONGEST - ending.chars().count();
    let stem: String = name[..name.len() - ending.len()].chars().take(room).collect();
    format!("{}{ending}", trimmed(&stem))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn safe(name: &str) -> String {
        // EXPOSE: the test compares its own made-up names.
        safe_name(&CaseText::from(name)).expose().to_owned()
    }

    #[test]
    fn a_name_from_elsewhere_becomes_one_harmless_part_of_a_path() {
        for (name, wanted) in [
            ("verslag.pdf", "verslag.pdf"),
            ("Gesprek met J. (2e versie).docx", "Gesprek met J. (2e versie).docx"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("..\\..\\Windows\\system.ini", "_.._Windows_system.ini"),
            ("C:\\Users\\x\\a.txt", "C__Users_x_a.txt"),
            ("/dev/null", "_dev_null"),
            ("a\u{0}b\nc\td.pdf", "abcd.pdf"),
            ("foto\u{202e}gnp.exe", "fotognp.exe"),
            ("\u{2066}x\u{2069}\u{200f}.png", "x.png"),
            ("rapport.pdf. . .", "rapport.pdf"),
            ("  .verborgen", "verborgen"),
            ("CON", "_CON"),
            ("con.txt", "_con.txt"),
            ("Lpt1 .pdf", "_Lpt1 .pdf"),
            ("COM¹.txt", "_COM¹.txt"),
            ("NUL.tar.gz", "_NUL.tar.gz"),
            ("console.txt", "console.txt"),
            ("wat?\"<>|*:.txt", "wat_______.txt"),
            ("", "bijlage"),
            ("...", "bijlage"),
            ("\u{200b}\u{feff}", "bijlage"),
            ("Zoë 日本 🙂.jpg", "Zoë 日本 🙂.jpg"),
        ] {
            assert_eq!(safe(name), wanted, "{name:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let long = safe(&format!("{}.pdf", "é".repeat(300)));
        assert_eq!(long.chars().count(), LONGEST);
        assert!(long.ends_with("é.pdf"));
        assert_eq!(safe(&format!("a.{}", "b".repeat(300))).chars().count(), LONGEST);
    }

    proptest! {
        #[test]
        fn no_name_ever_leaves_its_folder_or_hides_what_it_is(name in "\\PC*|[./\\\\: \u{202e}\u{0}-\u{1f}a-zCONUL1.]{0,200}") {
            let safe = safe(&name);
            prop_assert!(!safe.is_empty() && safe.chars().count() <= LONGEST);
            prop_assert!(!safe.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']));
            prop_assert!(!safe.chars().any(|c| c.is_control() || is_invisible(c)));
            prop_assert!(!safe.starts_with(['.', ' ']) && !safe.ends_with(['.', ' ']));
            let stem = safe.split('.').next().unwrap_or_default().trim_end().to_uppercase();
            prop_assert!(!RESERVED.contains(&stem.as_str()));
            prop_assert_eq!(self::safe(&safe), safe.clone(), "a safe name stays as it is");
        }
    }

    #[test]
    fn a_kind_is_told_by_its_first_bytes_and_reads_back() {
        assert_eq!(MediaKind::of(b"\x89PNG\r\n\x1a\nrest"), MediaKind::Png);
        assert_eq!(MediaKind::of(b"\xff\xd8\xff\xe0"), MediaKind::Jpeg);
        assert_eq!(MediaKind::of(b"RIFF\0\0\0\0WEBPVP8 "), MediaKind::Webp);
        assert_eq!(MediaKind::of(b"GIF89a"), MediaKind::Gif);
        assert_eq!(MediaKind::of(b"%PDF-1.7"), MediaKind::Other);
        assert_eq!(MediaKind::of(b""), MediaKind::Other);
        for kind in MediaKind::ALL {
            assert_eq!(MediaKind::parse(kind.code()), Some(kind));
        }
    }
}
