//! Entries and their revisions: nothing that was written is overwritten in place.
//!
//! An *entry* is one note, person, task, consent, set of facts or summary in the
//! making. A *revision* is what it said at one moment. Two versions of a file merge as the union of their
//! revisions (`docs/adr/0003-revisions.md`). While the adviser types, the newest
//! revision is *open*: the same device rewrites it with a higher `step`, so that an
//! hour of autosaves is one revision and not three thousand. It closes at lock, or
//! when another revision of the entry is made.

use chrono::{DateTime, Utc};
use std::collections::HashMap;
use uuid::Uuid;

/// A revision as it was when something followed it: its id and its step.
pub type Followed = (Uuid, u32);

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
#[derive(Clone, PartialEq, Eq)]
pub struct Revision<T> {
    /// The revision's own id.
    pub id: Uuid,
    /// How often this revision was rewritten while it was open; the highest wins.
    pub step: u32,
    /// The entry it belongs to.
    pub entry: Uuid,
    /// The revisions it follows: none for the first, all versions where one was chosen.
    pub parents: Vec<Followed>,
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

    /// This revision as it is now, for one that follows it.
    #[must_use]
    pub fn now(&self) -> Followed {
        (self.id, self.step)
    }

    fn is_open(&self, stamp: Stamp) -> bool {
        self.session == stamp.session && self.device == stamp.device && !self.deleted
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

/// Leaves the revisions that nothing follows. What was typed on after it was followed
/// stands beside what followed it.
fn keep_heads<T>(revisions: &mut Vec<&Revision<T>>) {
    let mut followed: HashMap<Uuid, u32> = HashMap::new();
    for (id, step) in revisions.iter().flat_map(|revision| &revision.parents) {
        let highest = followed.entry(*id).or_insert(*step);
        *highest = (*highest).max(*step);
    }
    revisions.retain(|revision| followed.get(&revision.id).is_none_or(|step| *step < revision.step));
}

impl<T> Entries<T> {
    /// From stored revisions, in any order.
    #[must_use]
    pub fn from_revisions(revisions: Vec<Revision<T>>) -> Self {
        Self(revisions)
    }

    /// Every revision, as it is taken apart.
    #[must_use]
    pub fn into_revisions(self) -> Vec<Revision<T>> {
        self.0
    }

    /// Every revision, for storing and for the history on the screen.
    #[must_use]
    pub fn revisions(&self) -> &[Revision<T>] {
        &self.0
    }

    fn heads(&self, entry: Uuid) -> Vec<&Revision<T>> {
        let mut heads: Vec<_> = self.0.iter().filter(|r| r.entry == entry).collect();
        keep_heads(&mut heads);
        heads
    }

    /// The living entries, in the order in which they were first written; of each the
    /// newest version that is not deleted.
    #[must_use]
    pub fn current(&self) -> Vec<&Revision<T>> {
        let mut places: HashMap<Uuid, usize> = HashMap::new();
        for revision in &self.0 {
            let next = places.len();
            places.entry(revision.entry).or_insert(next);
        }
        let mut newest: Vec<Option<&Revision<T>>> = vec![None; places.len()];
        let mut heads: Vec<_> = self.0.iter().collect();
        keep_heads(&mut heads);
        for head in heads.into_iter().filter(|r| !r.deleted) {
            let known = &mut newest[places[&head.entry]];
            if known.is_none_or(|known| known.age() < head.age()) {
                *known = Some(head);
            }
        }
        newest.into_iter().flatten().collect()
    }

    /// The newest version of one entry that is not deleted.
    #[must_use]
    pub fn get(&self, entry: Uuid) -> Option<&Revision<T>> {
        self.heads(entry).into_iter().filter(|r| !r.deleted).max_by_key(|r| r.age())
    }

    /// Every revision of one entry, oldest first.
    #[must_use]
    pub fn history(&self, entry: Uuid) -> Vec<&Revision<T>> {
        let mut all: Vec<_> = self.0.iter().filter(|r| r.entry == entry).collect();
        all.sort_by_key(|r| r.saved_at);
        all
    }
}

impl<T: Clone + PartialEq> Entries<T> {
    /// The versions between which the adviser has to choose, newest first: none when the
    /// entry has one version, or versions that say the same. That it was removed
    /// elsewhere is a version too, so that an edit never vanishes under a removal.
    #[must_use]
    pub fn versions(&self, entry: Uuid) -> Vec<&Revision<T>> {
        let mut heads = self.heads(entry);
        heads.sort_by_key(|r| std::cmp::Reverse(r.age()));
        let mut versions: Vec<&Revision<T>> = Vec::new();
        for head in heads {
            let same = |r: &&Revision<T>| r.deleted == head.deleted && (r.deleted || r.body == head.body);
            if !versions.iter().any(same) {
                versions.push(head);
            }
        }
        if versions.len() < 2 { Vec::new() } else { versions }
    }

    /// Lets one version of an entry stand and keeps the others in its history; says
    /// whether there was that version to choose.
    pub fn choose(&mut self, entry: Uuid, version: Uuid, stamp: Stamp) -> bool {
        let heads = self.heads(entry);
        let Some(chosen) = heads.iter().find(|r| r.id == version) else { return false };
        let (body, deleted) = (chosen.body.clone(), chosen.deleted);
        let parents = heads.iter().map(|r| r.now()).collect();
        self.add(entry, parents, body, deleted, stamp);
        true
    }

    /// Lets every version of an entry stand: the newest stays what it is, and each other
    /// one becomes an entry of its own. Two computers that do so make the same entries.
    pub fn keep_all(&mut self, entry: Uuid, stamp: Stamp) {
        let living = self.versions(entry).into_iter().filter(|r| !r.deleted).cloned();
        let mut living = living.collect::<Vec<_>>().into_iter();
        let Some(newest) = living.next() else { return };
        self.choose(entry, newest.id, stamp);
        for other in living {
            if self.heads(other.id).is_empty() {
                self.add(other.id, Vec::new(), other.body, false, stamp);
            }
        }
    }

    /// Writes what an entry says now: a new entry, the open revision rewritten, or a
    /// new revision after the current one.
    pub fn write(&mut self, entry: Uuid, body: T, stamp: Stamp) {
        self.write_after(None, entry, body, stamp);
    }

    /// As [`Entries::write`], for words that were written with the revision `seen` on
    /// the screen: what another computer wrote meanwhile stays a version beside them.
    pub fn write_after(&mut self, seen: Option<Followed>, entry: Uuid, body: T, stamp: Stamp) {
        let seen = self.known(seen, entry);
        let ours = seen.and_then(|(id, _)| {
            let open = |r: &&Revision<T>| r.entry == entry && r.is_open(stamp);
            let later = self.0.iter().filter(open).find(|r| r.parents.iter().any(|(parent, _)| *parent == id));
            later.or_else(|| self.0.iter().filter(open).find(|r| r.id == id)).map(|r| r.id)
        });
        if let Some(body) = self.rewrite(ours, body, stamp) {
            let parents = self.following(seen, entry);
            self.add(entry, parents, body, false, stamp);
        }
    }

    /// Writes into the revision that is open; gives the words back when there is none.
    fn rewrite(&mut self, open: Option<Uuid>, body: T, stamp: Stamp) -> Option<T> {
        let Some(open) = self.0.iter_mut().find(|r| Some(r.id) == open) else { return Some(body) };
        open.step += 1;
        open.saved_at = stamp.at;
        open.body = body;
        None
    }

    /// As [`Entries::write`], for words that were written with nothing of the entry on the
    /// screen: what another computer wrote meanwhile stays a version beside them.
    pub fn write_apart(&mut self, entry: Uuid, body: T, stamp: Stamp) {
        let own: Vec<_> = self.heads(entry).into_iter().filter(|r| r.device == stamp.device).collect();
        let open = own.iter().find(|r| r.is_open(stamp)).map(|r| r.id);
        let parents = own.iter().map(|r| r.now()).collect();
        if let Some(body) = self.rewrite(open, body, stamp) {
            self.add(entry, parents, body, false, stamp);
        }
    }

    /// Marks an entry as gone; what it said stays in its history.
    pub fn remove(&mut self, entry: Uuid, stamp: Stamp) {
        self.remove_after(None, entry, stamp);
    }

    /// As [`Entries::remove`], for somebody who saw the revision `seen`.
    pub fn remove_after(&mut self, seen: Option<Followed>, entry: Uuid, stamp: Stamp) {
        let seen = self.known(seen, entry);
        let body = seen.and_then(|(id, _)| self.0.iter().find(|r| r.id == id)).map(|r| r.body.clone());
        if let (Some(body), true) = (body, self.get(entry).is_some()) {
            let parents = self.following(seen, entry);
            self.add(entry, parents, body, true, stamp);
        }
    }

    /// What was on the screen if it is known here, else the newest version.
    fn known(&self, seen: Option<Followed>, entry: Uuid) -> Option<Followed> {
        let known = seen.filter(|(id, _)| self.0.iter().any(|r| r.id == *id && r.entry == entry));
        known.or_else(|| self.get(entry).map(Revision::now))
    }

    /// What a revision made after `seen` follows: also the other versions that say the
    /// same. An entry that was removed goes on from its removal.
    fn following(&self, seen: Option<Followed>, entry: Uuid) -> Vec<Followed> {
        let heads = self.heads(entry);
        let Some(seen) = seen.filter(|_| heads.iter().any(|r| !r.deleted)) else {
            return heads.iter().map(|r| r.now()).collect();
        };
        let body = self.0.iter().find(|r| r.now() == seen).map(|r| &r.body);
        let same = heads.iter().filter(|r| !r.deleted && r.id != seen.0 && Some(&r.body) == body);
        std::iter::once(seen).chain(same.map(|r| r.now())).collect()
    }

    fn add(&mut self, entry: Uuid, parents: Vec<Followed>, body: T, deleted: bool, stamp: Stamp) {
        let Stamp { device, at, session } = stamp;
        self.0.push(Revision {
            id: Uuid::new_v4(),
            step: 0,
            entry,
            parents,
            device,
            session,
            saved_at: at,
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
