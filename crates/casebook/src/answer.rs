//! Why a field has no code: not asked, unknown and declined are three answers.

use taxonomy::{AccusedRelation, AgeBand, Coded, ContractType, FoundVia, Frequency, Gender};
use taxonomy::{ReporterPosition, ReporterRole, SalaryGroup};

/// The answer to one coded question.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Answer<T> {
    /// The question was not put.
    #[default]
    NotAsked,
    /// It was put; nobody knows.
    Unknown,
    /// It was put; the reporter would rather not say.
    Declined,
    /// The code.
    Is(T),
}

/// The words for the three silences, in files, at the door and in an import.
const SILENCES: [&str; 3] = ["not_asked", "unknown", "declined"];

impl<T: Coded> Answer<T> {
    /// Reads a stored or imported word. An empty word is [`Answer::NotAsked`]; the
    /// list's own `not_recorded`, `unknown` and `not_disclosed` become the silence
    /// they mean. `None` when the word is not in the list.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "" | "not_asked" | "not_recorded" => Some(Self::NotAsked),
            "unknown" => Some(Self::Unknown),
            "declined" | "not_disclosed" => Some(Self::Declined),
            code => T::parse(code).filter(|value| value.selectable()).map(Self::Is),
        }
    }

    /// The stored word; [`Answer::parse`] reads it back.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NotAsked => SILENCES[0],
            Self::Unknown => SILENCES[1],
            Self::Declined => SILENCES[2],
            Self::Is(value) => value.code(),
        }
    }

    /// The code, if there is one.
    #[must_use]
    pub fn known(self) -> Option<T> {
        match self {
            Self::Is(value) => Some(value),
            Self::NotAsked | Self::Unknown | Self::Declined => None,
        }
    }
}

/// How a silence is counted in the annual report: each table covers its whole list,
/// so a silence falls under the code that the list keeps for it.
pub trait Counted: Coded {
    /// The code that counts cases whose answer is unknown.
    const UNKNOWN: Self;
    /// The code that counts cases where the question was not put.
    const NOT_ASKED: Self = Self::UNKNOWN;
    /// The code that counts cases where the reporter would not say.
    const DECLINED: Self = Self::NOT_ASKED;

    /// The code under which an answer is counted.
    #[must_use]
    fn counted(answer: Answer<Self>) -> Self {
        match answer {
            Answer::Is(value) => value,
            Answer::Unknown => Self::UNKNOWN,
            Answer::NotAsked => Self::NOT_ASKED,
            Answer::Declined => Self::DECLINED,
        }
    }
}

impl Counted for Gender {
    const UNKNOWN: Self = Self::NotRecorded;
    const DECLINED: Self = Self::NotDisclosed;
}
impl Counted for AgeBand {
    const UNKNOWN: Self = Self::NotRecorded;
}
impl Counted for SalaryGroup {
    const UNKNOWN: Self = Self::NotRecorded;
}
impl Counted for ReporterPosition {
    const UNKNOWN: Self = Self::NotRecorded;
}
impl Counted for FoundVia {
    const UNKNOWN: Self = Self::NotRecorded;
}
impl Counted for ContractType {
    const UNKNOWN: Self = Self::Unknown;
}
impl Counted for AccusedRelation {
    const UNKNOWN: Self = Self::Unknown;
}
impl Counted for Frequency {
    const UNKNOWN: Self = Self::Unknown;
}
impl Counted for ReporterRole {
    const UNKNOWN: Self = Self::Other;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_not_asked_and_declined_stay_apart() {
        for answer in [Answer::NotAsked, Answer::Unknown, Answer::Declined, Answer::Is(Gender::Male)] {
            assert_eq!(Answer::<Gender>::parse(answer.word()), Some(answer));
        }
    }

    #[test]
    fn the_heading_of_a_group_is_not_an_answer() {
        assert_eq!(Answer::<AccusedRelation>::parse("hierarchical_up"), None);
        assert_eq!(
            Answer::<AccusedRelation>::parse("direct_manager"),
            Some(Answer::Is(AccusedRelation::DirectManager))
        );
    }

    #[test]
    fn a_declined_gender_is_counted_as_not_disclosed() {
        assert_eq!(Gender::counted(Answer::Declined), Gender::NotDisclosed);
        assert_eq!(Gender::counted(Answer::NotAsked), Gender::NotRecorded);
    }
}
