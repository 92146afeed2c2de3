//! Writing one back-up: an ordinary zip file of the sealed files, stored as they are.
//!
//! It needs no key, so the locked program makes it. Nothing of the vault is locked
//! meanwhile: every file is replaced as a whole, and the order of the parts makes any
//! mix of old and new files a legal vault.

use crate::backup::error::BackupError;
use crate::backup::part::{Part, line, parts};
use crate::backup::read::{BackupFile, PIECE, digest_of};
use crate::finding::DiskTrouble;
use crate::fs::{NewFile, VaultFs};
use crate::header::{HEAD_BYTES, hex};
use crate::object::Object;
use sha2::{Digest, Sha256};
use std::cell::Cell;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The comment of the zip file begins so; then come the 64 digits of a SHA-256.
pub(crate) const COMMENT: &str = "luwte-backup 1 ";
/// A rotation of the identity between the first and the last file is rare; two in a row
/// are something else.
const TRIES: usize = 3;

/// What was copied.
pub(crate) struct Copied {
    /// The fingerprint of what was copied, as [`crate::backup::part::fingerprint`] makes it.
    pub(crate) fingerprint: String,
    /// Every part with its length and SHA-256.
    pub(crate) parts: Vec<(Part, u64, [u8; 32])>,
    /// Length of the back-up.
    pub(crate) size: u64,
    /// Whether every file begins as a sealed file does.
    pub(crate) sound: bool,
}

impl Copied {
    pub(crate) fn cases(&self) -> usize {
        self.parts.iter().filter(|(part, ..)| matches!(part, Part::File(Object::Case(_)))).count()
    }
}

/// Writes the back-up of the vault in `root` as a new file, flushes it, and compares
/// every entry that reads back with a hash taken while copying. On an error nothing is
/// left of it.
pub(crate) fn write(fs: &Arc<dyn VaultFs>, root: &Path, file: &Path) -> Result<Copied, BackupError> {
    for _ in 0..TRIES {
        let parts = parts_of_vault(&**fs, root)?;
        let new = fs.create_new(file).map_err(|error| match DiskTrouble::from(&error) {
            DiskTrouble::Gone => BackupError::NotConnected,
            DiskTrouble::Taken => BackupError::Taken,
            trouble => BackupError::Disk(trouble),
        })?;
        let written = fill(&**fs, root, &parts, file, new).and_then(|copied| prove(fs, file, &copied).map(|()| copied));
        let copied = match written {
            Ok(copied) => copied,
            Err(error) => {
                let _ = fs.remove(file);
                // A note that was sorted into a case meanwhile is no longer in the inbox.
                if matches!(error, BackupError::Unreadable { trouble: DiskTrouble::Gone, .. }) {
                    continue;
                }
                return Err(error);
            }
        };
        // With another identity the files after it would not open with the one before.
        if same_identity(&**fs, root, &copied) {
            return Ok(copied);
        }
        fs.remove(file)?;
    }
    Err(BackupError::Changing)
}

fn parts_of_vault(fs: &dyn VaultFs, root: &Path) -> Result<Vec<Part>, BackupError> {
    let parts = parts(fs, root).map_err(|error| match DiskTrouble::from(&error) {
        DiskTrouble::Gone => BackupError::NotAVault,
        trouble => BackupError::Unreadable { file: String::new(), trouble },
    })?;
    let identity = [Object::Identity, Object::IdentityCopy].map(Part::File);
    let whole = parts.contains(&Part::File(Object::Practice)) && identity.iter().any(|part| parts.contains(part));
    if whole { Ok(parts) } else { Err(BackupError::NotAVault) }
}

fn fill(
    fs: &dyn VaultFs,
    root: &Path,
    parts: &[Part],
    file: &Path,
    new: Box<dyn NewFile>,
) -> Result<Copied, BackupError> {
    let failed = Rc::new(Cell::new(None));
    let seekable = Seekable { file: new, at: 0, len: 0, failed: Rc::clone(&failed) };
    let mut zip = ZipWriter::new(BufWriter::with_capacity(PIECE, seekable));
    let mut copied = Copied { fingerprint: String::new(), parts: Vec::new(), size: 0, sound: true };
    let mut fingerprint = Sha256::new();
    // One moment for all: a zip file says no more of when somebody worked than its own date.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o600);
    let mut waiting = parts.to_vec();
    // What the practice names was there when it was copied, and perhaps not when the folder
    // was listed; so it is with what a case names.
    let later: [fn(Object) -> bool; 2] = [
        |object| matches!(object, Object::Case(_) | Object::Attachment(_)),
        |object| matches!(object, Object::Attachment(_)),
    ];
    for round in 0..=later.len() {
        for part in std::mem::take(&mut waiting) {
            zip.start_file(part.name(), options).map_err(io::Error::from)?;
            let (size, hash, version) = copy(fs, root, part, &mut zip)?;
            go_on(&failed)?;
            copied.sound &= version.is_some();
            fingerprint.update(line(part, size, version.as_deref()));
            copied.parts.push((part, size, hash));
        }
        if let Some(matters) = later.get(round) {
            waiting = parts_of_vault(fs, root)?;
            waiting.retain(|part| match part {
                Part::File(object) => matters(*object) && copied.parts.iter().all(|(known, ..)| known != part),
                Part::Readme => false,
            });
        }
    }
    copied.fingerprint = hex(&fingerprint.finalize());
    zip.set_comment(format!("{COMMENT}{}", "0".repeat(64))).map_err(io::Error::from)?;
    let buffered = zip.finish().map_err(io::Error::from)?;
    let mut new = buffered.into_inner().map_err(io::IntoInnerError::into_error)?;
    go_on(&failed)?;
    // The digest of all that stands before it, so that any changed byte is noticed.
    copied.size = new.len;
    let end = new.len - 64;
    let digest = digest_of(&mut *fs.open(file)?, end)?;
    new.file.write_at(end, hex(&digest).as_bytes())?;
    new.file.sync()?;
    Ok(copied)
}

fn copy(
    fs: &dyn VaultFs,
    root: &Path,
    part: Part,
    to: &mut impl Write,
) -> Result<(u64, [u8; 32], Option<String>), BackupError> {
    let unreadable = |error: io::Error| BackupError::Unreadable { file: part.name(), trouble: (&error).into() };
    let mut from = fs.open(&part.path(root)).map_err(unreadable)?;
    let (mut digest, mut size, mut head) = (Sha256::new(), 0_u64, Vec::with_capacity(HEAD_BYTES));
    let mut piece = vec![0; PIECE];
    loop {
        let read = match from.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => &piece[..read],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(unreadable(error)),
        };
        size += read.len() as u64;
        if size > part.size_cap() {
            return Err(unreadable(io::ErrorKind::FileTooLarge.into()));
        }
        head.extend_from_slice(&read[..read.len().min(HEAD_BYTES - head.len())]);
        digest.update(read);
        to.write_all(read)?;
    }
    Ok((size, digest.finalize().into(), part.version(&head)))
}

/// Reads back what was written, from its beginning to its end.
fn prove(fs: &Arc<dyn VaultFs>, file: &Path, copied: &Copied) -> Result<(), BackupError> {
    let unproven = |_| BackupError::Unproven;
    let mut back = BackupFile::open_on(Arc::clone(fs), file).map_err(unproven)?;
    back.check().map_err(unproven)?;
    let mut all = back.parts().len() == copied.parts.len();
    for (part, size, hash) in &copied.parts {
        let (read, digest) = back.digest(*part).map_err(|_| BackupError::Unproven)?;
        all &= read == *size && digest == *hash;
    }
    if all { Ok(()) } else { Err(BackupError::Unproven) }
}

/// Whether the identity files are those that were copied.
fn same_identity(fs: &dyn VaultFs, root: &Path, copied: &Copied) -> bool {
    [Object::Identity, Object::IdentityCopy].into_iter().all(|object| {
        let part = Part::File(object);
        let then = copied.parts.iter().find(|(copied, ..)| *copied == part).map(|(.., hash)| *hash);
        let now = fs.read(&part.path(root), part.size_cap()).ok().map(|bytes| <[u8; 32]>::from(Sha256::digest(bytes)));
        then == now
    })
}

fn go_on(failed: &Cell<Option<io::Error>>) -> io::Result<()> {
    failed.take().map_or(Ok(()), Err)
}

/// A new file as the zip writer wants it: it goes back to complete what it wrote before
/// each entry. The first failure is noted for [`go_on`], and what comes after it goes
/// nowhere: the zip writer would go on writing when it is dropped, and say so aloud.
struct Seekable {
    file: Box<dyn NewFile>,
    at: u64,
    len: u64,
    failed: Rc<Cell<Option<io::Error>>>,
}

impl Write for Seekable {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // What reaches over the end is written in two steps.
        let inside = usize::try_from(self.len - self.at).unwrap_or(usize::MAX).min(bytes.len());
        let count = if inside > 0 { inside } else { bytes.len() };
        let outcome = match self.failed.take() {
            Some(error) => Err(error),
            None if inside > 0 => self.file.write_at(self.at, &bytes[..inside]),
            None => self.file.write(bytes),
        };
        self.failed.set(outcome.err());
        self.at += count as u64;
        self.len = self.len.max(self.at);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        // Flushing to the disk happens once, at the end.
        Ok(())
    }
}

impl Seek for Seekable {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(step) => self.at.checked_add_signed(step),
            SeekFrom::End(step) => self.len.checked_add_signed(step),
        };
        self.at = at.filter(|at| *at <= self.len).ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
