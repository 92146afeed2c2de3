//! A file as rows of cells, whatever program wrote it.

use super::problem::{Problem, ProblemKind};
use super::{MAX_CELL_CHARS, MAX_PROBLEMS};
use casebook::CaseText;
use chrono::NaiveDate;

/// What stands in one cell.
#[derive(Clone)]
pub(super) enum Cell {
    /// Nothing, or only white space.
    Empty,
    /// Words, without the white space around them.
    Text(CaseText),
    /// A number of a workbook.
    Number(f64),
    /// A yes or no of a workbook.
    YesNo(bool),
    /// A day of a workbook.
    Date(NaiveDate),
    /// Something that no column can take.
    Refused(ProblemKind),
}

/// The code words for yes and no.
pub(super) const YES_NO: [&str; 2] = ["yes", "no"];

impl Cell {
    /// A cell of text, trimmed and within bounds.
    pub(super) fn of_text(words: &str) -> Self {
        if words.len() > 4 * MAX_CELL_CHARS {
            return Self::Refused(ProblemKind::CellTooLong);
        }
        // Excel puts these invisible marks around text that was pasted from a web page.
        let words = words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'));
        if words.is_empty() {
            Self::Empty
        } else if words.chars().nth(MAX_CELL_CHARS).is_some() {
            Self::Refused(ProblemKind::CellTooLong)
        } else if words.chars().any(char::is_control) {
            Self::Refused(ProblemKind::ControlCharacter)
        } else {
            Self::Text(words.into())
        }
    }

    /// Whether nothing stands in it.
    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// The cell as the adviser sees it in her file.
    pub(super) fn shown(&self) -> CaseText {
        match self {
            Self::Empty | Self::Refused(_) => CaseText::default(),
            Self::Text(words) => words.clone(),
            Self::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}").into(),
            Self::Number(number) => number.to_string().into(),
            Self::YesNo(yes) => YES_NO[usize::from(!yes)].into(),
            Self::Date(day) => day.to_string().into(),
        }
    }
}

/// One row with its number as a spreadsheet shows it.
pub(super) struct Row {
    pub(super) line: u32,
    pub(super) cells: Vec<Cell>,
}

impl Row {
    /// Whether every cell is empty.
    pub(super) fn is_empty(&self) -> bool {
        self.cells.iter().all(Cell::is_empty)
    }
}

/// The header row and the rows under it; empty rows are left out.
pub(super) struct Table {
    pub(super) header: Row,
    pub(super) rows: Vec<Row>,
}

impl Table {
    /// From all rows of a file in order.
    pub(super) fn of_rows(rows: impl Iterator<Item = Row>) -> Result<Self, Problem> {
        let mut rows = rows.filter(|row| !row.is_empty());
        let header = rows.next().ok_or_else(|| Problem::of_file(ProblemKind::EmptyFile))?;
        Ok(Self { header, rows: rows.collect() })
    }
}

impl Problem {
    /// A problem of the whole file.
    pub(super) fn of_file(kind: ProblemKind) -> Self {
        Self::of_line(0, kind)
    }

    /// A problem of a whole row.
    pub(super) fn of_line(line: u32, kind: ProblemKind) -> Self {
        Self { line, column: None, value: CaseText::default(), allowed: Vec::new(), kind }
    }
}

/// All problems of one file, up to a bound.
#[derive(Default)]
pub(super) struct Problems {
    found: Vec<Problem>,
    more: bool,
}

impl Problems {
    pub(super) fn push(&mut self, problem: Problem) {
        if self.found.len() < MAX_PROBLEMS {
            self.found.push(problem);
        } else {
            self.more = true;
        }
    }

    pub(super) fn none(&self) -> bool {
        self.found.is_empty()
    }

    /// The problems in the order of the lines.
    pub(super) fn into_vec(mut self) -> Vec<Problem> {
        self.found.sort_by_key(|problem| problem.line);
        if self.more {
            self.found.push(Problem::of_file(ProblemKind::TooManyProblems));
        }
        self.found
    }
}
