//! Text with separators (RFC 4180), as Excel and other programs write it.

use super::columns::Column;
use super::problem::{Problem, ProblemKind};
use super::table::{Cell, Row, Table};
use super::{MAX_COLUMNS, MAX_ROWS};

/// A comma; a semicolon, which a Dutch Excel writes; a tab.
const DELIMITERS: [u8; 3] = *b",;\t";

/// Reads the text of a whole file.
pub(super) fn read(bytes: &[u8]) -> Result<Table, Problem> {
    let text = decode(bytes)?;
    // Without a single line feed the file has the line ends of an old Macintosh.
    let rewritten = (!text.contains('\n')).then(|| zeroize::Zeroizing::new(text.replace('\r', "\n")));
    let text = rewritten.as_ref().map_or(text, |text| text.as_str());
    let (delimiter, skipped_lines, body) = delimiter(text);
    let mut rows = Vec::new();
    let mut line = LineCounter { text: body, at: 0, line: 1 + skipped_lines, inside_cells: 0 };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(body.as_bytes());
    let mut record = csv::StringRecord::new();
    // A failure here would be a record that is not UTF-8, and the whole text is.
    while reader.read_record(&mut record).map_err(|_| Problem::of_file(ProblemKind::NotText))? {
        let start = record.position().map_or(0, csv::Position::byte);
        let number = line.number_of(usize::try_from(start).unwrap_or(usize::MAX), &record);
        if rows.len() > MAX_ROWS as usize {
            return Err(Problem::of_file(ProblemKind::TooManyRows));
        }
        let mut cells: Vec<Cell> = record.iter().take(MAX_COLUMNS as usize).map(Cell::of_text).collect();
        if record.iter().skip(MAX_COLUMNS as usize).any(|cell| !cell.trim().is_empty()) {
            cells.push(Cell::Refused(ProblemKind::CellWithoutColumn));
        }
        rows.push(Row { line: number, cells });
    }
    Table::of_rows(rows.into_iter())
}

fn decode(bytes: &[u8]) -> Result<&str, Problem> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(Problem::of_file(ProblemKind::Utf16));
    }
    if bytes.contains(&0) {
        return Err(Problem::of_file(ProblemKind::NotText));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let lines = before.iter().filter(|byte| **byte == b'\n').count();
        Problem::of_line(u32::try_from(lines + 1).unwrap_or(u32::MAX), ProblemKind::NotUtf8)
    })
}

/// The delimiter, the lines before the header that are Excel's own, and the rest.
fn delimiter(text: &str) -> (u8, u32, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    // Excel reads and writes a first line "sep=;" to say what separates the cells.
    if let Some(&[delimiter]) = first.trim_end().strip_prefix("sep=").map(str::as_bytes)
        && DELIMITERS.contains(&delimiter)
    {
        return (delimiter, 1, rest);
    }
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let known = |delimiter: u8| {
        header
            .split(char::from(delimiter))
            .filter(|name| Column::named(name.trim().trim_matches('"')).is_some())
            .count()
    };
    // The first of those that make out the most columns.
    let best = DELIMITERS.into_iter().rev().max_by_key(|delimiter| known(*delimiter));
    (best.unwrap_or(DELIMITERS[0]), 0, text)
}

/// The row number that a spreadsheet shows: empty lines count, line breaks inside a
/// cell do not.
struct LineCounter<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    inside_cells: u32,
}

impl LineCounter<'_> {
    fn number_of(&mut self, start: usize, record: &csv::StringRecord) -> u32 {
        // The reader gives the place before the empty lines that it skipped.
        let bytes = self.text.as_bytes();
        let start = bytes.len().min(start);
        let start = bytes[start..].iter().position(|byte| !b"\r\n".contains(byte)).map_or(bytes.len(), |n| start + n);
        self.line += count(&bytes[self.at.min(start)..start]);
        self.at = start;
        let number = self.line.saturating_sub(self.inside_cells);
        self.inside_cells += count(record.as_slice().as_bytes());
        number
    }
}

fn count(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(u32::MAX)
}
