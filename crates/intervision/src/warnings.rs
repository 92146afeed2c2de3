//! What the adviser should look at once more. A warning stops nothing.

use crate::draft::{Draft, Part};
use casebook::CaseSummary;
use chrono::{Months, NaiveDate};
use std::ops::Range;
use taxonomy::{ConsentKind, ConsentState};

/// Why a place deserves a second look.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum WarningKind {
    /// Somebody's own words can be recognised by who heard them.
    Quotation,
    /// A word for something rare: the only, the first, in the papers, in court.
    Rare,
    /// A number, date, month or weekday.
    Number,
    /// A small count in words.
    SmallCount,
    /// The case is younger than three months and still open.
    Recent,
    /// The reporter said no to this use, or took consent back.
    Refused,
}

/// One warning, with its place when it is about words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Warning {
    /// Why.
    pub kind: WarningKind,
    /// The part and the bytes in it; `None` when it is about the case.
    pub place: Option<(Part, Range<usize>)>,
}

/// Starts of words for rare events and rare people, in both languages.
const RARE: [&str; 29] = [
    "enig",
    "eerst",
    "bekend",
    "krant",
    "rechtszaak",
    "rechter",
    "rechtbank",
    "media",
    "journalist",
    "televisie",
    "nieuws",
    "ongeluk",
    "ongeval",
    "incident",
    "uniek",
    "laatste",
    "landelijk",
    "politiek",
    "burgemeester",
    "wethouder",
    "only",
    "first",
    "famous",
    "newspaper",
    "court",
    "press",
    "accident",
    "unique",
    "lawsuit",
];

/// Words that are no rare event although they start like one.
const NOT_RARE: [&str; 5] = ["enigszins", "enigerlei", "presse", "pressure", "pressing"];

const CALENDAR: [&str; 38] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
    "january",
    "february",
    "march",
    "june",
    "july",
    "august",
    "october",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "kerst",
    "pasen",
    "pinksteren",
    "christmas",
    "easter",
];

const COUNTS: [&str; 12] = ["één", "twee", "drie", "vier", "vijf", "zes", "one", "two", "three", "four", "five", "six"];

/// Everything worth a second look, in the order of the page.
#[must_use]
pub fn warnings(draft: &Draft, case: &CaseSummary, today: NaiveDate) -> Vec<Warning> {
    let mut found = Vec::new();
    let three_months = case.facts.intake.checked_add_months(Months::new(3));
    if !case.facts.is_closed() && three_months.is_none_or(|day| today < day) {
        found.push(Warning { kind: WarningKind::Recent, place: None });
    }
    let newest = case.consents.iter().map(|(_, c)| c).filter(|c| c.kind == ConsentKind::UseInIntervision);
    if newest.max_by_key(|c| c.date).is_some_and(|c| c.state != ConsentState::Given) {
        found.push(Warning { kind: WarningKind::Refused, place: None });
    }
    for part in Part::ALL {
        // EXPOSE: read here only; a warning holds places and no words.
        let text = draft.part(part).expose();
        let mut add = |kind, range: Range<usize>| found.push(Warning { kind, place: Some((part, range)) });
        for (at, mark) in text.char_indices().filter(|(at, mark)| opens_quotation(text, *at, *mark)) {
            add(WarningKind::Quotation, at..at + mark.len_utf8());
        }
        for (at, word) in words(text) {
            let lower = word.to_lowercase();
            let range = at..at + word.len();
            if lower.chars().any(char::is_numeric) || CALENDAR.contains(&lower.as_str()) {
                add(WarningKind::Number, range);
            } else if COUNTS.contains(&lower.as_str()) {
                add(WarningKind::SmallCount, range);
            } else if RARE.iter().any(|start| lower.starts_with(start))
                && !NOT_RARE.iter().any(|w| lower.starts_with(w))
            {
                add(WarningKind::Rare, range);
            }
        }
    }
    found
}

/// Whether a quotation opens here; an apostrophe inside a word does not.
fn opens_quotation(text: &str, at: usize, mark: char) -> bool {
    match mark {
        '"' | '“' | '”' | '„' | '«' | '»' | '‟' | '‹' | '›' => true,
        '\'' | '‘' | '‚' | '’' | '`' => {
            let before = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let rest = text[at + mark.len_utf8()..].to_lowercase();
            let article = ["t ", "s ", "n ", "m ", "t\n", "s-", "ns "].iter().any(|short| rest.starts_with(short));
            before && !article && rest.starts_with(char::is_alphanumeric)
        }
        _ => false,
    }
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(|c: char| !c.is_alphanumeric()).filter_map(move |word| {
        let start = at + text[at..].find(word).unwrap_or(0);
        at = start + word.len();
        (!word.is_empty()).then_some((start, word))
    })
}
