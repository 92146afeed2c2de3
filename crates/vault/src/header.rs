//! The header of an age file, looked at before age sees it.
//!
//! Parsing a hostile header costs age time that grows with the square of its size,
//! and its scrypt factor is work on demand. So a header over 4 KiB or 8 stanzas, or
//! a factor outside 14..=20, is refused by this scan, which costs one pass.

use crate::finding::Finding;
use crate::object::Object;
use sha2::{Digest, Sha256};

/// How much of a file is enough to scan any header that is accepted.
pub(crate) const HEAD_BYTES: usize = 4096;
const STANZA_CAP: usize = 8;
/// Characters in a line of a stanza that goes on in the next.
const FULL_LINE: usize = 64;
const MAGIC: &[u8] = b"age-encryption.org/v1\n";
/// The factor that is written: 256 MiB and about a second for each guess.
pub(crate) const WORK_FACTOR: u8 = 18;
const ACCEPTED_WORK: std::ops::RangeInclusive<u8> = 14..=20;

/// SHA-256 of the header, which is new at every save: the name of one version.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct HeaderId(pub(crate) [u8; 32]);

impl HeaderId {
    /// Lower-case hexadecimal.
    pub(crate) fn hex(self) -> String {
        hex(&self.0)
    }

    /// Reads [`HeaderId::hex`].
    pub(crate) fn from_hex(text: &str) -> Option<Self> {
        from_hex(text).map(Self)
    }
}

/// Reads 32 bytes from [`hex`].
pub(crate) fn from_hex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// What a file must be sealed with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sealed {
    Passphrase,
    Identity,
}

/// Scans the first [`HEAD_BYTES`] of a file.
pub(crate) fn scan(head: &[u8], object: Object) -> Result<HeaderId, Finding> {
    let expected = match object {
        Object::Identity | Object::IdentityCopy | Object::Recovery => Sealed::Passphrase,
        Object::Practice | Object::Register | Object::Case(_) | Object::Attachment(_) | Object::QuickNote(_) => {
            Sealed::Identity
        }
    };
    let head = &head[..head.len().min(HEAD_BYTES)];
    // A head that ends before its last line is a short file, or a header over the cap.
    let unfinished = || if head.len() < HEAD_BYTES { Finding::Truncated(object) } else { Finding::Refused(object) };
    if !head.starts_with(MAGIC) {
        return Err(if MAGIC.starts_with(head) { Finding::Truncated(object) } else { Finding::Damaged(object) });
    }
    let (mut at, mut stanzas, mut ours) = (MAGIC.len(), 0, 0);
    // Every stanza ends with a line that is not full; age's own reader lets one without pass.
    let mut ended = true;
    loop {
        let end = head[at..].iter().position(|byte| *byte == b'\n').ok_or_else(unfinished)?;
        let line = &head[at..at + end];
        at += end + 1;
        let starts = line.starts_with(b"-> ") || line.starts_with(b"---");
        if starts != ended || line.len() > FULL_LINE && !starts {
            return Err(Finding::Damaged(object));
        }
        if line.starts_with(b"---") {
            break;
        }
        ended = !starts && line.len() < FULL_LINE;
        if let Some(stanza) = line.strip_prefix(b"-> ") {
            stanzas += 1;
            if stanzas > STANZA_CAP {
                return Err(Finding::Refused(object));
            }
            ours += usize::from(is_expected(stanza, expected, object)?);
        }
    }
    // age itself insists that a passphrase stands alone; several identities are possible.
    let fits = if expected == Sealed::Passphrase { stanzas == 1 && ours == 1 } else { ours > 0 };
    if fits { Ok(HeaderId(Sha256::digest(&head[..at]).into())) } else { Err(Finding::Damaged(object)) }
}

fn is_expected(stanza: &[u8], expected: Sealed, object: Object) -> Result<bool, Finding> {
    let text = std::str::from_utf8(stanza).map_err(|_| Finding::Damaged(object))?;
    let mut words = text.split(' ');
    Ok(match (words.next(), expected) {
        (Some("scrypt"), Sealed::Passphrase) => {
            let factor: u8 = words.nth(1).and_then(|word| word.parse().ok()).ok_or(Finding::Damaged(object))?;
            if !ACCEPTED_WORK.contains(&factor) {
                return Err(Finding::Refused(object));
            }
            true
        }
        (Some("X25519"), Sealed::Identity) => true,
        (Some("scrypt"), Sealed::Identity) => return Err(Finding::Damaged(object)),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_stanzas(count: usize) -> Vec<u8> {
        let mut file = MAGIC.to_vec();
        for _ in 0..count {
            file.extend_from_slice(b"-> X25519 abc\nabc\n");
        }
        file.extend_from_slice(b"--- mac\npayload");
        file
    }

    #[test]
    fn a_header_within_the_caps_has_an_id_that_ends_at_its_last_line() {
        let mut file = with_stanzas(8);
        let id = scan(&file, Object::Practice).expect("eight stanzas are accepted");
        file.extend_from_slice(b"other payload");
        assert_eq!(scan(&file, Object::Practice), Ok(id));
    }

    #[test]
    fn a_header_over_the_caps_is_refused() {
        assert_eq!(scan(&with_stanzas(9), Object::Practice), Err(Finding::Refused(Object::Practice)));
        let mut long = MAGIC.to_vec();
        long.extend_from_slice(b"-> X25519 ");
        long.resize(100_000, b'a');
        assert_eq!(scan(&long, Object::Practice), Err(Finding::Refused(Object::Practice)));
    }

    #[test]
    fn a_passphrase_factor_outside_the_bounds_is_refused() {
        for (factor, accepted) in [(13, false), (14, true), (18, true), (20, true), (21, false), (40, false)] {
            let file = format!("age-encryption.org/v1\n-> scrypt salt {factor}\nbody\n--- mac\n");
            assert_eq!(scan(file.as_bytes(), Object::Identity).is_ok(), accepted, "factor {factor}");
        }
    }

    #[test]
    fn a_cut_header_is_truncated_and_something_else_is_damaged() {
        assert_eq!(scan(b"", Object::Practice), Err(Finding::Truncated(Object::Practice)));
        assert_eq!(scan(&with_stanzas(1)[..40], Object::Practice), Err(Finding::Truncated(Object::Practice)));
        assert_eq!(scan(&[0; 5000], Object::Practice), Err(Finding::Damaged(Object::Practice)));
    }
}
