//! The bytes of attachments: sealed files of their own, never whole in memory, and never
//! shown or given out before their end was proved.

use crate::finding::{DiskTrouble, Finding, SaveError};
use crate::fs::{NewFile, OpenFile};
use crate::object::Object;
use crate::outside;
use crate::publish::{Displaced, Unpublished};
use crate::seal::{self, CHUNK};
use crate::store::Store;
use crate::vault::Vault;
use casebook::{Attachment, CaseText, MediaKind};
use sha2::{Digest, Sha256};
use std::io::{self, Read, Write};
use std::path::Path;
use uuid::Uuid;
use zeroize::Zeroizing;

/// What sealing adds is far less than this, so that what fits opens again.
const SEALING_ADDS: u64 = 1024 * 1024;

/// Why a file was not attached. Nothing of the case was changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AttachError {
    /// The chosen file cannot be read.
    #[error("the chosen file could not be read: {0}")]
    Source(DiskTrouble),
    /// It is larger than an attachment may be.
    #[error("the chosen file is larger than 2 GiB")]
    TooLarge,
    /// The vault would not take it.
    #[error(transparent)]
    Save(#[from] SaveError),
}

/// Why an attachment was not saved elsewhere. Nothing of it was left there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The attachment itself cannot be used.
    #[error("the attachment cannot be used: {0:?}")]
    File(Finding),
    /// The place would not take it; see [`outside::export`].
    #[error("the copy could not be written: {0}")]
    Place(#[from] DiskTrouble),
}

/// Lets age write into a new file of the vault.
pub(crate) struct Filling<'a>(pub(crate) &'a mut dyn NewFile);

impl Write for Filling<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Vault {
    /// Takes a copy of a file into the vault: sealed, flushed, read back to its end and
    /// compared. It belongs to no case until an entry with the id that is answered is
    /// saved; the file it came from is left as it is.
    ///
    /// # Errors
    /// When the file cannot be read or is too large, or the vault would not take it.
    pub fn attach(&self, source: &Path) -> Result<(Uuid, Attachment), AttachError> {
        let id = Uuid::new_v4();
        let object = Object::Attachment(id);
        let source_trouble = |error: io::Error| AttachError::Source(DiskTrouble::from(&error));
        let (mut picked, length) = outside::open_import(source).map_err(source_trouble)?;
        if length > object.size_cap() - SEALING_ADDS {
            return Err(AttachError::TooLarge);
        }
        let name = source.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = &self.store.folder;
        let temporary = folder.temporary_bytes();
        let mut file = folder.fs.create_new(&temporary).map_err(SaveError::from)?;
        let sealed = self.store.seal_bytes(&mut *picked, &mut *file, CaseText::new(name));
        let sealed = sealed.and_then(|attachment| {
            file.sync().map_err(SaveError::from)?;
            Ok(attachment)
        });
        drop(file);
        let proved = sealed.and_then(|attachment| {
            let read_back = folder.fs.open(&temporary).map_err(SaveError::from)?;
            match self.store.pour(read_back, object, &attachment, |_| Ok::<(), Finding>(())) {
                Ok(()) => Ok(attachment),
                Err(_) => Err(SaveError::Unproven(object).into()),
            }
        });
        let attachment = proved.inspect_err(|_| folder.discard(&temporary))?;
        folder.publish(object, &temporary, None, Displaced::Dropped, Unpublished::Discarded)?;
        Ok((id, attachment))
    }

    /// Writes a copy of an attachment to a place outside the vault that the owner chose,
    /// not sealed: whole and as it came in, or not at all.
    ///
    /// # Errors
    /// When the attachment is not what the case says, or the place would not take it.
    pub fn export_attachment(
        &self,
        id: Uuid,
        attachment: &Attachment,
        to: &Path,
        keep_out: &[&Path],
    ) -> Result<(), ExportError> {
        outside::export_filled(to, keep_out, |file| {
            self.store.pour_attachment(id, attachment, |bytes| {
                file.write(bytes).map_err(|error| ExportError::Place(DiskTrouble::from(&error)))
            })
        })
    }

    /// An attachment, whole and proved, to be shown.
    ///
    /// # Errors
    /// When it is not what the case says, or larger than `cap` bytes.
    pub fn read_attachment(
        &self,
        id: Uuid,
        attachment: &Attachment,
        cap: usize,
    ) -> Result<Zeroizing<Vec<u8>>, Finding> {
        let length = usize::try_from(attachment.length).ok().filter(|length| *length <= cap);
        let length = length.ok_or(Finding::Refused(Object::Attachment(id)))?;
        // Never grows, so that it leaves no copy behind.
        let mut whole = Zeroizing::new(Vec::with_capacity(length));
        self.store.pour_attachment(id, attachment, |bytes| {
            whole.extend_from_slice(bytes);
            Ok::<(), Finding>(())
        })?;
        Ok(whole)
    }

    /// Whether the sealed file of an attachment is in the folder; its bytes are not read.
    #[must_use]
    pub fn has_attachment(&self, id: Uuid) -> bool {
        self.store.folder.fs.read_head(&self.store.folder.path(Object::Attachment(id)), 0).is_ok()
    }
}

impl Store {
    /// Seals a stream and says what it was.
    fn seal_bytes(
        &self,
        source: &mut dyn OpenFile,
        file: &mut dyn NewFile,
        name: CaseText,
    ) -> Result<Attachment, AttachError> {
        let disk = |error: io::Error| AttachError::Save(SaveError::from(error));
        let mut sealing = seal::sealing(Filling(file), &self.keys).map_err(disk)?;
        let mut chunk = Zeroizing::new(vec![0; CHUNK]);
        let (mut digest, mut length, mut kind) = (Sha256::new(), 0_u64, MediaKind::Other);
        loop {
            let count = fill_chunk(source, &mut chunk).map_err(|error| AttachError::Source((&error).into()))?;
            let bytes = &chunk[..count];
            if length == 0 {
                kind = MediaKind::of(bytes);
            }
            length += count as u64;
            // It may have grown since its length was looked at.
            if length > Object::Attachment(Uuid::nil()).size_cap() - SEALING_ADDS {
                return Err(AttachError::TooLarge);
            }
            digest.update(bytes);
            sealing.write_all(bytes).map_err(disk)?;
            if count < CHUNK {
                break;
            }
        }
        sealing.finish().map_err(disk)?;
        Ok(Attachment { name, kind, length, sha256: digest.finalize().into() })
    }

    /// Opens the sealed file of an attachment and hands it on chunk by chunk; `Ok` only
    /// when all of it was what the case says.
    pub(crate) fn pour_attachment<E: From<Finding>>(
        &self,
        id: Uuid,
        attachment: &Attachment,
        sink: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let object = Object::Attachment(id);
        let file = self.folder.fs.open(&self.folder.path(object));
        self.pour(file.map_err(|error| Finding::unreadable(object, &error))?, object, attachment, sink)
    }

    fn pour<E: From<Finding>>(
        &self,
        sealed: Box<dyn OpenFile>,
        object: Object,
        attachment: &Attachment,
        mut sink: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut opening = seal::opening(sealed, &self.keys, object)?;
        let (mut digest, mut length) = (Sha256::new(), 0_u64);
        seal::pour(&mut opening, object, |bytes| {
            length += bytes.len() as u64;
            // Another file of this vault under this name may be of any length.
            if length > attachment.length {
                return Err(Finding::Damaged(object).into());
            }
            digest.update(bytes);
            sink(bytes)
        })?;
        let same = length == attachment.length && attachment.sha256 == <[u8; 32]>::from(digest.finalize());
        if same { Ok(()) } else { Err(Finding::Damaged(object).into()) }
    }
}

/// Reads until the chunk is full; less means that there is no more.
fn fill_chunk(source: &mut (impl Read + ?Sized), chunk: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < chunk.len() {
        match source.read(&mut chunk[filled..]) {
            Ok(0) => break,
            Ok(more) => filled += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

impl From<Finding> for ExportError {
    fn from(finding: Finding) -> Self {
        Self::File(finding)
    }
}
