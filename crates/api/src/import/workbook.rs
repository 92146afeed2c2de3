//! An Excel workbook (ECMA-376), read within bounds.
//!
//! A workbook is a zip of XML: a small file can unpack to gigabytes, say that its
//! table ends at row one million, or declare a list of 2^60 strings. So everything is
//! unpacked and measured once, by the same zip reader that the workbook reader uses,
//! before that reader sees it; and cells come one by one, never as a dense range.

use super::problem::{Problem, ProblemKind};
use super::table::{Cell, Row, Table};
use super::{MAX_COLUMNS, MAX_ROWS};
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use zeroize::Zeroizing;
use zip::ZipArchive;

const MAX_ENTRIES: usize = 200;
const MAX_UNPACKED: u64 = 64 * 1024 * 1024;
/// How many times larger than the file its contents may be.
const MAX_RATIO: u64 = 100;
/// Below this nobody minds the ratio: an almost empty workbook packs very well.
const RATIO_FROM: u64 = 1024 * 1024;
/// The end record of a zip and the longest comment after it.
const TAIL: usize = 22 + 65_535;

/// Reads the first visible worksheet.
pub(super) fn read(bytes: &[u8]) -> Result<Table, Problem> {
    measure(bytes)?;
    // The reader was not written for hostile files: a worksheet whose range ends before
    // it begins makes it panic. That is a file that cannot be read, not a crash.
    let rows = catch_unwind(AssertUnwindSafe(|| rows(bytes)))
        .unwrap_or_else(|_| Err(Problem::of_file(ProblemKind::UnreadableWorkbook)))?;
    Table::of_rows(rows.into_iter().map(|(row, cells)| Row { line: row + 1, cells }))
}

fn unreadable<E>(_: E) -> Problem {
    Problem::of_file(ProblemKind::UnreadableWorkbook)
}

/// Unpacks everything once without keeping it.
fn measure(bytes: &[u8]) -> Result<(), Problem> {
    let too_large = || Problem::of_file(ProblemKind::WorkbookTooLarge);
    let tail = &bytes[bytes.len().saturating_sub(TAIL + 20)..];
    // A file this small needs no 64-bit directory, and such a directory may claim
    // any number of entries before the first is read.
    if tail.windows(4).any(|four| four == b"PK\x06\x07") {
        return Err(unreadable(()));
    }
    if bytes.windows(4).filter(|four| four == b"PK\x01\x02").count() > MAX_ENTRIES {
        return Err(too_large());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut unpacked = 0_u64;
    let mut part = Zeroizing::new(Vec::new());
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(unreadable)?;
        if unpacked.saturating_add(entry.size()) > MAX_UNPACKED {
            return Err(too_large());
        }
        part.clear();
        // What the directory says about a size is not to be trusted: the reading stops
        // at the bound, whatever is left.
        entry.take(MAX_UNPACKED - unpacked + 1).read_to_end(&mut part).map_err(unreadable)?;
        unpacked += part.len() as u64;
        if unpacked > MAX_UNPACKED || unpacked > RATIO_FROM.max(bytes.len() as u64 * MAX_RATIO) {
            return Err(too_large());
        }
        refuse_traps(&part)?;
    }
    Ok(())
}

/// Refuses parts that would trap an XML reader.
fn refuse_traps(part: &[u8]) -> Result<(), Problem> {
    // In UTF-16 the words below would not be found. They are looked for without the
    // `<` before them, which stands everywhere in such a part and would make it slow.
    let wide = [b"\xFF\xFE", b"\xFE\xFF", b"<\0", b"\0<"].iter().any(|start| part.starts_with(*start));
    let declares = ["!DOCTYPE", "!ENTITY"].iter().any(|word| find(part, word.as_bytes()).is_some());
    if wide || declares {
        return Err(Problem::of_file(ProblemKind::WorkbookWithDeclarations));
    }
    // The reader makes room for as many strings as the part says that it has.
    let mut rest = part;
    while let Some(place) = find(rest, b"uniqueCount") {
        rest = &rest[place + b"uniqueCount".len()..];
        let Some(value) = rest.trim_ascii_start().strip_prefix(b"=") else { continue };
        let digits = value.trim_ascii_start().iter().skip(1).skip_while(|byte| **byte == b'+');
        let claimed = digits
            .take_while(|byte| byte.is_ascii_digit())
            .fold(0_u64, |sum, digit| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
        if claimed > part.len() as u64 {
            return Err(Problem::of_file(ProblemKind::WorkbookTooLarge));
        }
    }
    Ok(())
}

/// The first place of an ASCII word, whatever its case.
fn find(part: &[u8], word: &[u8]) -> Option<usize> {
    let (small, large) = (word[0].to_ascii_lowercase(), word[0].to_ascii_uppercase());
    let mut from = 0;
    while let Some(place) = part[from..].iter().position(|byte| *byte == small || *byte == large) {
        from += place;
        if part.get(from..from + word.len())?.eq_ignore_ascii_case(word) {
            return Some(from);
        }
        from += 1;
    }
    None
}

fn rows(bytes: &[u8]) -> Result<BTreeMap<u32, Vec<Cell>>, Problem> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let sheet = book
        .sheets_metadata()
        .iter()
        .find(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .ok_or_else(|| Problem::of_file(ProblemKind::NoWorksheet))?;
    let mut reader = book.worksheet_cells_reader(&sheet).map_err(unreadable)?;
    let mut rows: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
    while let Some(found) = reader.next_cell().map_err(unreadable)? {
        let (row, column) = found.get_position();
        let cell = cell(found.get_value());
        // Formatting without contents may go on to the edge of the sheet.
        if cell.is_empty() {
            continue;
        }
        if column >= MAX_COLUMNS || row > MAX_ROWS {
            return Err(Problem::of_line(row.saturating_add(1), ProblemKind::FarCell));
        }
        let cells = rows.entry(row).or_default();
        let place = column as usize;
        if cells.len() <= place {
            cells.resize_with(place + 1, || Cell::Empty);
        }
        cells[place] = cell;
    }
    Ok(rows)
}

fn cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(words) => Cell::of_text(words),
        DataRef::SharedString(words) => Cell::of_text(words),
        DataRef::Bool(yes) => Cell::YesNo(*yes),
        DataRef::DateTime(moment) if moment.is_duration() => Cell::Refused(ProblemKind::TimeOfDay),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            // A number below one has a time and no day.
            if moment.as_f64() < 1.0 {
                return Cell::Refused(ProblemKind::TimeOfDay);
            }
            NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))
                .map_or(Cell::Refused(ProblemKind::NoSuchDate), Cell::Date)
        }
        DataRef::DateTimeIso(words) => {
            let day = words.get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
            day.map_or(Cell::Refused(ProblemKind::NotADate), Cell::Date)
        }
        DataRef::DurationIso(_) => Cell::Refused(ProblemKind::TimeOfDay),
        DataRef::Error(_) => Cell::Refused(ProblemKind::FormulaError),
    }
}
