//! Reading a back-up within bounds: a file that somebody else made costs little and
//! names nothing but files of a vault.

use crate::backup::error::ReadBackupError;
use crate::backup::part::{FOLDERS, Part};
use crate::backup::write::COMMENT;
use crate::fs::{OpenFile, VaultFs};
use crate::header::hex;
use crate::object::Object;
use crate::real_fs::RealFs;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

/// How much is read or written at a time.
pub(crate) const PIECE: usize = 64 * 1024;
/// What the list of entries may cost to read: enough for 30,000 cases and as many
/// attachments.
const LIST_CAP: u64 = 16 * 1024 * 1024;

/// A back-up, opened and found to hold only what a back-up holds.
pub struct BackupFile {
    fs: Arc<dyn VaultFs>,
    path: std::path::PathBuf,
    archive: ZipArchive<BufReader<Bounded>>,
    entries: BTreeMap<Part, (usize, u64)>,
    size: u64,
}

impl BackupFile {
    /// Opens a back-up and looks at the list of what is in it.
    ///
    /// # Errors
    /// When it cannot be read, is cut short, or holds anything that no back-up holds.
    pub fn open(path: &Path) -> Result<Self, ReadBackupError> {
        // A link is followed here: the owner chose it.
        let real = RealFs.resolve(path)?;
        Self::open_on(Arc::new(RealFs), &real)
    }

    pub(crate) fn open_on(fs: Arc<dyn VaultFs>, path: &Path) -> Result<Self, ReadBackupError> {
        let mut file = fs.open(path)?;
        let mut magic = [0; 4];
        let begins_as_zip = file.read_exact(&mut magic).is_ok() && magic == *b"PK\x03\x04";
        let size = file.seek(SeekFrom::End(0))?;
        let left = Arc::new(AtomicU64::new(LIST_CAP));
        let reader = BufReader::new(Bounded { file, left: Arc::clone(&left) });
        let not_ours = || if begins_as_zip { ReadBackupError::Damaged } else { ReadBackupError::NotABackup };
        let archive = ZipArchive::new(reader).map_err(|error| match error {
            ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => error.into(),
            _ => not_ours(),
        })?;
        left.store(u64::MAX, Ordering::Relaxed);
        if archive.has_duplicate_names() {
            return Err(ReadBackupError::NotABackup);
        }
        let mut backup = Self { fs, path: path.to_owned(), archive, entries: BTreeMap::new(), size };
        backup.list()?;
        let identity = [Object::Identity, Object::IdentityCopy, Object::Recovery].map(Part::File);
        let opens = identity.iter().any(|part| backup.entries.contains_key(part));
        if !opens || !backup.entries.contains_key(&Part::File(Object::Practice)) {
            return Err(ReadBackupError::NotABackup);
        }
        Ok(backup)
    }

    fn list(&mut self) -> Result<(), ReadBackupError> {
        let damaged = |_| ReadBackupError::Damaged;
        // Entries that share bytes would be larger together than the file they are in.
        if self.archive.has_overlapping_entries().map_err(damaged)? {
            return Err(ReadBackupError::NotABackup);
        }
        for index in 0..self.archive.len() {
            let entry = self.archive.by_index_raw(index).map_err(damaged)?;
            let name = entry.name().map_err(damaged)?;
            // Folders have entries of their own when another program packed the files.
            let folder = name.strip_suffix('/').is_some_and(|name| FOLDERS.contains(&name));
            if folder && entry.size() == 0 {
                continue;
            }
            let part = Part::parse(&name).filter(|part| {
                entry.is_file()
                    && !entry.is_symlink()
                    && !entry.encrypted()
                    && entry.compression() == CompressionMethod::Stored
                    && entry.compressed_size() == entry.size()
                    && entry.size() <= part.size_cap()
            });
            self.entries.insert(part.ok_or(ReadBackupError::NotABackup)?, (index, entry.size()));
        }
        Ok(())
    }

    /// Length of the file.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// How many cases are in it.
    #[must_use]
    pub fn cases(&self) -> usize {
        self.entries.keys().filter(|part| matches!(part, Part::File(Object::Case(_)))).count()
    }

    /// Compares the whole file with the digest at its end: any changed byte is noticed.
    ///
    /// # Errors
    /// [`ReadBackupError::Damaged`] when a byte is not what was written.
    pub fn check(&mut self) -> Result<(), ReadBackupError> {
        let comment = self.archive.comment();
        let Some(written) = std::str::from_utf8(comment).ok().and_then(|text| text.strip_prefix(COMMENT)) else {
            return Err(ReadBackupError::Damaged);
        };
        let end = self.size.checked_sub(64).ok_or(ReadBackupError::Damaged)?;
        let mut file = self.fs.open(&self.path)?;
        let mut last = [0; 64];
        let found = digest_of(&mut *file, end)?;
        file.read_exact(&mut last)?;
        if written == hex(&found) && last == *written.as_bytes() { Ok(()) } else { Err(ReadBackupError::Damaged) }
    }

    /// Whether it carries the digest that Luwte writes.
    pub(crate) fn is_signed(&self) -> bool {
        self.archive.comment().starts_with(COMMENT.as_bytes())
    }

    /// The parts, in the order of [`Part`], with their length.
    pub(crate) fn parts(&self) -> Vec<(Part, u64)> {
        self.entries.iter().map(|(part, (_, size))| (*part, *size)).collect()
    }

    pub(crate) fn has(&self, part: Part) -> bool {
        self.entries.contains_key(&part)
    }

    /// The bytes of one part, to be read to their end: only there is their sum compared.
    pub(crate) fn part(&mut self, part: Part) -> io::Result<impl Read + '_> {
        let (index, size) = self.entries.get(&part).copied().ok_or(io::ErrorKind::NotFound)?;
        Ok(self.archive.by_index(index)?.take(size.saturating_add(1)))
    }

    /// A part that fits in memory, whole.
    pub(crate) fn bytes(&mut self, part: Part) -> io::Result<Vec<u8>> {
        let size = self.entries.get(&part).map_or(0, |(_, size)| *size);
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        self.part(part)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Length and SHA-256 of what a part holds.
    pub(crate) fn digest(&mut self, part: Part) -> io::Result<(u64, [u8; 32])> {
        let (mut digest, mut size) = (Sha256::new(), 0);
        let mut reader = self.part(part)?;
        let mut piece = vec![0; PIECE];
        loop {
            match reader.read(&mut piece) {
                Ok(0) => return Ok((size, digest.finalize().into())),
                Ok(read) => {
                    size += read as u64;
                    digest.update(&piece[..read]);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// SHA-256 of the first `end` bytes of a file.
pub(crate) fn digest_of(file: &mut dyn OpenFile, end: u64) -> io::Result<[u8; 32]> {
    file.seek(SeekFrom::Start(0))?;
    let (mut digest, mut left) = (Sha256::new(), end);
    let mut piece = vec![0; PIECE];
    while left > 0 {
        let wanted = usize::try_from(left).unwrap_or(usize::MAX).min(PIECE);
        file.read_exact(&mut piece[..wanted])?;
        digest.update(&piece[..wanted]);
        left -= wanted as u64;
    }
    Ok(digest.finalize().into())
}

/// A file of which only so many bytes may be read.
struct Bounded {
    file: Box<dyn OpenFile>,
    left: Arc<AtomicU64>,
}

impl Read for Bounded {
    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        let left = self.left.load(Ordering::Relaxed);
        if left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let wanted = usize::try_from(left).unwrap_or(usize::MAX).min(piece.len());
        let read = self.file.read(&mut piece[..wanted])?;
        self.left.store(left.saturating_sub(read as u64), Ordering::Relaxed);
        Ok(read)
    }
}

impl Seek for Bounded {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
