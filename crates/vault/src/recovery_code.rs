//! The recovery code: 48 digits on paper, in 8 groups of 6.
//!
//! Each group is 16 random bits times 11, so 128 bits in all, and a group that was
//! misread is found without trying it: changing one digit, or exchanging two
//! neighbours, never leaves a multiple of 11.

use rand::RngCore;
use rand::rngs::OsRng;
use secrecy::SecretString;
use zeroize::{Zeroize, Zeroizing};

const GROUPS: usize = 8;
const DIGITS: usize = 6;
const FACTOR: u32 = 11;
const LIMIT: u32 = FACTOR << 16;

/// The code that opens `recovery.age`, wiped when dropped.
pub struct RecoveryCode([u32; GROUPS]);

/// A typed code is not one that was ever printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("group {group} of the recovery code is not right")]
pub struct RecoveryCodeError {
    /// The first group with a mistake, 1-8.
    pub group: u8,
}

impl RecoveryCode {
    /// A new code from the operating system's random source.
    pub(crate) fn make() -> Self {
        Self(std::array::from_fn(|_| (OsRng.next_u32() & 0xffff) * FACTOR))
    }

    /// Reads a typed code; spaces and hyphens between and within groups do not matter.
    ///
    /// # Errors
    /// The number of the first group that cannot be right.
    pub fn parse(typed: &str) -> Result<Self, RecoveryCodeError> {
        let wrong = |group: usize| RecoveryCodeError { group: u8::try_from(group.clamp(1, GROUPS)).unwrap_or(1) };
        let mut digits = Zeroizing::new(Vec::with_capacity(typed.len()));
        for character in typed.chars() {
            match character.to_digit(10) {
                Some(digit) => digits.push(digit),
                None if character.is_whitespace()
                    || "-\u{2010}\u{2011}\u{2012}\u{2013}\u{2212}".contains(character) => {}
                None => return Err(wrong(digits.len() / DIGITS + 1)),
            }
        }
        let mut code = Self([0; GROUPS]);
        for (place, group) in digits.chunks(DIGITS).enumerate().take(GROUPS) {
            let value = group.iter().fold(0, |value, digit| value * 10 + digit);
            if group.len() < DIGITS || value % FACTOR != 0 || value >= LIMIT {
                return Err(wrong(place + 1));
            }
            code.0[place] = value;
        }
        if digits.len() == GROUPS * DIGITS { Ok(code) } else { Err(wrong(digits.len() / DIGITS + 1)) }
    }

    /// The code as it is printed: `123453-…`. It is also what stock age is given.
    #[must_use]
    pub fn expose(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(GROUPS * (DIGITS + 1)));
        for (place, group) in self.0.iter().enumerate() {
            if place > 0 {
                text.push('-');
            }
            let mut power = 10_u32.pow(5);
            while power > 0 {
                text.push(char::from_digit(group / power % 10, 10).expect("a remainder of ten is one digit"));
                power /= 10;
            }
        }
        text
    }

    pub(crate) fn passphrase(&self) -> SecretString {
        // EXPOSE: it is the passphrase that seals and opens `recovery.age`.
        SecretString::from(self.expose().as_str())
    }
}

impl Drop for RecoveryCode {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn group_of(result: Result<RecoveryCode, RecoveryCodeError>) -> Option<u8> {
        result.err().map(|error| error.group)
    }

    #[test]
    fn a_printed_code_reads_back_with_spaces_hyphens_or_nothing_between() {
        let printed = RecoveryCode::make().expose();
        assert_eq!(printed.len(), 55);
        for typed in
            [printed.to_string(), printed.replace('-', " "), printed.replace('-', ""), format!(" {} \n", *printed)]
        {
            let code = RecoveryCode::parse(&typed).unwrap_or_else(|error| panic!("it is the printed code: {error}"));
            assert_eq!(*code.expose(), *printed);
        }
    }

    #[test]
    fn the_group_with_the_mistake_is_named() {
        let good = ["000011", "720885", "000000", "123453", "000022", "000033", "000044", "000055"];
        assert!(RecoveryCode::parse(&good.join("-")).is_ok());
        for place in 0..8 {
            for bad in ["000012", "72088", "720896", "00o011"] {
                let mut groups = good;
                groups[place] = bad;
                let named = group_of(RecoveryCode::parse(&groups.join("-")));
                assert_eq!(named, Some(u8::try_from(place + 1).expect("small")), "{bad} in place {place}");
            }
        }
        assert_eq!(group_of(RecoveryCode::parse("")), Some(1));
        assert_eq!(group_of(RecoveryCode::parse(&good[..7].join(" "))), Some(8));
        assert_eq!(group_of(RecoveryCode::parse(&format!("{}1", good.join(" ")))), Some(8));
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_never_accepted(place in 0_usize..48, step in 1_u32..10) {
            let printed = RecoveryCode::make().expose().replace('-', "");
            let typed: String = printed.chars().enumerate().map(|(at, character)| {
                let digit = character.to_digit(10).expect("a digit");
                let digit = if at == place { (digit + step) % 10 } else { digit };
                char::from_digit(digit, 10).expect("a digit")
            }).collect();
            let expected = u8::try_from(place / 6 + 1).expect("small");
            prop_assert_eq!(group_of(RecoveryCode::parse(&typed)), Some(expected));
        }
    }
}
