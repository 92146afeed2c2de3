//! What stands on the screen: the revision of every entry that the window was last given.
//! What she writes follows that one, and not what a second computer wrote meanwhile.

use casebook::case::Case;
use casebook::{Entries, Followed, Revision};
use std::collections::HashMap;
use uuid::Uuid;

/// The revisions on the screen, by entry.
#[derive(Default)]
pub(crate) struct Seen(HashMap<Uuid, Followed>);

impl Seen {
    /// The revision of an entry that she saw last.
    pub(crate) fn get(&self, entry: Uuid) -> Option<Followed> {
        self.0.get(&entry).copied()
    }

    /// One entry is shown.
    pub(crate) fn shown<T>(&mut self, revision: &Revision<T>) {
        self.0.insert(revision.entry, revision.now());
    }

    /// What was on the screen of an entry still is.
    pub(crate) fn keep(&mut self, entry: Uuid, seen: Option<Followed>) {
        self.0.extend(seen.map(|seen| (entry, seen)));
    }

    /// All entries of a kind are shown.
    pub(crate) fn all_shown<T>(&mut self, entries: &Entries<T>) {
        entries.current().into_iter().for_each(|revision| self.shown(revision));
    }

    /// A case is shown, whole.
    pub(crate) fn case_shown(&mut self, case: &Case) {
        self.all_shown(&case.facts);
        self.all_shown(&case.notes);
        self.all_shown(&case.persons);
        self.all_shown(&case.tasks);
        self.all_shown(&case.consents);
    }
}
