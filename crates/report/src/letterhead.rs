//! What stands on the report that was not counted: who, for whom, when, and the
//! adviser's own texts.

use serde::Serialize;
use serde_json::{Value, json};
use taxonomy::Language;

/// A day of the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Day {
    /// Year.
    pub year: i32,
    /// Month, 1-12.
    pub month: u32,
    /// Day of the month, from 1.
    pub day: u32,
}

/// Whether the report still may change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Version {
    /// Not final; every page says so.
    Draft,
    /// Final, with its number from 1.
    Final(u32),
}

/// Whose report it is, over which year.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Letterhead {
    /// Name of the client organisation.
    pub organisation: String,
    /// Name of the adviser; may be empty.
    pub adviser: String,
    /// Her certification; may be empty.
    pub certification: String,
    /// The report year: the calendar year in which it starts.
    pub year: i32,
    /// First month of the report year, 1-12.
    pub year_start_month: u32,
    /// Language of the whole report.
    pub language: Language,
    /// Draft or final.
    pub version: Version,
    /// Day on which it was made.
    pub date: Day,
}

/// What the adviser wrote; empty texts are left out.
#[derive(Clone, Default, Serialize)]
pub struct Texts {
    /// The core in short, after the generated sentences of the summary.
    pub summary: String,
    /// Explanation under section 1.
    pub activities: String,
    /// Risk profile.
    pub risk_profile: String,
    /// Comparison with national figures and earlier years.
    pub comparison: String,
    /// Developments in the organisation, the sector and society.
    pub developments: String,
    /// Evaluation of the role.
    pub evaluation: String,
    /// Section 4, one recommendation each.
    pub recommendations: Vec<String>,
}

const MONTHS: [(&str, &str); 12] = [
    ("januari", "January"),
    ("februari", "February"),
    ("maart", "March"),
    ("april", "April"),
    ("mei", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("augustus", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
];

impl Day {
    /// The day in words, for example `14 februari 2026`.
    #[must_use]
    pub fn in_words(self, language: Language) -> String {
        let month = MONTHS.get((self.month.max(1) - 1) as usize).unwrap_or(&MONTHS[0]);
        let month = if language == Language::Nl { month.0 } else { month.1 };
        format!("{} {month} {}", self.day, self.year)
    }
}

impl Letterhead {
    /// The report year as people name it: `2025`, or `2025-2026` when it starts later
    /// than January.
    #[must_use]
    pub fn year_label(&self) -> String {
        if self.year_start_month == 1 { self.year.to_string() } else { format!("{}-{}", self.year, self.year + 1) }
    }

    /// First and last day of the report year, in words.
    #[must_use]
    pub fn period(&self) -> String {
        let first = Day { year: self.year, month: self.year_start_month, day: 1 };
        let (year, month) =
            if self.year_start_month == 1 { (self.year, 12) } else { (self.year + 1, self.year_start_month - 1) };
        let last = Day { year, month, day: days_in(year, month) };
        let to = if self.language == Language::Nl { "tot en met" } else { "to" };
        format!("{} {to} {}", first.in_words(self.language), last.in_words(self.language))
    }

    fn version_label(&self) -> String {
        match (self.version, self.language) {
            (Version::Draft, Language::Nl) => "concept".to_owned(),
            (Version::Draft, Language::En) => "draft".to_owned(),
            (Version::Final(number), Language::Nl) => format!("{number}, definitief"),
            (Version::Final(number), Language::En) => format!("{number}, final"),
        }
    }

    /// As the template reads it.
    pub(crate) fn printed(&self) -> Value {
        json!({
            "language": match self.language { Language::Nl => "nl", Language::En => "en" },
            "organisation": self.organisation,
            "adviser": self.adviser,
            "certification": self.certification,
            "year_label": self.year_label(),
            "period": self.period(),
            "draft": self.version == Version::Draft,
            "version_label": self.version_label(),
            "date": self.date.in_words(self.language),
        })
    }
}

fn days_in(year: i32, month: u32) -> u32 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starting_in(month: u32, year: i32, language: Language) -> Letterhead {
        Letterhead {
            organisation: String::new(),
            adviser: String::new(),
            certification: String::new(),
            year,
            year_start_month: month,
            language,
            version: Version::Draft,
            date: Day { year, month: 1, day: 1 },
        }
    }

    #[test]
    fn a_calendar_year_and_a_study_year_are_both_written_out() {
        let calendar = starting_in(1, 2025, Language::Nl);
        assert_eq!(
            (calendar.year_label(), calendar.period()),
            ("2025".to_owned(), "1 januari 2025 tot en met 31 december 2025".to_owned())
        );
        let study = starting_in(9, 2025, Language::En);
        assert_eq!(
            (study.year_label(), study.period()),
            ("2025-2026".to_owned(), "1 September 2025 to 31 August 2026".to_owned())
        );
    }

    #[test]
    fn a_year_that_ends_in_february_knows_leap_years() {
        assert!(starting_in(3, 2027, Language::Nl).period().ends_with("29 februari 2028"));
        assert!(starting_in(3, 2025, Language::Nl).period().ends_with("28 februari 2026"));
    }
}
