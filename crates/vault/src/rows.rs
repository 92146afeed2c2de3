//! Between the domain and the rows: one trait, one writer and one reader, so that
//! every type says once which columns it has and in which order.

use casebook::{Answer, CaseText, Entries, Followed, Revision};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, Row, params_from_iter};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::str::FromStr;
use taxonomy::{Coded, Language};
use uuid::Uuid;

/// The revision columns that come before those of the entry itself.
const REVISION: [&str; 8] = ["id", "step", "entry", "parents", "device", "session", "saved_at", "deleted"];

/// Something that is kept as revisions in a table of its own.
pub(crate) trait Stored: Sized + Clone {
    /// The table.
    const TABLE: &'static str;
    /// The columns of the entry, in the order in which they are written and read.
    const COLUMNS: &'static [&'static str];

    /// Puts every field into its column; implementations name all fields, so that a
    /// forgotten one does not compile.
    fn write<'a>(&'a self, cells: &mut Cells<'a>);

    /// Reads the columns back.
    fn read(cells: &mut Reader<'_, '_>) -> Result<Self, RowError>;
}

/// Why a row could not be read.
#[derive(Debug)]
pub(crate) enum RowError {
    /// SQLite says so, or the value is of no use.
    Damaged,
    /// A code that is not in its list: written by a newer version.
    UnknownCode,
}

impl From<rusqlite::Error> for RowError {
    fn from(_: rusqlite::Error) -> Self {
        Self::Damaged
    }
}

/// One row on its way into a table. Text is lent, not copied.
#[derive(Default)]
pub(crate) struct Cells<'a>(Vec<ToSqlOutput<'a>>);

impl<'a> Cells<'a> {
    pub(crate) fn plain(&mut self, text: &'a str) {
        self.0.push(ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())));
    }

    pub(crate) fn text(&mut self, text: &'a CaseText) {
        // EXPOSE: the row goes into a database in memory that is sealed before it is written.
        self.plain(text.expose());
    }

    pub(crate) fn owned(&mut self, text: String) {
        self.0.push(ToSqlOutput::Owned(Value::Text(text)));
    }

    pub(crate) fn maybe(&mut self, text: Option<String>) {
        self.0.push(ToSqlOutput::Owned(text.map_or(Value::Null, Value::Text)));
    }

    pub(crate) fn number(&mut self, number: impl Into<i64>) {
        self.0.push(ToSqlOutput::Owned(Value::Integer(number.into())));
    }

    pub(crate) fn maybe_number(&mut self, number: Option<u32>) {
        self.0.push(ToSqlOutput::Owned(number.map_or(Value::Null, |number| Value::Integer(number.into()))));
    }

    pub(crate) fn bytes(&mut self, bytes: &'a [u8]) {
        self.0.push(ToSqlOutput::Borrowed(ValueRef::Blob(bytes)));
    }

    pub(crate) fn flag(&mut self, flag: bool) {
        self.number(i64::from(flag));
    }

    pub(crate) fn id(&mut self, id: Uuid) {
        self.owned(id.to_string());
    }

    pub(crate) fn date(&mut self, date: NaiveDate) {
        self.owned(date.to_string());
    }

    pub(crate) fn maybe_date(&mut self, date: Option<NaiveDate>) {
        self.maybe(date.map(|date| date.to_string()));
    }

    pub(crate) fn code(&mut self, value: impl Coded) {
        self.plain(value.code());
    }

    pub(crate) fn maybe_code(&mut self, value: Option<impl Coded>) {
        match value {
            Some(value) => self.code(value),
            None => self.maybe(None),
        }
    }

    pub(crate) fn language(&mut self, language: Language) {
        self.plain(match language {
            Language::Nl => "nl",
            Language::En => "en",
        });
    }

    pub(crate) fn answer<T: Coded>(&mut self, answer: Answer<T>) {
        self.plain(answer.word());
    }

    pub(crate) fn codes<T: Coded>(&mut self, codes: &BTreeSet<T>) {
        self.joined(codes.iter().map(|code| code.code()));
    }

    pub(crate) fn joined(&mut self, words: impl Iterator<Item = impl std::fmt::Display>) {
        let mut text = String::new();
        for word in words {
            let bar = if text.is_empty() { "" } else { "|" };
            write!(text, "{bar}{word}").expect("writing to a string cannot fail");
        }
        self.owned(text);
    }
}

/// One row on its way out; each call takes the next column.
pub(crate) struct Reader<'r, 's> {
    row: &'r Row<'s>,
    next: usize,
}

impl<'r, 's> Reader<'r, 's> {
    pub(crate) fn new(row: &'r Row<'s>) -> Self {
        Self { row, next: 0 }
    }

    fn value(&mut self) -> Result<ValueRef<'r>, RowError> {
        let value = self.row.get_ref(self.next)?;
        self.next += 1;
        Ok(value)
    }

    pub(crate) fn plain(&mut self) -> Result<&'r str, RowError> {
        self.value()?.as_str().map_err(|_| RowError::Damaged)
    }

    pub(crate) fn maybe(&mut self) -> Result<Option<&'r str>, RowError> {
        self.value()?.as_str_or_null().map_err(|_| RowError::Damaged)
    }

    pub(crate) fn text(&mut self) -> Result<CaseText, RowError> {
        Ok(CaseText::from(self.plain()?))
    }

    pub(crate) fn bytes(&mut self) -> Result<&'r [u8], RowError> {
        self.value()?.as_blob().map_err(|_| RowError::Damaged)
    }

    pub(crate) fn number<T: TryFrom<i64>>(&mut self) -> Result<T, RowError> {
        let number = self.value()?.as_i64().map_err(|_| RowError::Damaged)?;
        T::try_from(number).map_err(|_| RowError::Damaged)
    }

    pub(crate) fn maybe_number(&mut self) -> Result<Option<u32>, RowError> {
        let number = self.value()?.as_i64_or_null().map_err(|_| RowError::Damaged)?;
        number.map(|number| u32::try_from(number).map_err(|_| RowError::Damaged)).transpose()
    }

    pub(crate) fn flag(&mut self) -> Result<bool, RowError> {
        Ok(self.number::<i64>()? != 0)
    }

    pub(crate) fn parsed<T: FromStr>(&mut self) -> Result<T, RowError> {
        self.plain()?.parse().map_err(|_| RowError::Damaged)
    }

    pub(crate) fn maybe_parsed<T: FromStr>(&mut self) -> Result<Option<T>, RowError> {
        self.maybe()?.map(|text| text.parse().map_err(|_| RowError::Damaged)).transpose()
    }

    pub(crate) fn code<T: Coded>(&mut self) -> Result<T, RowError> {
        T::parse(self.plain()?).ok_or(RowError::UnknownCode)
    }

    pub(crate) fn maybe_code<T: Coded>(&mut self) -> Result<Option<T>, RowError> {
        self.maybe()?.map(|code| T::parse(code).ok_or(RowError::UnknownCode)).transpose()
    }

    pub(crate) fn language(&mut self) -> Result<Language, RowError> {
        match self.plain()? {
            "nl" => Ok(Language::Nl),
            "en" => Ok(Language::En),
            _ => Err(RowError::UnknownCode),
        }
    }

    pub(crate) fn answer<T: Coded>(&mut self) -> Result<Answer<T>, RowError> {
        let word = self.plain()?;
        // What may be chosen is a rule of the day; what was once stored must read back.
        Answer::parse(word).or_else(|| T::parse(word).map(Answer::Is)).ok_or(RowError::UnknownCode)
    }

    pub(crate) fn codes<T: Coded>(&mut self) -> Result<BTreeSet<T>, RowError> {
        split(self.plain()?).map(|code| T::parse(code).ok_or(RowError::UnknownCode)).collect()
    }

    pub(crate) fn words(&mut self) -> Result<Vec<String>, RowError> {
        Ok(split(self.plain()?).map(str::to_owned).collect())
    }

    pub(crate) fn ids(&mut self) -> Result<Vec<Uuid>, RowError> {
        split(self.plain()?).map(|id| id.parse().map_err(|_| RowError::Damaged)).collect()
    }

    fn followed(&mut self) -> Result<Vec<Followed>, RowError> {
        let one = |word: &str| {
            let (id, step) = word.split_once(':')?;
            Some((id.parse().ok()?, step.parse().ok()?))
        };
        split(self.plain()?).map(|word| one(word).ok_or(RowError::Damaged)).collect()
    }
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split('|').filter(|word| !word.is_empty())
}

/// A moment as text that sorts as it passes, to the nanosecond.
pub(crate) fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Nanos, true)
}

/// Reads [`moment`].
pub(crate) fn parse_moment(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc())
}

/// `INSERT` for these columns, which come after the given leading ones.
pub(crate) fn insert_sql(table: &str, leading: &[&str], columns: &[&str]) -> String {
    let names = [leading, columns].concat();
    let marks = vec!["?"; names.len()].join(", ");
    format!("INSERT INTO {table} ({}) VALUES ({marks})", names.join(", "))
}

/// `SELECT` of these columns, which come after the given leading ones.
pub(crate) fn select_sql(table: &str, leading: &[&str], columns: &[&str]) -> String {
    format!("SELECT {} FROM {table} ORDER BY rowid", [leading, columns].concat().join(", "))
}

/// Inserts one row with a prepared statement.
pub(crate) fn insert(statement: &mut rusqlite::Statement<'_>, cells: Cells<'_>) -> rusqlite::Result<()> {
    statement.execute(params_from_iter(cells.0)).map(|_| ())
}

/// Writes all revisions of one kind of entry.
pub(crate) fn write_entries<T: Stored>(connection: &Connection, entries: &Entries<T>) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(&insert_sql(T::TABLE, &REVISION, T::COLUMNS))?;
    for revision in entries.revisions() {
        let Revision { id, step, entry, parents, device, session, saved_at, deleted, body } = revision;
        let mut cells = Cells::default();
        cells.id(*id);
        cells.number(*step);
        cells.id(*entry);
        cells.joined(parents.iter().map(|(id, step)| format!("{id}:{step}")));
        cells.id(*device);
        cells.id(*session);
        cells.owned(moment(*saved_at));
        cells.flag(*deleted);
        body.write(&mut cells);
        insert(&mut statement, cells)?;
    }
    Ok(())
}

/// Reads all revisions of one kind of entry, in the order in which they were made.
pub(crate) fn read_entries<T: Stored>(connection: &Connection) -> Result<Entries<T>, RowError> {
    let mut statement = connection.prepare(&select_sql(T::TABLE, &REVISION, T::COLUMNS))?;
    let mut rows = statement.query([])?;
    let mut revisions = Vec::new();
    while let Some(row) = rows.next()? {
        let mut cells = Reader::new(row);
        revisions.push(Revision {
            id: cells.parsed()?,
            step: cells.number()?,
            entry: cells.parsed()?,
            parents: cells.followed()?,
            device: cells.parsed()?,
            session: cells.parsed()?,
            saved_at: parse_moment(cells.plain()?).ok_or(RowError::Damaged)?,
            deleted: cells.flag()?,
            body: T::read(&mut cells)?,
        });
    }
    Ok(Entries::from_revisions(revisions))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn moments_sort_as_text_as_they_pass_and_read_back_to_the_nanosecond() {
        let early = Utc.timestamp_opt(1_700_000_000, 5).single().expect("a real moment");
        let late = Utc.timestamp_opt(1_700_000_000, 900_000_000).single().expect("a real moment");
        assert!(moment(early) < moment(late));
        assert_eq!(parse_moment(&moment(early)), Some(early));
    }
}
