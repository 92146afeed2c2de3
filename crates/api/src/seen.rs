//! What stands on the screen: the revision of every entry that the window was last given.
//! What she writes follows that one, and not what a second computer wrote meanwhile.

use casebook::case::Case;
use casebook::{Entries, Followed, Revision};
use std::collections::HashMap;
use uuid::Uuid;

/// The revisions on the screen.
#[derive(Default)]
pub(crate) struct Seen {
    /// By entry.
    entries: HashMap<Uuid, Followed>,
    /// The summary of a case, whose entry has the id of the case, as its facts have.
    summaries: HashMap<Uuid, Followed>,
}

impl Seen {
    /// The revision of an entry that she saw last.
    pub(crate) fn get(&self, entry: Uuid) -> Option<Followed> {
        self.entries.get(&entry).copied()
    }

    /// One entry is shown.
    pub(crate) fn shown<T>(&mut self, revision: &Revision<T>) {
        self.entries.insert(revision.entry, revision.now());
    }

    /// What was on the screen of an entry still is.
    pub(crate) fn keep(&mut self, entry: Uuid, seen: Option<Followed>) {
        self.entries.extend(seen.map(|seen| (entry, seen)));
    }

    /// All entries of a kind are shown.
    pub(crate) fn all_shown<T>(&mut self, entries: &Entries<T>) {
        entries.current().into_iter().for_each(|revision| self.shown(revision));
    }

    /// The summary of a case is shown.
    pub(crate) fn summary_shown(&mut self, case: &Case) {
        self.summaries.extend(case.summary_drafts.get(case.id).map(|revision| (case.id, revision.now())));
    }

    /// The summary of a case that she saw last.
    pub(crate) fn summary(&self, case: Uuid) -> Option<Followed> {
        self.summaries.get(&case).copied()
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
