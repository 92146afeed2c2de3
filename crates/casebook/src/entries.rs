//! Entries and their revisions: nothing that was written is overwritten in place.
//!
//! An *entry* is one note, person, task, consent, set of facts or summary in the
//! making. A *revision* is what it said at one moment. Two versions of a file merge as the union of their
//! revisions (`docs/adr/0003-revisions.md`). While the adviser types, the newest
//! revision is *open*: the same device rewrites it with a higher `step`, so that an
//! hour of autosaves is one revision and not three thousand. It closes at lock, or
//! when another revision of the entry is made.

use chrono::{DateTime, Utc};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Who writes, when, and which revision is still open for typing.
#[derive(Clone, Copy)]
pub struct Stamp {
    /// The device that writes.
    pub device: Uuid,
    /// The moment of writing.
    pub at: DateTime<Utc>,
    /// The unlock session; a revision of an earlier session is closed.
    pub session: Uuid,
}

/// One entry as it was at one moment.
#[derive(Clone)]
pub struct Revision<T> {
    /// The revision's own id.
    pub id: Uuid,
    /// How often this revision was rewritten while it was open; the highest wins.
    pub step: u32,
    /// The entry it belongs to.
    pub entry: Uuid,
    /// The revision it follows; `None` for the first.
    pub parent: Option<Uuid>,
    /// The device that wrote it.
    pub device: Uuid,
    /// The unlock session that wrote it.
    pub session: Uuid,
    /// When it was last written.
    pub saved_at: DateTime<Utc>,
    /// Whether this revision says that the entry is gone.
    pub deleted: bool,
    /// What it says.
    pub body: T,
}

impl<T> Revision<T> {
    /// Sorts the heads of one entry; the id decides between two of the same moment.
    fn age(&self) -> (DateTime<Utc>, Uuid) {
        (self.saved_at, self.id)
    }
}

/// All revisions of all entries of one kind.
#[derive(Clone)]
pub struct Entries<T>(Vec<Revision<T>>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Clone> Entries<T> {
    /// From stored revisions, in any order.
    #[must_use]
    pub fn from_revisions(revisions: Vec<Revision<T>>) -> Self {
        Self(revisions)
    }

    /// Every revision, for storing and for the history on the screen.
    #[must_use]
    pub fn revisions(&self) -> &[Revision<T>] {
        &self.0
    }

    /// The revisions that nothing follows. Two heads of one entry are two versions.
    pub fn heads(&self) -> impl Iterator<Item = &Revision<T>> {
        let followed: HashSet<Uuid> = self.0.iter().filter_map(|r| r.parent).collect();
        self.0.iter().filter(move |r| !followed.contains(&r.id))
    }

    /// The living entries: the newest head of each that is not deleted, in the order in
    /// which they were first written.
    #[must_use]
    pub fn current(&self) -> Vec<&Revision<T>> {
        let mut newest: Vec<&Revision<T>> = Vec::new();
        let mut places: HashMap<Uuid, usize> = HashMap::new();
        for head in self.heads() {
            let place = *places.entry(head.entry).or_insert(newest.len());
            match newest.get_mut(place) {
                Some(known) if known.age() < head.age() => *known = head,
                Some(_) => {}
                None => newest.push(head),
            }
        }
        newest.retain(|r| !r.deleted);
        newest
    }

    /// The newest living head of one entry.
    #[must_use]
    pub fn get(&self, entry: Uuid) -> Option<&Revision<T>> {
        let ours = || self.0.iter().filter(|r| r.entry == entry);
        let followed: HashSet<Uuid> = ours().filter_map(|r| r.parent).collect();
        ours().filter(|r| !followed.contains(&r.id)).max_by_key(|r| r.age()).filter(|r| !r.deleted)
    }

    /// Every revision of one entry, oldest first.
    #[must_use]
    pub fn history(&self, entry: Uuid) -> Vec<&Revision<T>> {
        let mut all: Vec<_> = self.0.iter().filter(|r| r.entry == entry).collect();
        all.sort_by_key(|r| r.saved_at);
        all
    }

    /// Writes what an entry says now: a new entry, the open revision rewritten, or a
    /// new revision after the current one.
    pub fn write(&mut self, entry: Uuid, body: T, stamp: Stamp) {
        self.push(entry, body, false, stamp);
    }

    /// Marks an entry as gone; what it said stays in its history.
    pub fn remove(&mut self, entry: Uuid, stamp: Stamp) {
        if let Some(body) = self.get(entry).map(|r| r.body.clone()) {
            self.push(entry, body, true, stamp);
        }
    }

    fn push(&mut self, entry: Uuid, body: T, deleted: bool, stamp: Stamp) {
        let parent = self.get(entry).map(|r| (r.id, r.session == stamp.session && r.device == stamp.device));
        if let Some((id, true)) = parent
            && !deleted
        {
            for open in self.0.iter_mut().filter(|r| r.id == id) {
                open.step += 1;
                open.saved_at = stamp.at;
                open.body = body.clone();
            }
            return;
        }
        self.0.push(Revision {
            id: Uuid::new_v4(),
            step: 0,
            entry,
            parent: parent.map(|(id, _)| id),
            device: stamp.device,
            session: stamp.session,
            saved_at: stamp.at,
            deleted,
            body,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn stamp(session: u128, second: u32) -> Stamp {
        let at = Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, second).single().expect("a real moment");
        Stamp { device: Uuid::from_u128(1), at, session: Uuid::from_u128(session) }
    }

    #[test]
    fn typing_on_in_one_session_keeps_one_revision() {
        let (entry, mut notes) = (Uuid::from_u128(9), Entries::default());
        notes.write(entry, "Zij", stamp(1, 1));
        notes.write(entry, "Zij belt", stamp(1, 2));
        assert_eq!(notes.revisions().len(), 1);
        assert_eq!(notes.get(entry).map(|r| (r.body, r.step)), Some(("Zij belt", 1)));
    }

    #[test]
    fn a_later_session_adds_a_revision_and_keeps_the_earlier_words() {
        let (entry, mut notes) = (Uuid::from_u128(9), Entries::default());
        notes.write(entry, "eerst", stamp(1, 1));
        notes.write(entry, "later", stamp(2, 2));
        assert_eq!(notes.get(entry).map(|r| r.body), Some("later"));
        assert_eq!(notes.history(entry).iter().map(|r| r.body).collect::<Vec<_>>(), ["eerst", "later"]);
    }

    #[test]
    fn a_removed_entry_is_gone_from_the_screen_and_kept_in_its_history() {
        let (entry, mut notes) = (Uuid::from_u128(9), Entries::default());
        notes.write(entry, "woorden", stamp(1, 1));
        notes.remove(entry, stamp(1, 2));
        assert!(notes.current().is_empty());
        assert_eq!(notes.history(entry).len(), 2);
    }
}
