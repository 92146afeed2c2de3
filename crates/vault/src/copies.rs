//! Conflict copies: second files with a version of a case or the practice, as sync
//! programs and people leave behind. What is in them counts, never their names; it is
//! joined with the file they are a version of, and the copy goes to `prev/`.

use crate::db;
use crate::finding::{Finding, SaveError};
use crate::header::{self, HEAD_BYTES, HeaderId};
use crate::kept::Kept;
use crate::merge::Mergeable;
use crate::object::Object;
use crate::pins::Pins;
use crate::publish::{Folder, TEMP};
use crate::register::Mark;
use crate::seal;
use crate::store::Store;
use casebook::case::Case;
use casebook::practice::Practice;
use chrono::{DateTime, Utc};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// A file that is a version of an object and does not have its name.
pub(crate) struct ConflictCopy {
    pub(crate) path: PathBuf,
    pub(crate) object: Object,
    header: HeaderId,
}

/// What a file without a name of ours holds; `None` is somebody else's.
pub(crate) fn recognise(store: &Store, path: &Path) -> Option<ConflictCopy> {
    let fs = &*store.folder.fs;
    let head = fs.read_head(path, HEAD_BYTES).ok()?;
    let found = |object, header| Some(ConflictCopy { path: path.to_owned(), object, header });
    if head.len > Object::Practice.size_cap() {
        return None;
    }
    // What is in it only its secret can tell, so here the name has to do.
    let name = path.file_name()?.to_string_lossy();
    let named_so = ["vault", "recovery"].iter().any(|word| name.contains(word));
    if let (true, Ok(header)) = (named_so, header::scan(&head.bytes, Object::Identity)) {
        return found(Object::Identity, header);
    }
    let header = header::scan(&head.bytes, Object::Practice).ok()?;
    let sealed = fs.read(path, Object::Practice.size_cap()).ok()?;
    let image = seal::open(&sealed, &store.keys, Object::Practice).ok()?;
    found(db::identify(&image, &store.keys)?.object, header)
}

/// What was done about the copies.
#[derive(Default)]
pub(crate) struct Gathered {
    pub(crate) findings: Vec<Finding>,
    /// What was saved for it.
    pub(crate) saved: Vec<(Object, Mark)>,
}

/// Joins every conflict copy with its object and sets the copy aside. A copy that could
/// not be joined, or not moved, stays and is named.
pub(crate) fn gather(
    store: &mut Store,
    pins: &mut Pins,
    strangers: &[PathBuf],
    removed: &HashSet<Uuid>,
    now: DateTime<Utc>,
) -> Gathered {
    let mut gathered = Gathered::default();
    for path in strangers {
        let Some(copy) = recognise(store, path) else { continue };
        let joined = match copy.object {
            Object::Case(id) if removed.contains(&id) => Ok(None),
            Object::Case(_) => join::<Case>(store, pins, &copy, now),
            Object::Practice => join::<Practice>(store, pins, &copy, now),
            Object::Register => Ok(None),
            // It holds nothing that could be lost, and in `prev/` an old secret would be
            // kept alive; a check of the whole vault names it.
            _ => continue,
        };
        let unread = joined.is_err();
        let moved = joined.and_then(|saved| {
            if let Some(Joined { mark, older }) = saved {
                pins.saved(copy.object, mark);
                gathered.saved.push((copy.object, mark));
                gathered.findings.push(Finding::Merged(copy.object));
                gathered.findings.extend(older.then_some(Finding::Older(copy.object)));
            }
            store.folder.keep_beside(copy.object, &copy.path, &copy.header.hex()).map_err(SaveError::from)
        });
        // What is left in `.tmp/` is no news when it was joined, or when the file itself is
        // missing, which is said: the next unlock tries again.
        let there = || matches!(store.folder.header(copy.object), Ok(Some(_)));
        if moved.is_err() && (!copy.path.starts_with(store.folder.root.join(TEMP)) || unread && there()) {
            gathered.findings.push(Finding::ConflictCopy(copy.object));
        }
    }
    let mut seen = HashSet::new();
    gathered.findings.retain(|finding| seen.insert(*finding));
    gathered
}

/// What was saved of an object and its copy.
struct Joined {
    mark: Mark,
    /// Whether this computer saw a later version than both, which is nowhere any more.
    older: bool,
}

/// Saves what the copy holds and the file does not.
fn join<T: Mergeable>(
    store: &mut Store,
    pins: &Pins,
    copy: &ConflictCopy,
    now: DateTime<Utc>,
) -> Result<Option<Joined>, SaveError> {
    let object = copy.object;
    let (theirs, copied, mark) = store.load_from::<T>(&copy.path, object)?;
    let (ours, there, base) = match store.load_as::<T>(object) {
        Ok((ours, there, base)) => (Some(ours), Some(there), base),
        Err(Finding::Missing(_)) => (None, None, mark),
        Err(finding) => return Err(SaveError::File(finding)),
    };
    let mut newest = mark.generation.max(base.generation);
    let mut both = ours.clone().map_or(theirs.clone(), |ours| ours.union(theirs));
    // What is saved here takes the place of the pin, so this is the last moment to miss
    // what it stands for.
    let versions = [Some(mark.header), Some(base.header), copied.parent, there.and_then(|there| there.parent)];
    if let Some(pin) = pins.missed(object, &versions)
        && let Some((lost, kept)) = store.lost::<T>(pin, &Kept::list(&store.folder), object)
    {
        newest = newest.max(kept.generation);
        both = both.union(lost);
    }
    if ours.is_some_and(|ours| ours.revisions() == both.revisions()) {
        return Ok(None);
    }
    let older = pins.is_older(object, newest);
    let saved = store.save_merging(pins, &both, Some(base), now)?;
    Ok(Some(Joined { mark: saved.mark, older }))
}

/// Files in the vault's own folders whose names are not ours.
pub(crate) fn strangers(folder: &Folder) -> Vec<PathBuf> {
    let ours = [Object::Identity, Object::IdentityCopy, Object::Recovery, Object::Practice, Object::Register];
    let ours = ours.map(Object::file_name);
    let mut strangers = Vec::new();
    for name in ["", "cases", "attachments", "inbox"] {
        let place = folder.root.join(name);
        // Looking for copies is no reason not to open the vault.
        for listed in folder.fs.list(&place).unwrap_or_default() {
            let known = match name {
                "" => ours.contains(&listed.name) || listed.name == crate::create::README_NAME,
                _ => Object::id_from_name(&listed.name).is_some(),
            };
            if listed.file && !known {
                strangers.push(place.join(listed.name));
            }
        }
    }
    // What an interrupted save left, and was neither published nor set aside.
    let temporary = folder.root.join(TEMP);
    let left = folder.fs.list(&temporary).unwrap_or_default();
    let left = left.into_iter().filter(|listed| listed.file && Object::id_from_name(&listed.name).is_some());
    strangers.extend(left.map(|listed| temporary.join(listed.name)));
    strangers
}
