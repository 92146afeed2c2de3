//! The register: what is known of every case without opening it.
//!
//! In memory while the vault is open, sealed at lock. Derived: whatever is missing or
//! does not fit the case file is made again from that file.

use crate::header::HeaderId;
use crate::rows::{Cells, Reader, RowError, Stored, insert, insert_sql, select_sql};
use casebook::CaseSummary;
use casebook::case::{Consent, Facts, Person, Task};
use casebook::summary::Work;
use rusqlite::Connection;
use std::collections::HashMap;
use uuid::Uuid;

/// Which version of a case file something was taken from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Mark {
    pub(crate) generation: u64,
    pub(crate) header: HeaderId,
    /// Length of the sealed file.
    pub(crate) size: u64,
}

/// All cases, in the order in which they were added.
#[derive(Default)]
pub(crate) struct Register {
    summaries: Vec<CaseSummary>,
    marks: Vec<Mark>,
    places: HashMap<Uuid, usize>,
}

const LEADING: [&str; 7] = ["place", "id", "generation", "header_id", "size", "last_contact", "work"];
const CHILD: [&str; 2] = ["place", "entry"];

impl Register {
    pub(crate) fn summaries(&self) -> &[CaseSummary] {
        &self.summaries
    }

    pub(crate) fn mark(&self, id: Uuid) -> Option<Mark> {
        self.places.get(&id).map(|place| self.marks[*place])
    }

    /// Adds a case, or replaces what was known of it.
    pub(crate) fn put(&mut self, summary: CaseSummary, mark: Mark) {
        if let Some(&place) = self.places.get(&summary.id) {
            self.summaries[place] = summary;
            self.marks[place] = mark;
        } else {
            self.places.insert(summary.id, self.summaries.len());
            self.summaries.push(summary);
            self.marks.push(mark);
        }
    }

    /// Keeps the cases that `keep` wants, in their order.
    pub(crate) fn retain(&mut self, keep: impl Fn(Uuid) -> bool) {
        if self.summaries.iter().all(|summary| keep(summary.id)) {
            return;
        }
        let old = std::mem::take(self);
        for (summary, mark) in old.summaries.into_iter().zip(old.marks) {
            if keep(summary.id) {
                self.put(summary, mark);
            }
        }
    }

    /// Writes all rows.
    pub(crate) fn write(&self, connection: &Connection) -> rusqlite::Result<()> {
        let mut cases = connection.prepare(&insert_sql("cases", &LEADING, Facts::COLUMNS))?;
        let mut persons = connection.prepare(&insert_sql(Person::TABLE, &CHILD, Person::COLUMNS))?;
        let mut tasks = connection.prepare(&insert_sql(Task::TABLE, &CHILD, Task::COLUMNS))?;
        let mut consents = connection.prepare(&insert_sql(Consent::TABLE, &CHILD, Consent::COLUMNS))?;
        for (place, (summary, mark)) in (0_i64..).zip(self.summaries.iter().zip(&self.marks)) {
            let CaseSummary { id, facts, persons: people, tasks: todo, consents: said, work, last_contact } = summary;
            let mut cells = Cells::default();
            cells.number(place);
            cells.id(*id);
            cells.number(i64::try_from(mark.generation).unwrap_or(i64::MAX));
            cells.bytes(&mark.header.0);
            cells.number(i64::try_from(mark.size).unwrap_or(i64::MAX));
            cells.maybe_date(*last_contact);
            cells.joined(work.iter().map(|w| format!("{}:{}:{}:{}", w.year, w.month, w.contacts, w.minutes)));
            facts.write(&mut cells);
            insert(&mut cases, cells)?;
            write_children(&mut persons, place, people)?;
            write_children(&mut tasks, place, todo)?;
            write_children(&mut consents, place, said)?;
        }
        Ok(())
    }

    /// Reads all rows.
    pub(crate) fn read(connection: &Connection) -> Result<Self, RowError> {
        let mut register = Self::default();
        let mut statement = connection.prepare(&select_sql("cases", &LEADING, Facts::COLUMNS))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let mut cells = Reader::new(row);
            if cells.number::<usize>()? != register.summaries.len() {
                return Err(RowError::Damaged);
            }
            let id = cells.parsed()?;
            let generation = cells.number()?;
            let header = HeaderId(cells.bytes()?.try_into().map_err(|_| RowError::Damaged)?);
            let mark = Mark { generation, header, size: cells.number()? };
            let last_contact = cells.maybe_parsed()?;
            let work = cells.plain()?.split('|').filter(|word| !word.is_empty()).map(read_work).collect::<Option<_>>();
            let summary = CaseSummary {
                id,
                last_contact,
                work: work.ok_or(RowError::Damaged)?,
                facts: Facts::read(&mut cells)?,
                persons: Vec::new(),
                tasks: Vec::new(),
                consents: Vec::new(),
            };
            register.put(summary, mark);
        }
        read_children(connection, &mut register.summaries, |summary| &mut summary.persons)?;
        read_children(connection, &mut register.summaries, |summary| &mut summary.tasks)?;
        read_children(connection, &mut register.summaries, |summary| &mut summary.consents)?;
        Ok(register)
    }
}

fn read_work(text: &str) -> Option<Work> {
    let mut numbers = text.split(':');
    let work = Work {
        year: numbers.next()?.parse().ok()?,
        month: numbers.next()?.parse().ok()?,
        contacts: numbers.next()?.parse().ok()?,
        minutes: numbers.next()?.parse().ok()?,
    };
    numbers.next().is_none().then_some(work)
}

fn write_children<T: Stored>(
    statement: &mut rusqlite::Statement<'_>,
    place: i64,
    children: &[(Uuid, T)],
) -> rusqlite::Result<()> {
    for (entry, body) in children {
        let mut cells = Cells::default();
        cells.number(place);
        cells.id(*entry);
        body.write(&mut cells);
        insert(statement, cells)?;
    }
    Ok(())
}

fn read_children<T: Stored>(
    connection: &Connection,
    summaries: &mut [CaseSummary],
    of: impl Fn(&mut CaseSummary) -> &mut Vec<(Uuid, T)>,
) -> Result<(), RowError> {
    let mut statement = connection.prepare(&select_sql(T::TABLE, &CHILD, T::COLUMNS))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let mut cells = Reader::new(row);
        let summary = summaries.get_mut(cells.number::<usize>()?).ok_or(RowError::Damaged)?;
        let entry = cells.parsed()?;
        of(summary).push((entry, T::read(&mut cells)?));
    }
    Ok(())
}
