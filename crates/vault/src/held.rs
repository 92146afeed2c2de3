//! What this session read and saved. While the vault is open a sync program may put
//! another version over a file; what was saved here is then in no file any more, and
//! only this memory can give it back.

use crate::finding::SaveError;
use crate::header::HeaderId;
use crate::object::Object;
use crate::register::Mark;
use crate::store::{case_revisions, none_lost};
use crate::vault::Vault;
use casebook::case::Case;
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use uuid::Uuid;

/// An import of thousands of cases is not held: nobody is writing in them.
const MOST: usize = 200;

struct One {
    case: Case,
    /// The version that holds all of it.
    header: HeaderId,
    /// Whether this session wrote it.
    saved: bool,
}

/// The cases of this session.
#[derive(Default)]
pub(crate) struct Held(HashMap<Uuid, One>);

impl Held {
    /// A case as it was read, with what this session knows of it and the file does not.
    pub(crate) fn join(&mut self, read: Case, mark: Mark) -> Case {
        match self.0.get_mut(&read.id) {
            Some(held) if !none_lost(&case_revisions(&held.case), &case_revisions(&read)) => {
                held.case = held.case.clone().union(read);
                held.case.clone()
            }
            held => {
                let saved = held.is_some_and(|held| held.saved);
                self.put(One { case: read.clone(), header: mark.header, saved });
                read
            }
        }
    }

    /// A case as it was read, with what this session saved of it.
    pub(crate) fn with_ours(&self, read: Case) -> Case {
        match self.0.get(&read.id) {
            Some(held) => held.case.clone().union(read),
            None => read,
        }
    }

    /// A version of a case that holds the same and is sealed with other keys.
    pub(crate) fn sealed_anew(&mut self, case: &Case, mark: Mark) {
        if let Some(held) = self.0.get_mut(&case.id) {
            held.case = case.clone();
            held.header = mark.header;
        }
    }

    /// A case that was saved, whole.
    pub(crate) fn saved(&mut self, case: &Case, mark: Mark) {
        self.put(One { case: case.clone(), header: mark.header, saved: true });
    }

    fn put(&mut self, one: One) {
        if self.0.len() < MOST || self.0.contains_key(&one.case.id) {
            self.0.insert(one.case.id, one);
        }
    }
}

impl Vault {
    /// Saves again what this session saved and a file does not hold any more.
    pub(crate) fn save_what_was_put_over(&mut self, now: DateTime<Utc>) -> Result<(), SaveError> {
        let mut outcome = Ok(());
        for held in std::mem::take(&mut self.held.0).into_values().filter(|held| held.saved) {
            let object = Object::Case(held.case.id);
            if self.store.folder.header(object).is_ok_and(|there| there == Some(held.header)) {
                continue;
            }
            let there = self.store.load_case(held.case.id);
            let whole = there.is_ok_and(|(case, _)| none_lost(&case_revisions(&held.case), &case_revisions(&case)));
            if !whole {
                outcome = outcome.and(self.save_case(&held.case, now).map(|_| ()));
            }
        }
        let there = self.store.folder.header(Object::Practice);
        if there.is_ok_and(|there| there != Some(self.practice_mark.header)) {
            let whole = self.store.load_practice().is_ok_and(|(practice, _)| {
                none_lost(
                    &crate::store::practice_revisions(&self.practice),
                    &crate::store::practice_revisions(&practice),
                )
            });
            self.practice_unsaved |= !whole;
        }
        outcome
    }
}
