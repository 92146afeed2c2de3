//! Which files the former keys still open, and how one that is not saved in the usual way
//! is sealed anew: the bytes of attachments, earlier versions, and copies of any name.

use crate::attachments::Filling;
use crate::db::{self, Care};
use crate::finding::{Finding, SaveError};
use crate::header::{self, HEAD_BYTES, HeaderId};
use crate::inbox;
use crate::kept::object_of;
use crate::object::Object;
use crate::publish::{Displaced, Folder, PREVIOUS, TEMP, Unpublished};
use crate::seal::{self, NONCE_BYTES};
use crate::store::Store;
use crate::vault::Vault;
use casebook::practice::Practice;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// A file that is to be sealed anew.
pub(super) struct Pending {
    pub(super) path: PathBuf,
    /// What it is, when it is a file of the vault under its own name.
    pub(super) object: Option<Object>,
}

/// Every file that the former keys open, and every quick note that an earlier key of the
/// inbox opens; those that are saved in the usual way come last, which is first from the
/// end, because each displaces a version that is then an earlier one.
pub(super) fn pending(
    store: &Store,
    practice: &Practice,
    skipped: &HashSet<PathBuf>,
) -> Result<Vec<Pending>, SaveError> {
    let Some(former) = store.keys.former_identity() else { return Ok(Vec::new()) };
    let fs = &*store.folder.fs;
    let inbox = inbox::identities(practice);
    let is_old = |path: &Path, object: Option<Object>| {
        let head = match fs.read_head(path, HEAD_BYTES + NONCE_BYTES) {
            Ok(head) => head,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return matches!(object, Some(Object::Case(_) | Object::Attachment(_)));
            }
            // Nobody can say what seals it; trying will say what is wrong with it.
            Err(_) => return true,
        };
        match object {
            Some(object @ Object::QuickNote(_)) => {
                inbox.iter().skip(1).any(|key| seal::belongs_to(&head.bytes, key, object).is_ok())
            }
            _ => seal::belongs_to(&head.bytes, former, object.unwrap_or(Object::Practice)).is_ok(),
        }
    };
    let (kept, own): (Vec<_>, Vec<_>) =
        every_file(&store.folder)?.into_iter().partition(|pending| pending.object.is_none());
    let old = |pending: &Pending| !skipped.contains(&pending.path) && is_old(&pending.path, pending.object);
    Ok(kept.into_iter().chain(own).filter(old).collect())
}

/// All files that may be sealed with the keys of the vault. A folder that cannot be listed
/// is an error: what is not seen would be left behind.
fn every_file(folder: &Folder) -> Result<Vec<Pending>, SaveError> {
    let single = [Object::Practice, Object::Register];
    let sealed_otherwise = [Object::Identity, Object::IdentityCopy, Object::Recovery].map(Object::file_name);
    let mut files: Vec<Pending> =
        single.into_iter().map(|object| Pending { path: folder.path(object), object: Some(object) }).collect();
    let single = single.map(Object::file_name);
    for listed in folder.entries(&folder.root)? {
        if listed.file && !single.contains(&listed.name) && !sealed_otherwise.contains(&listed.name) {
            files.push(Pending { path: folder.root.join(listed.name), object: None });
        }
    }
    let kinds: [fn(Uuid) -> Object; 3] = [Object::Case, Object::Attachment, Object::QuickNote];
    for kind in kinds {
        let place = folder.root.join(kind(Uuid::nil()).parent());
        for listed in folder.entries(&place)? {
            // A file that is elsewhere has a place too, and keeps the former keys.
            let object = Object::id_from_name(&listed.name).or_else(|| Object::id_from_stub(&listed.name)).map(kind);
            let path = object.map_or_else(|| place.join(&listed.name), |object| folder.path(object));
            if listed.file || object.is_some() {
                files.push(Pending { path, object });
            }
        }
    }
    for place in kept_places(folder)? {
        let listed = folder.entries(&place)?.into_iter().filter(|listed| listed.file);
        files.extend(listed.map(|listed| Pending { path: place.join(listed.name), object: None }));
    }
    Ok(files)
}

/// `prev/`, the folders in it, and `.tmp/`.
fn kept_places(folder: &Folder) -> Result<Vec<PathBuf>, SaveError> {
    let previous = folder.root.join(PREVIOUS);
    let mut places = vec![previous.clone(), folder.root.join(TEMP)];
    for entry in folder.entries(&previous)?.into_iter().filter(|entry| !entry.file) {
        let place = previous.join(entry.name);
        // A link leads to what is not ours, and a pipe has nothing in it.
        let ours = folder.fs.resolve(&place).is_ok_and(|real| real == place);
        match folder.fs.list(&place) {
            Ok(_) if ours => places.push(place),
            Err(error) if ours && error.kind() != io::ErrorKind::NotADirectory => return Err(error.into()),
            _ => {}
        }
    }
    Ok(places)
}

/// Makes it durable that nothing is left which the former keys seal: what was removed and
/// came back after a power cut would be a file that nobody can open.
pub(super) fn flush_places(folder: &Folder) -> Result<(), SaveError> {
    let mut places = kept_places(folder)?;
    places.extend(["", "cases", "attachments", "inbox"].map(|name| folder.root.join(name)));
    for place in places {
        match folder.fs.sync_dir(&place) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}

/// What became of a file.
pub(super) enum Resealed {
    /// It is sealed with the new keys.
    Anew,
    /// There is nothing in it that anybody could open.
    Nothing,
}

impl Store {
    /// An earlier version or a copy of any name: the database stays as it is, with a tag
    /// of the new keys.
    pub(super) fn reseal_kept(&self, path: &Path) -> Result<Resealed, SaveError> {
        let attachments = self.folder.root.join(Object::Attachment(Uuid::nil()).parent());
        if path.parent() == Some(&attachments) {
            return self.reseal_bytes(path, Object::Attachment(Uuid::nil()));
        }
        let fs = &*self.folder.fs;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let named = object_of(&name).unwrap_or(Object::Practice);
        let sealed = match fs.read(path, Object::Practice.size_cap()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Resealed::Nothing),
            read => read.map_err(|error| Finding::unreadable(named, &error))?,
        };
        let Ok(header) = header::scan(&sealed, Object::Practice) else { return Ok(Resealed::Nothing) };
        let Ok(image) = seal::open(&sealed, &self.keys, Object::Practice) else {
            // Elsewhere than among earlier versions it may be a copy that is still arriving.
            let kept = kept_places(&self.folder)?.iter().any(|place| path.parent() == Some(place));
            return if kept { Ok(Resealed::Nothing) } else { Err(Finding::ConflictCopy(named).into()) };
        };
        let object = db::identify(&image, &self.keys).map_or(named, |meta| meta.object);
        let stamped = db::stamp_anew(&image, &self.keys, object)?;
        let anew = seal::seal(&stamped, &self.keys, object)?;
        let temporary = self.folder.prepare(object, &anew.bytes, |read| {
            let opened = seal::open(read, &self.keys, object);
            opened.is_ok_and(|opened| db::open(&opened, &self.keys, object, Care::Full).is_ok())
        })?;
        self.replace_kept(path, &temporary, header)
    }

    /// The bytes of an attachment under its own name.
    pub(super) fn reseal_attachment(&self, object: Object) -> Result<Resealed, SaveError> {
        self.reseal_bytes(&self.folder.path(object), object)
    }

    /// Streams a sealed file into one that is sealed anew; both are read to their end.
    fn reseal_bytes(&self, path: &Path, object: Object) -> Result<Resealed, SaveError> {
        let head =
            self.folder.fs.read_head(path, HEAD_BYTES).map_err(|error| match Finding::unreadable(object, &error) {
                Finding::Missing(_) => self.folder.absent(object),
                finding => finding,
            })?;
        let header = header::scan(&head.bytes, object)?;
        let temporary = self.folder.temporary_bytes();
        let poured = self.pour_anew(path, object, &temporary);
        poured.inspect_err(|_| self.folder.discard(&temporary))?;
        self.replace_kept(path, &temporary, header)
    }

    fn pour_anew(&self, path: &Path, object: Object, temporary: &Path) -> Result<(), SaveError> {
        let fs = &*self.folder.fs;
        let open = |path: &Path| {
            let file = fs.open(path).map_err(|error| Finding::unreadable(object, &error))?;
            seal::opening(file, &self.keys, object)
        };
        let mut opening = open(path)?;
        let mut file = fs.create_new(temporary)?;
        let (mut before, mut after) = (Sha256::new(), Sha256::new());
        let mut sealing = seal::sealing(Filling(&mut *file), &self.keys)?;
        seal::pour(&mut opening, object, |bytes| {
            before.update(bytes);
            sealing.write_all(bytes).map_err(SaveError::from)
        })?;
        sealing.finish()?;
        file.sync()?;
        drop(file);
        let read_back = open(temporary).and_then(|mut opening| {
            seal::pour(&mut opening, object, |bytes| {
                after.update(bytes);
                Ok(())
            })
        });
        let same = read_back.is_ok() && before.finalize() == after.finalize();
        if same { Ok(()) } else { Err(SaveError::Unproven(object)) }
    }

    /// Puts a prepared file in the place of one that holds the same.
    fn replace_kept(&self, path: &Path, temporary: &Path, header: HeaderId) -> Result<Resealed, SaveError> {
        let fs = &*self.folder.fs;
        let there =
            fs.read_head(path, HEAD_BYTES).ok().and_then(|head| header::scan(&head.bytes, Object::Practice).ok());
        let replaced = if there == Some(header) { fs.rename(temporary, path) } else { fs.remove(temporary) };
        replaced.inspect_err(|_| self.folder.discard(temporary))?;
        path.parent().map_or(Ok(()), |folder| fs.sync_dir(folder))?;
        Ok(Resealed::Anew)
    }
}

impl Vault {
    /// A quick note, sealed for the newest key of the inbox.
    pub(super) fn reseal_quick_note(&self, id: Uuid) -> Result<Resealed, SaveError> {
        let folder = &self.store.folder;
        let object = Object::QuickNote(id);
        let identities = inbox::identities(&self.practice);
        let Some(newest) = identities.first() else { return Ok(Resealed::Nothing) };
        let sealed = folder.fs.read(&folder.path(object), object.size_cap());
        let sealed = sealed.map_err(|error| Finding::unreadable(object, &error))?;
        let opened = identities.iter().find_map(|key| seal::open_with(&sealed, key, object).ok());
        let (Some(plain), Ok(header)) = (opened, header::scan(&sealed, object)) else { return Ok(Resealed::Nothing) };
        let anew = seal::seal_for(&plain, &newest.to_public(), object)?;
        let temporary = folder.prepare(object, &anew.bytes, |read| {
            seal::open_with(read, newest, object).is_ok_and(|opened| *opened == *plain)
        })?;
        folder.publish(object, &temporary, Some(header), Displaced::Dropped, Unpublished::Discarded)?;
        Ok(Resealed::Anew)
    }
}
