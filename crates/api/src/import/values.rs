//! Cells become values. Every reader gives `None` after it has written down what is
//! wrong, so that one pass over a row finds everything.

use super::columns::Column;
use super::problem::{Problem, ProblemKind};
use super::row::Places;
use super::table::{Cell, Problems, Row, YES_NO};
use casebook::{Answer, CaseText};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use taxonomy::Coded;

/// The years that a date may have: before, no such work existed; after, it is a slip.
const YEARS: RangeInclusive<i32> = 1990..=2100;
const YES: [&str; 5] = ["yes", "ja", "true", "waar", "y"];
const NO: [&str; 5] = ["no", "nee", "false", "onwaar", "n"];
/// The silences that stand in no list.
const SILENCES: [&str; 3] = ["not_asked", "unknown", "declined"];

/// One row under its header.
pub(super) struct RowReader<'a> {
    pub(super) row: &'a Row,
    pub(super) places: &'a Places,
    pub(super) problems: &'a mut Problems,
}

impl RowReader<'_> {
    fn cell(&self, column: Column) -> &Cell {
        self.places[column as usize].and_then(|place| self.row.cells.get(place)).unwrap_or(&Cell::Empty)
    }

    /// Writes down that a rule is broken, with the cell as it stands.
    pub(super) fn rule(&mut self, column: Column, kind: ProblemKind, allowed: Vec<&'static str>) {
        let value = self.cell(column).shown();
        self.problems.push(Problem { column: Some(column), value, allowed, ..Problem::of_line(self.row.line, kind) });
    }

    fn wrong<T>(&mut self, column: Column, kind: ProblemKind, allowed: Vec<&'static str>) -> Option<T> {
        self.rule(column, kind, allowed);
        None
    }

    /// Cells that have contents and no column name above them.
    pub(super) fn cells_without_column(&mut self) {
        let cells = self.row.cells.iter().enumerate();
        for (_, cell) in cells.filter(|(place, cell)| !cell.is_empty() && !self.places.contains(&Some(*place))) {
            let problem = Problem::of_line(self.row.line, ProblemKind::CellWithoutColumn);
            self.problems.push(Problem { value: cell.shown(), ..problem });
        }
    }

    /// The codes that a case may hold.
    pub(super) fn codes<T: Coded>() -> Vec<&'static str> {
        T::ALL.iter().filter(|value| value.selectable()).map(|value| value.code()).collect()
    }

    fn answers<T: Coded>() -> Vec<&'static str> {
        let mut codes = Self::codes::<T>();
        codes.extend(SILENCES.iter().filter(|silence| T::parse(silence).is_none()));
        codes
    }

    /// The word of a cell in lower case; `Some(None)` when it is empty.
    fn word(&mut self, column: Column) -> Option<Option<String>> {
        match self.cell(column) {
            Cell::Empty => Some(None),
            Cell::Refused(kind) => {
                let kind = *kind;
                self.wrong(column, kind, Vec::new())
            }
            // EXPOSE: a code or a number is read from it; what is wrong is shown back as case text.
            cell => Some(Some(cell.shown().expose().to_lowercase())),
        }
    }

    /// Free words: a mark or a short name.
    pub(super) fn text(&mut self, column: Column, required: bool) -> Option<CaseText> {
        match self.cell(column) {
            Cell::Empty if required => self.wrong(column, ProblemKind::MissingValue, Vec::new()),
            Cell::Refused(kind) => {
                let kind = *kind;
                self.wrong(column, kind, Vec::new())
            }
            Cell::Date(_) => self.wrong(column, ProblemKind::DateInText, Vec::new()),
            cell => Some(cell.shown()),
        }
    }

    /// One code, or what an empty cell means; without that, an empty cell is wrong.
    pub(super) fn code<T: Coded>(&mut self, column: Column, empty: Option<T>) -> Option<T> {
        let Some(code) = self.optional_code(column)? else {
            return empty.or_else(|| self.wrong(column, ProblemKind::MissingValue, Self::codes::<T>()));
        };
        Some(code)
    }

    /// One code or nothing.
    pub(super) fn optional_code<T: Coded>(&mut self, column: Column) -> Option<Option<T>> {
        let Some(word) = self.word(column)? else { return Some(None) };
        match T::parse(&word).filter(|value| value.selectable()) {
            Some(code) => Some(Some(code)),
            None => self.wrong(column, Self::why_not::<T>(&word), Self::codes::<T>()),
        }
    }

    /// One code or one of the silences; an empty cell was not asked.
    pub(super) fn answer<T: Coded>(&mut self, column: Column) -> Option<Answer<T>> {
        let Some(word) = self.word(column)? else { return Some(Answer::NotAsked) };
        Answer::parse(&word).or_else(|| self.wrong(column, Self::why_not::<T>(&word), Self::answers::<T>()))
    }

    fn why_not<T: Coded>(word: &str) -> ProblemKind {
        match T::parse(word) {
            Some(_) => ProblemKind::GroupHeading,
            None if word.contains('|') => ProblemKind::SeveralCodes,
            None => ProblemKind::UnknownCode,
        }
    }

    /// A set of codes with `|` between them; every code that is not in the list is a
    /// problem of its own.
    pub(super) fn set<T: Coded>(&mut self, column: Column) -> Option<BTreeSet<T>> {
        let Some(words) = self.word(column)? else { return Some(BTreeSet::new()) };
        let mut set = BTreeSet::new();
        let mut good = true;
        for word in words.split('|').map(str::trim).filter(|word| !word.is_empty()) {
            match T::parse(word).filter(|value| value.selectable()) {
                Some(code) => {
                    set.insert(code);
                }
                None => {
                    good = false;
                    let problem = Problem::of_line(self.row.line, ProblemKind::UnknownCode);
                    let allowed = Self::codes::<T>();
                    self.problems.push(Problem { column: Some(column), value: word.into(), allowed, ..problem });
                }
            }
        }
        good.then_some(set)
    }

    /// Yes or no, or what an empty cell means.
    pub(super) fn yes_no(&mut self, column: Column, empty: Option<bool>) -> Option<bool> {
        let Some(word) = self.word(column)? else {
            return empty.or_else(|| self.wrong(column, ProblemKind::MissingValue, YES_NO.to_vec()));
        };
        match word.as_str() {
            word if YES.contains(&word) => Some(true),
            word if NO.contains(&word) => Some(false),
            _ => self.wrong(column, ProblemKind::NotYesNo, YES_NO.to_vec()),
        }
    }

    /// A day: a date of the workbook, `2025-03-14` or `14-03-2025`.
    pub(super) fn date(&mut self, column: Column, required: bool) -> Option<Option<NaiveDate>> {
        let day = match self.cell(column) {
            Cell::Empty if required => return self.wrong(column, ProblemKind::MissingValue, Vec::new()),
            Cell::Date(day) => Ok(*day),
            _ => match self.word(column)? {
                None => return Some(None),
                Some(word) => parse_date(&word),
            },
        };
        match day {
            Ok(day) if YEARS.contains(&day.year()) => Some(Some(day)),
            Ok(_) => self.wrong(column, ProblemKind::DateOutOfRange, Vec::new()),
            Err(kind) => self.wrong(column, kind, Vec::new()),
        }
    }

    /// A year in four digits.
    pub(super) fn year(&mut self, column: Column) -> Option<i32> {
        let Some(word) = self.word(column)? else {
            return self.wrong(column, ProblemKind::MissingValue, Vec::new());
        };
        match word.parse::<i32>() {
            Ok(year) if word.len() == 4 && YEARS.contains(&year) => Some(year),
            Ok(_) if word.len() == 4 => self.wrong(column, ProblemKind::DateOutOfRange, Vec::new()),
            _ => self.wrong(column, ProblemKind::NotAYear, Vec::new()),
        }
    }

    /// A whole number from 0.
    pub(super) fn whole(&mut self, column: Column, most: u32) -> Option<u32> {
        let number = self.number(column, most)?;
        if number.fract() != 0.0 {
            return self.wrong(column, ProblemKind::NotANumber, Vec::new());
        }
        Some(number as u32)
    }

    /// Hours as a decimal number, in minutes.
    pub(super) fn minutes(&mut self, column: Column, most_hours: u32) -> Option<u32> {
        let hours = self.number(column, most_hours)?;
        Some((hours * 60.0).round() as u32)
    }

    fn number(&mut self, column: Column, most: u32) -> Option<f64> {
        let number = match self.cell(column) {
            Cell::Number(number) => *number,
            Cell::Date(_) => return self.wrong(column, ProblemKind::NotANumber, Vec::new()),
            _ => {
                let Some(word) = self.word(column)? else {
                    return self.wrong(column, ProblemKind::MissingValue, Vec::new());
                };
                let word = word.replacen(',', ".", 1);
                let digits = word.strip_prefix('-').unwrap_or(&word);
                let plain = digits.starts_with(|c: char| c.is_ascii_digit())
                    && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
                match word.parse::<f64>() {
                    Ok(number) if plain => number,
                    _ => return self.wrong(column, ProblemKind::NotANumber, Vec::new()),
                }
            }
        };
        if number.is_finite() && (0.0..=f64::from(most)).contains(&number) {
            Some(number)
        } else {
            self.wrong(column, ProblemKind::NumberOutOfRange(most), Vec::new())
        }
    }
}

/// `2025-03-14`, `14-03-2025` and `14-3-2025`; a slash is refused, because nobody can
/// tell whether 4/5 is in April or in May.
fn parse_date(word: &str) -> Result<NaiveDate, ProblemKind> {
    let parts: Vec<&str> = word.split('-').collect();
    let all_digits = parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    let (year, month, day) = match parts[..] {
        [year, month, day] if all_digits && year.len() == 4 => (year, month, day),
        [day, month, year] if all_digits && year.len() == 4 => (year, month, day),
        _ => return Err(ProblemKind::NotADate),
    };
    if month.len() > 2 || day.len() > 2 {
        return Err(ProblemKind::NotADate);
    }
    let number = |part: &str| part.parse().unwrap_or(0);
    NaiveDate::from_ymd_opt(year.parse().unwrap_or(0), number(month), number(day)).ok_or(ProblemKind::NoSuchDate)
}
