//! Two versions of one file become one: what a sync program, a second computer or an
//! interrupted copy left is joined with what is there, and never chosen between.

use crate::db::Care;
use crate::finding::{Finding, SaveError};
use crate::meta::Meta;
use crate::object::Object;
use crate::pins::Pins;
use crate::register::Mark;
use crate::rows::RowError;
use crate::store::{Content, Revisions, Store, case_revisions, practice_revisions, row_finding};
use crate::{stored_case, stored_practice};
use casebook::case::Case;
use casebook::practice::Practice;
use chrono::{DateTime, Utc};
use rusqlite::Connection;

/// How often a save looks again when the file keeps changing under it.
const ATTEMPTS: usize = 8;

/// A file that is made of revisions.
pub(crate) trait Mergeable: Clone {
    fn object(&self) -> Object;
    fn content(&self) -> Content<'_>;
    fn revisions(&self) -> Revisions;
    fn union(self, other: Self) -> Self;
    fn read(object: Object, connection: &Connection) -> Result<Self, RowError>;
}

impl Mergeable for Case {
    fn object(&self) -> Object {
        Object::Case(self.id)
    }

    fn content(&self) -> Content<'_> {
        Content::Case(self)
    }

    fn revisions(&self) -> Revisions {
        case_revisions(self)
    }

    fn union(self, other: Self) -> Self {
        Self::union(self, other)
    }

    fn read(object: Object, connection: &Connection) -> Result<Self, RowError> {
        let Object::Case(id) = object else { return Err(RowError::Damaged) };
        let case = stored_case::read(id, connection)?;
        if case.current_facts().is_some() { Ok(case) } else { Err(RowError::Damaged) }
    }
}

impl Mergeable for Practice {
    fn object(&self) -> Object {
        Object::Practice
    }

    fn content(&self) -> Content<'_> {
        Content::Practice(self)
    }

    fn revisions(&self) -> Revisions {
        practice_revisions(self)
    }

    fn union(self, other: Self) -> Self {
        Self::union(self, other)
    }

    fn read(_: Object, connection: &Connection) -> Result<Self, RowError> {
        stored_practice::read(connection)
    }
}

/// What was saved, and the content when it became more than was asked.
pub(crate) struct SavedAs<T> {
    pub(crate) mark: Mark,
    pub(crate) merged: Option<T>,
}

impl Store {
    /// Opens a case or the practice.
    pub(crate) fn load_as<T: Mergeable>(&self, object: Object) -> Result<(T, Meta, Mark), Finding> {
        let (connection, meta, mark) = self.load(object, Care::Full)?;
        let content = T::read(object, &connection).map_err(|error| row_finding(&error, object))?;
        Ok((content, meta, mark))
    }

    /// Saves a next version. A file that is not the version `base` any more is joined
    /// with what is saved: a second computer wrote, and both count.
    pub(crate) fn save_merging<T: Mergeable>(
        &mut self,
        pins: &Pins,
        content: &T,
        mut base: Option<Mark>,
        now: DateTime<Utc>,
    ) -> Result<SavedAs<T>, SaveError> {
        let object = content.object();
        let mut merged: Option<T> = None;
        for _ in 0..ATTEMPTS {
            let current = merged.as_ref().unwrap_or(content);
            match self.save(object, current.content(), above_pin(pins, object, base), now) {
                Ok(mark) => return Ok(SavedAs { mark, merged }),
                Err(SaveError::ChangedElsewhere(_)) => match self.load_as::<T>(object) {
                    Ok((theirs, _, mark)) => {
                        merged = Some(current.clone().union(theirs));
                        base = Some(mark);
                    }
                    // It went away again; the next attempt finds an empty place.
                    Err(Finding::Missing(_)) => {}
                    Err(finding) => return Err(SaveError::File(finding)),
                },
                Err(error) => return Err(error),
            }
        }
        Err(SaveError::ChangedElsewhere(object))
    }
}

/// A version that follows an older one must still count as later than the newest that
/// this computer saw.
pub(crate) fn above_pin(pins: &Pins, object: Object, base: Option<Mark>) -> Option<Mark> {
    let pinned = pins.get(object).map_or(0, |pin| pin.generation);
    base.map(|base| Mark { generation: base.generation.max(pinned), ..base })
}
