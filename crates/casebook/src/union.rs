//! Two versions of a file become one that holds what either holds.
//!
//! The union depends on nothing but the revisions, so it does not matter which computer
//! makes it, or in which order three versions meet.

use crate::entries::{Entries, Followed, Revision};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use uuid::Uuid;

/// UUID version of an id that was made from content.
const FROM_CONTENT: usize = 8;

/// SHA-256 as a hasher, the same on every computer.
struct Content(Sha256);

impl Hasher for Content {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_isize(&mut self, number: isize) {
        self.write_i64(number as i64);
    }

    fn finish(&self) -> u64 {
        let digest: [u8; 32] = self.0.clone().finalize().into();
        digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

impl<T: Hash> Revision<T> {
    /// Everything but the id.
    fn content(&self) -> [u8; 32] {
        let Self { id: _, step, entry, parents, device, session, saved_at, deleted, body } = self;
        let mut content = Content(Sha256::new());
        (step, entry, parents, device, session, saved_at, deleted).hash(&mut content);
        body.hash(&mut content);
        content.0.finalize().into()
    }
}

/// The id of a content that cannot keep `id`, because another one has it.
fn id_from_content(id: Uuid, content: [u8; 32]) -> Uuid {
    let digest: [u8; 32] = Sha256::new().chain_update(id).chain_update(content).finalize().into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

impl<T: Clone + Eq + Hash> Entries<T> {
    /// Every revision that either has; of one id the highest step. Two contents of one id
    /// at one step cannot both keep it: the later one does, and the other gets an id of
    /// its own, until the first is known to have been rewritten since.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        let mut highest: HashMap<Uuid, Vec<Revision<T>>> = HashMap::new();
        for revision in self.into_revisions().into_iter().chain(other.into_revisions()) {
            let known = highest.entry(revision.id).or_default();
            match known.first().map(|first| first.step.cmp(&revision.step)) {
                Some(std::cmp::Ordering::Greater) => {}
                Some(std::cmp::Ordering::Equal) if known.contains(&revision) => {}
                Some(std::cmp::Ordering::Equal) => known.push(revision),
                Some(std::cmp::Ordering::Less) | None => *known = vec![revision],
            }
        }
        let mut all: HashMap<Uuid, Revision<T>> = HashMap::with_capacity(highest.len());
        for (id, mut contents) in highest {
            contents.sort_by_cached_key(|revision| (revision.saved_at, revision.content()));
            let last = contents.pop();
            for beside in contents {
                let own = id_from_content(id, beside.content());
                all.entry(own).or_insert(Revision { id: own, ..beside });
            }
            all.extend(last.map(|last| (id, last)));
        }
        drop_rewritten(&mut all);
        let mut revisions: Vec<Revision<T>> = all.into_values().collect();
        revisions.sort_by_key(|revision| (revision.saved_at, revision.id));
        Self::from_revisions(revisions)
    }
}

/// A content that stood beside another of its id is a step that was typed over, once that
/// id has a higher step; unless somebody went on from it.
fn drop_rewritten<T: Clone + Hash>(all: &mut HashMap<Uuid, Revision<T>>) {
    loop {
        let followed: HashSet<Uuid> = all.values().flat_map(|r| &r.parents).map(|(id, _): &Followed| *id).collect();
        let rewritten = all.values().find(|beside| {
            beside.id.get_version_num() == FROM_CONTENT && !followed.contains(&beside.id) && {
                let content = beside.content();
                let later = |r: &Revision<T>| r.entry == beside.entry && r.step > beside.step;
                all.values().any(|r| later(r) && id_from_content(r.id, content) == beside.id)
            }
        });
        match rewritten.map(|r| r.id) {
            Some(id) => all.remove(&id),
            None => return,
        };
    }
}

#[cfg(test)]
mod tests;
