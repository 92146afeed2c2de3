//! What an interrupted save left in `.tmp/`: nothing that opens is thrown away.

use crate::finding::{Finding, SaveError};
use crate::header::{self, HeaderId};
use crate::object::Object;
use crate::publish::{BYTES, Displaced, TEMP, Unpublished};
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
        let ends = |ending: &str| listed.name.strip_suffix(ending).is_some_and(|stem| stem.parse::<Uuid>().is_ok());
        if listed.file && ends(".age") {
            settle(store, &folder.join(listed.name));
        } else if listed.file && ends(BYTES) {
            // An attachment is entered in its case only after it left this folder.
            store.folder.discard(&folder.join(listed.name));
        }
    }
}

fn settle(store: &Store, leftover: &Path) {
    let placeholder = Object::Practice;
    let cap = placeholder.size_cap();
    let opened = store.read_sealed(leftover, placeholder);
    let opened = opened.and_then(|sealed| seal::open(&sealed, &store.keys, placeholder).map(|image| (sealed, image)));
    let (sealed, image) = match opened {
        Ok(opened) => opened,
        // Of another vault: how it came here is unknown, and it is not ours to remove.
        Err(Finding::Foreign(_)) => return,
        // Larger than anything of ours here.
        Err(Finding::Refused(_)) if store.folder.fs.read_head(leftover, 0).is_ok_and(|head| head.len > cap) => return,
        Err(Finding::Missing(_) | Finding::NotDownloaded(_) | Finding::Unreadable { .. }) => return,
        // A piece, or an identity file that was replaced: the vault is open already, so
        // neither is needed.
        Err(_) => return store.folder.discard(leftover),
    };
    let (found, header) = (db::identify(&image, &store.keys), header::scan(&sealed, placeholder));
    match (found, header) {
        (Some(meta), _) if meta.object == Object::Register => store.folder.discard(leftover),
        (Some(meta), Ok(header)) => place(store, leftover, meta.object, header, meta.parent),
        // It opens and this version cannot tell what it is: a newer one may.
        _ => {}
    }
}

fn place(store: &Store, leftover: &Path, object: Object, header: HeaderId, parent: Option<HeaderId>) {
    let current = match store.folder.header(object) {
        Ok(current) => current,
        // What stands there may still come, or be read the next time: both are then joined.
        Err(SaveError::File(Finding::NotDownloaded(_)) | SaveError::Disk(_)) => return,
        Err(_) => {
            let _ = store.folder.set_aside(object, leftover, header, true);
            return;
        }
    };
    let _ = match current {
        None => store.folder.publish(object, leftover, None, Displaced::Previous, Unpublished::Kept),
        Some(current) if parent == Some(current) => {
            store.folder.publish(object, leftover, Some(current), Displaced::Previous, Unpublished::Kept)
        }
        // The same version has two names for a moment where files cannot be exchanged.
        Some(current) if current == header => {
            store.folder.discard(leftover);
            Ok(())
        }
        Some(_) => {
            let next = store.load(object, db::Care::Full).ok().map(|(_, meta, _)| meta);
            if next.is_some_and(|meta| meta.parent == Some(header)) {
                store.folder.set_aside(object, leftover, header, false).map_err(Into::into)
            } else {
                // It may hold what the file there does not: it is joined as conflict copies are.
                Ok(())
            }
        }
    };
}
