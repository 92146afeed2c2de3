//! From sealed bytes to a file in its place, so that no bytes on the disk are ever
//! overwritten: new bytes go into `.tmp/`, are flushed and read back, and then change
//! places with the old file, which goes to `prev/`.

use crate::finding::{Finding, SaveError};
use crate::fs::{VaultFs, stub_names, unsupported, write_new};
use crate::header::{self, HEAD_BYTES, HeaderId};
use crate::object::Object;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;

/// New files before they are published.
pub(crate) const TEMP: &str = ".tmp";
/// How the name of the bytes of an attachment ends there.
pub(crate) const BYTES: &str = ".bytes";
/// What each save displaced.
pub(crate) const PREVIOUS: &str = "prev";

/// What becomes of the version that is displaced.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Displaced {
    /// It replaces the previous version in `prev/`.
    Previous,
    /// It goes to `prev/` under a name of its own, beside the previous version.
    Beside,
    /// It goes: a register, or an identity file whose secret was revoked.
    Dropped,
}

/// What becomes of a new version that could not be published.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unpublished {
    /// It goes: what is in it is in memory too.
    Discarded,
    /// It stays in `.tmp/`: it may be the only copy.
    Kept,
}

/// The folder of a vault on some disk.
#[derive(Clone)]
pub(crate) struct Folder {
    pub(crate) fs: Arc<dyn VaultFs>,
    pub(crate) root: PathBuf,
}

impl Folder {
    pub(crate) fn path(&self, object: Object) -> PathBuf {
        self.root.join(object.path())
    }

    pub(crate) fn previous(&self, object: Object) -> PathBuf {
        self.root.join(PREVIOUS).join(object.file_name())
    }

    fn beside(&self, object: Object, header: HeaderId) -> PathBuf {
        let name = object.file_name();
        let stem = name.strip_suffix(".age").unwrap_or(&name);
        self.root.join(PREVIOUS).join(format!("{stem}.{}.age", &header.hex()[..16]))
    }

    /// A name in `.tmp/` that nothing has.
    pub(crate) fn temporary(&self) -> PathBuf {
        self.root.join(TEMP).join(format!("{}.age", Uuid::new_v4()))
    }

    /// A name in `.tmp/` for the bytes of an attachment. What is left there was never
    /// entered in a case, so the sweep needs not look what it is.
    pub(crate) fn temporary_bytes(&self) -> PathBuf {
        self.root.join(TEMP).join(format!("{}{BYTES}", Uuid::new_v4()))
    }

    /// The header of the file that stands there now, if any.
    pub(crate) fn header(&self, object: Object) -> Result<Option<HeaderId>, SaveError> {
        match self.fs.read_head(&self.path(object), HEAD_BYTES) {
            Ok(head) => Ok(Some(header::scan(&head.bytes, object)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if self.has_stub(object)? {
                    Err(Finding::NotDownloaded(object).into())
                } else {
                    Ok(None)
                }
            }
            Err(error) => Err(match Finding::unreadable(object, &error) {
                elsewhere @ Finding::NotDownloaded(_) => elsewhere.into(),
                _ => error.into(),
            }),
        }
    }

    /// What a file that is not there is: missing, or kept elsewhere by a sync program.
    pub(crate) fn absent(&self, object: Object) -> Finding {
        match self.has_stub(object) {
            Ok(true) => Finding::NotDownloaded(object),
            Ok(false) => Finding::Missing(object),
            Err(error) => Finding::unreadable(object, &error),
        }
    }

    fn has_stub(&self, object: Object) -> io::Result<bool> {
        let place = self.root.join(object.parent());
        for name in stub_names(&object.file_name()) {
            match self.fs.read_head(&place.join(name), 1) {
                Ok(_) => return Ok(true),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }

    /// Writes a file into `.tmp/`, flushes it, and lets `prove` look at what reads back.
    /// On any error nothing is left of it, and no flush is tried a second time.
    pub(crate) fn prepare(
        &self,
        object: Object,
        sealed: &[u8],
        prove: impl FnOnce(&[u8]) -> bool,
    ) -> Result<PathBuf, SaveError> {
        let temporary = self.temporary();
        write_new(&*self.fs, &temporary, sealed)?;
        let proved = match self.fs.read(&temporary, object.size_cap()) {
            Ok(read) if prove(&read) => Ok(()),
            Ok(_) => Err(SaveError::Unproven(object)),
            Err(error) => Err(error.into()),
        };
        proved.inspect_err(|_| self.discard(&temporary)).map(|()| temporary)
    }

    /// Removes a file in `.tmp/`; a leftover does no harm and is swept at unlock.
    pub(crate) fn discard(&self, temporary: &Path) {
        let _ = self.fs.remove(temporary);
    }

    /// Puts a prepared file in the place of the version with the header `current`, or
    /// in an empty place, and makes that durable.
    pub(crate) fn publish(
        &self,
        object: Object,
        temporary: &Path,
        current: Option<HeaderId>,
        displaced: Displaced,
        unpublished: Unpublished,
    ) -> Result<(), SaveError> {
        let target = self.path(object);
        let give_up = || {
            if unpublished == Unpublished::Discarded {
                self.discard(temporary);
            }
        };
        match current {
            None => self.fs.rename_noreplace(temporary, &target).map_err(|error| {
                give_up();
                let taken = error.kind() == io::ErrorKind::AlreadyExists;
                if taken { SaveError::ChangedElsewhere(object) } else { error.into() }
            })?,
            Some(current) => match self.fs.exchange(temporary, &target) {
                Ok(()) => self.keep_exchanged(object, temporary, current, displaced)?,
                Err(error) if unsupported(&error) => {
                    self.replace(object, temporary, current, displaced).inspect_err(|_| give_up())?;
                }
                Err(error) => {
                    give_up();
                    return Err(error.into());
                }
            },
        }
        self.fs.sync_dir(&self.root.join(object.parent()))?;
        if current.is_some() && displaced != Displaced::Dropped {
            self.fs.sync_dir(&self.root.join(PREVIOUS))?;
        }
        Ok(())
    }

    /// After the exchange the old version has the temporary name.
    fn keep_exchanged(
        &self,
        object: Object,
        temporary: &Path,
        current: HeaderId,
        displaced: Displaced,
    ) -> Result<(), SaveError> {
        let head = self.fs.read_head(temporary, HEAD_BYTES)?;
        if header::scan(&head.bytes, object).ok() != Some(current) {
            // Somebody wrote between the look and the exchange: theirs goes back.
            self.fs.exchange(temporary, &self.path(object))?;
            // Ours is in memory too; but by now it may be yet another one of theirs.
            let head = self.fs.read_head(temporary, HEAD_BYTES)?;
            self.set_aside(object, temporary, header::scan(&head.bytes, object)?, true)?;
            return Err(SaveError::ChangedElsewhere(object));
        }
        match displaced {
            Displaced::Previous => self.fs.rename(temporary, &self.previous(object))?,
            Displaced::Beside => self.fs.rename(temporary, &self.beside(object, current))?,
            Displaced::Dropped => self.fs.remove(temporary)?,
        }
        Ok(())
    }

    /// For file systems that cannot exchange: the old version gets its second name
    /// first, so that it is never without one.
    fn replace(
        &self,
        object: Object,
        temporary: &Path,
        current: HeaderId,
        displaced: Displaced,
    ) -> Result<(), SaveError> {
        let target = self.path(object);
        let place = match displaced {
            Displaced::Previous => self.previous(object),
            Displaced::Beside => self.beside(object, current),
            Displaced::Dropped => return Ok(self.fs.rename(temporary, &target)?),
        };
        self.second_name(object, &target, &place)?;
        // What was given a second name must be what was looked at.
        let head = self.fs.read_head(&place, HEAD_BYTES)?;
        if header::scan(&head.bytes, object).ok() != Some(current) {
            return Err(SaveError::ChangedElsewhere(object));
        }
        Ok(self.fs.rename(temporary, &target)?)
    }

    /// Gives a file a second name, or makes a copy where a file cannot have two; what had
    /// that name is replaced.
    pub(crate) fn second_name(&self, object: Object, from: &Path, to: &Path) -> io::Result<()> {
        let step = self.give_second_name(object, from)?;
        self.fs.rename(&step, to).inspect_err(|_| self.discard(&step))
    }

    /// Makes a flushed copy of a file that reads back; what had that name is replaced.
    pub(crate) fn copy(&self, object: Object, from: &Path, to: &Path) -> io::Result<()> {
        let step = self.temporary();
        let bytes = self.fs.read(from, object.size_cap())?;
        write_new(&*self.fs, &step, &bytes)?;
        let same = self.fs.read(&step, object.size_cap()).is_ok_and(|read| read == bytes);
        let placed = if same { self.fs.rename(&step, to) } else { Err(io::ErrorKind::InvalidData.into()) };
        placed.inspect_err(|_| self.discard(&step))
    }

    /// Moves a leftover of an interrupted save to `prev/`.
    pub(crate) fn set_aside(&self, object: Object, temporary: &Path, header: HeaderId, beside: bool) -> io::Result<()> {
        let place = if beside { self.beside(object, header) } else { self.previous(object) };
        self.fs.rename(temporary, &place)
    }
}
