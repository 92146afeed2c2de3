//! Whether every attachment is there, whole, and known to a case.

use crate::check::twice;
use crate::db::{self, Care};
use crate::finding::Finding;
use crate::object::Object;
use crate::publish::PREVIOUS;
use crate::seal;
use crate::store::Store;
use crate::stored_case;
use crate::unlock::Heads;
use casebook::{Attachment, Entries};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Opens every attachment of these cases to its end, one chunk in memory. Also says which
/// case each belongs to. `complete`: these are all cases, so that what none of them and no
/// earlier version knows is an orphan.
pub(crate) fn check_attachments(
    store: &Store,
    cases: &[(Uuid, Entries<Attachment>)],
    heads: &Heads,
    complete: bool,
) -> (Vec<Result<(), Finding>>, HashMap<Uuid, Uuid>) {
    let (mut judged, mut owners) = (Vec::new(), HashMap::new());
    for (case, attachments) in cases {
        for revision in attachments.revisions() {
            if owners.insert(revision.entry, *case).is_none() {
                let whole = || store.pour_attachment(revision.entry, &revision.body, |_| Ok(()));
                judged.push(twice(store, Object::Attachment(revision.entry), whole));
            }
        }
    }
    let folder = store.folder.root.join(Object::Attachment(Uuid::nil()).parent());
    let listed = store.folder.fs.list(&folder).unwrap_or_default();
    let mut strangers: HashSet<Uuid> = listed.iter().filter_map(|entry| Object::id_from_name(&entry.name)).collect();
    strangers.retain(|id| complete && !owners.contains_key(id));
    if !strangers.is_empty() {
        for path in earlier_versions(store).into_iter().chain(heads.strangers.iter().cloned()) {
            for id in attachments_in(store, &path) {
                strangers.remove(&id);
            }
        }
    }
    let mut strangers: Vec<Uuid> = strangers.into_iter().collect();
    strangers.sort_unstable();
    judged.extend(strangers.into_iter().map(|id| Err(Finding::Orphan(Object::Attachment(id)))));
    (judged, owners)
}

/// Every file of `prev/` and of the folders in it.
fn earlier_versions(store: &Store) -> Vec<PathBuf> {
    let fs = &store.folder.fs;
    let mut found = Vec::new();
    let mut folders = vec![store.folder.root.join(PREVIOUS)];
    let inner = fs.list(&folders[0]).unwrap_or_default();
    let inner: Vec<PathBuf> = inner.iter().filter(|e| !e.file).map(|e| folders[0].join(&e.name)).collect();
    folders.extend(inner);
    for folder in folders {
        let listed = fs.list(&folder).unwrap_or_default();
        found.extend(listed.iter().filter(|e| e.file && e.name.ends_with(".age")).map(|e| folder.join(&e.name)));
    }
    found
}

/// The attachments that a version of a case refers to, whatever its file is called.
fn attachments_in(store: &Store, path: &Path) -> Vec<Uuid> {
    let read = || {
        let sealed = store.folder.fs.read(path, Object::Practice.size_cap()).ok()?;
        let image = seal::open(&sealed, &store.keys, Object::Practice).ok()?;
        let object = db::identify(&image, &store.keys)?.object;
        let Object::Case(id) = object else { return None };
        let (connection, _) = db::open(&image, &store.keys, object, Care::Full).ok()?;
        stored_case::read(id, &connection).ok()
    };
    let case = read();
    case.iter().flat_map(|case| case.attachments.revisions()).map(|revision| revision.entry).collect()
}
