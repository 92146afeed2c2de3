//! Years that were counted before: a CSV or Excel file of coded cases becomes facts.
//!
//! Everything in the file is good or nothing of it is taken: [`read`] gives all rows,
//! or every problem with its line, column, value and the codes that may stand there.
//! It knows no vault and no clock; the organisation and the case numbers come from
//! the caller. Start with `row.rs`, where one row becomes one case.

mod columns;
mod delimited;
mod problem;
mod row;
mod table;
mod values;
mod words;
mod workbook;

#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod tests;

pub(crate) use columns::Column;
pub(crate) use problem::Problem;

use casebook::CaseText;
use casebook::case::{Facts, YearWork};
use problem::ProblemKind;
use std::collections::BTreeSet;

/// The largest file that is read. Look at the size before reading one into memory.
pub(crate) const MAX_FILE_BYTES: usize = 8 * 1024 * 1024;
/// The most rows under the header; six times the largest practice.
pub(crate) const MAX_ROWS: u32 = 20_000;
const MAX_COLUMNS: u32 = 64;
const MAX_CELL_CHARS: usize = 2_000;
const MAX_PROBLEMS: usize = 5_000;

/// What the caller knows about the organisation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ImportOptions {
    /// Whether the adviser is appointed for integrity there.
    pub(crate) integrity_role: bool,
    /// First month of the report year, 1-12.
    pub(crate) year_start_month: u32,
}

/// One good row.
#[derive(Clone)]
pub(crate) struct ImportRow {
    /// The facts, filed (no draft). The organisation is `None` and the serial of the
    /// number 0: both are the caller's to give.
    pub(crate) facts: Facts,
    /// Contacts and minutes of the report year, which a case that was carried over did
    /// not begin in.
    pub(crate) work: YearWork,
}

/// A file in which every row is good.
#[derive(Clone)]
pub(crate) struct ImportFile {
    /// The rows in the order of the file; never none.
    pub(crate) rows: Vec<ImportRow>,
}

impl ImportFile {
    /// The departments in the file, each once, in the order of the alphabet.
    pub(crate) fn departments(&self) -> Vec<CaseText> {
        // EXPOSE: only compared with each other; what comes out is case text again.
        let names: BTreeSet<&str> = self.rows.iter().map(|row| row.facts.department.expose()).collect();
        names.into_iter().filter(|name| !name.is_empty()).map(CaseText::from).collect()
    }
}

/// Reads a whole file. What it is follows from its first bytes and not from its name,
/// because a workbook that is called `.csv` is still a workbook.
pub(crate) fn read(bytes: &[u8], options: ImportOptions) -> Result<ImportFile, Vec<Problem>> {
    let table = if bytes.len() > MAX_FILE_BYTES {
        Err(Problem::of_file(ProblemKind::FileTooLarge))
    } else if bytes.starts_with(b"PK\x03\x04") {
        workbook::read(bytes)
    } else if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        Err(Problem::of_file(ProblemKind::OldWorkbook))
    } else {
        delimited::read(bytes)
    };
    let table = table.map_err(|problem| vec![problem])?;
    row::read(&table, options)
}
