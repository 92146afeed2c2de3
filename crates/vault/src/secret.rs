//! The passphrase.

use secrecy::{ExposeSecret, SecretString};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// The owner's passphrase, wiped when dropped.
///
/// Normalised to NFC, because one keyboard sends "é" as one character and another as
/// two; nothing is trimmed, because a space at the end is part of the secret.
pub struct Passphrase(pub(crate) SecretString);

impl Passphrase {
    /// Takes the typed words over.
    #[must_use]
    pub fn new(typed: String) -> Self {
        let typed = Zeroizing::new(typed);
        // Large enough beforehand: a growing string leaves unwiped copies behind.
        let mut normal = Zeroizing::new(String::with_capacity(typed.len() * 3));
        normal.extend(typed.nfc());
        Self(SecretString::from(normal.as_str()))
    }
}

impl Passphrase {
    /// Whether both are the same words.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_word_typed_on_two_keyboards_is_one_passphrase() {
        let composed = Passphrase::new(" caf\u{e9} ".to_owned());
        let decomposed = Passphrase::new(" cafe\u{301} ".to_owned());
        assert_eq!(composed.0.expose_secret(), decomposed.0.expose_secret());
        assert_eq!(composed.0.expose_secret(), " caf\u{e9} ", "nothing is trimmed");
    }
}
