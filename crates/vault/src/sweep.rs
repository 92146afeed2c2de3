//! What an interrupted save left in `.tmp/`: nothing that opens is thrown away.

use crate::header::{self, HeaderId};
use crate::object::Object;
use crate::publish::{Displaced, TEMP};
use crate::store::Store;
use crate::{db, seal};
use std::path::Path;
use uuid::Uuid;

/// Looks through `.tmp/`. A file there is the version that a save displaced, a version
/// that was complete and not yet published, or a piece. Failing is no reason not to
/// open the vault: a leftover does no harm, and the next unlock tries again.
pub(crate) fn sweep(store: &Store) {
    let folder = store.folder.root.join(TEMP);
    for listed in store.folder.fs.list(&folder).unwrap_or_default() {
        let ours = listed.file && listed.name.strip_suffix(".age").is_some_and(|stem| stem.parse::<Uuid>().is_ok());
        if ours {
            settle(store, &folder.join(listed.name));
        }
    }
}

fn settle(store: &Store, leftover: &Path) {
    let Ok(sealed) = store.folder.fs.read(leftover, Object::Practice.size_cap()) else { return };
    let opened = seal::open(&sealed, &store.keys, Object::Practice).ok();
    let found = opened.and_then(|image| db::identify(&image, &store.keys));
    let header = header::scan(&sealed, Object::Practice).ok();
    match (found, header) {
        (Some(meta), Some(header)) if meta.object != Object::Register => {
            place(store, leftover, meta.object, header, meta.parent);
        }
        // Pieces, registers, and identity files that were replaced: the vault is open
        // already, so none of them is needed.
        _ => store.folder.discard(leftover),
    }
}

fn place(store: &Store, leftover: &Path, object: Object, header: HeaderId, parent: Option<HeaderId>) {
    let current = match store.folder.header(object) {
        Ok(current) => current,
        Err(_) => {
            let _ = store.folder.set_aside(object, leftover, header, true);
            return;
        }
    };
    let _ = match current {
        None => store.folder.publish(object, leftover, None, Displaced::Previous),
        Some(current) if parent == Some(current) => {
            store.folder.publish(object, leftover, Some(current), Displaced::Previous)
        }
        // The same version has two names for a moment where files cannot be exchanged.
        Some(current) if current == header => {
            store.folder.discard(leftover);
            Ok(())
        }
        Some(_) => {
            let next = store.load(object, db::Care::Full).ok().map(|(_, meta, _)| meta);
            let displaced_by_it = next.is_some_and(|meta| meta.parent == Some(header));
            store.folder.set_aside(object, leftover, header, !displaced_by_it).map_err(Into::into)
        }
    };
}
