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
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("groups {groups:?} of the recovery code are not right")]
pub struct RecoveryCodeError {
    /// Every group with a mistake, 1-8; never empty.
    pub groups: Vec<u8>,
}

impl RecoveryCode {
    /// A new code from the operating system's random source.
    #[must_use]
    pub fn make() -> Self {
        Self(std::array::from_fn(|_| (OsRng.next_u32() & 0xffff) * FACTOR))
    }

    /// Reads a typed code; spaces and hyphens between and within groups do not matter.
    ///
    /// Where the groups can be told apart, a digit too many or too few spoils its own
    /// group alone; in one row of digits it spoils those after it too.
    ///
    /// # Errors
    /// The numbers of all groups that cannot be right.
    pub fn parse(typed: &str) -> Result<Self, RecoveryCodeError> {
        let separator = |c: char| c.is_whitespace() || "-\u{2010}\u{2011}\u{2012}\u{2013}\u{2212}".contains(c);
        let apart: Vec<&str> = typed.split(separator).filter(|group| !group.is_empty()).collect();
        if apart.len() == GROUPS {
            return Self::from_groups(&apart);
        }
        let mut row = Zeroizing::new(String::with_capacity(typed.len()));
        row.extend(typed.chars().filter(|c| !separator(*c)));
        let mut ends =
            row.char_indices().map(|(at, _)| at).step_by(DIGITS).skip(1).take(GROUPS - 1).collect::<Vec<_>>();
        ends.resize(GROUPS, row.len());
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let groups: Vec<&str> = starts.zip(&ends).map(|(start, end)| &row[start..*end]).collect();
        Self::from_groups(&groups)
    }

    /// Reads the eight groups, each by itself.
    ///
    /// # Errors
    /// The numbers of all groups that cannot be right.
    pub fn from_groups<T: AsRef<str>>(typed: &[T]) -> Result<Self, RecoveryCodeError> {
        let mut code = Self([0; GROUPS]);
        let mut wrong = Vec::new();
        for (place, number) in (1_u8..).take(GROUPS).enumerate() {
            match typed.get(place).and_then(|group| read_group(group.as_ref())) {
                Some(value) => code.0[place] = value,
                None => wrong.push(number),
            }
        }
        if wrong.is_empty() { Ok(code) } else { Err(RecoveryCodeError { groups: wrong }) }
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

/// Six digits that make a multiple of eleven below the limit.
fn read_group(typed: &str) -> Option<u32> {
    let typed = typed.trim();
    let plain = typed.len() == DIGITS && typed.bytes().all(|byte| byte.is_ascii_digit());
    let value = plain.then(|| typed.parse().ok()).flatten()?;
    (value % FACTOR == 0 && value < LIMIT).then_some(value)
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

    fn wrong_groups(result: Result<RecoveryCode, RecoveryCodeError>) -> Vec<u8> {
        result.err().map(|error| error.groups).unwrap_or_default()
    }

    #[test]
    fn a_printed_code_reads_back_with_spaces_hyphens_or_nothing_between() {
        let printed = RecoveryCode::make().expose();
        assert_eq!(printed.len(), 55);
        let pairs =
            printed.replace('-', "").as_bytes().chunks(2).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ");
        for typed in [
            printed.to_string(),
            printed.replace('-', " "),
            printed.replace('-', ""),
            format!(" {} \n", *printed),
            pairs,
        ] {
            let code = RecoveryCode::parse(&typed).unwrap_or_else(|error| panic!("it is the printed code: {error}"));
            assert_eq!(*code.expose(), *printed);
        }
    }

    #[test]
    fn every_group_with_a_mistake_is_named_and_no_other() {
        let good = ["000011", "720885", "000000", "123453", "000022", "000033", "000044", "000055"];
        assert!(RecoveryCode::parse(&good.join("-")).is_ok());
        for place in 0..8 {
            for bad in ["000012", "72088", "7208850", "720896", "00o011", "²00011", "+00011"] {
                let mut groups = good;
                groups[place] = bad;
                let number = u8::try_from(place + 1).expect("small");
                assert_eq!(wrong_groups(RecoveryCode::parse(&groups.join("-"))), [number], "{bad} in place {place}");
                groups[7 - place] = "000001";
                let both = [number.min(9 - number), number.max(9 - number)];
                assert_eq!(wrong_groups(RecoveryCode::from_groups(&groups)), both);
            }
        }
        assert_eq!(wrong_groups(RecoveryCode::parse("")), [1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(wrong_groups(RecoveryCode::parse(&good[..7].join(" "))), [8]);
        assert_eq!(wrong_groups(RecoveryCode::parse(&format!("{}1", good.join(" ")))), [8]);
        assert_eq!(wrong_groups(RecoveryCode::parse(&format!("{}1", good.concat()))), [8]);
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
            prop_assert_eq!(wrong_groups(RecoveryCode::parse(&typed)), vec![expected]);
        }

        #[test]
        fn whatever_is_typed_is_answered(typed in "\\PC{0,80}") {
            drop(RecoveryCode::parse(&typed));
        }
    }
}
