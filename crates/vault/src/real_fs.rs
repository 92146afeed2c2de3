//! The disk itself.
#![expect(clippy::disallowed_methods, reason = "the one place that may call the file system")]

use crate::fs::{Head, Held, Listed, NewFile, OpenFile, Placeholder, VaultFs};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// [`VaultFs`] on the operating system.
pub(crate) struct RealFs;

/// The disk that a vault works on.
pub(crate) fn real_disk() -> Arc<dyn VaultFs> {
    #[cfg(feature = "sabotage")]
    {
        crate::sabotage::disk()
    }
    #[cfg(not(feature = "sabotage"))]
    {
        Arc::new(RealFs)
    }
}

impl NewFile for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn write_at(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.seek(SeekFrom::Start(at))?;
        self.write_all(bytes)?;
        self.seek(SeekFrom::End(0)).map(|_| ())
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}

impl Held for File {}

/// Opens an ordinary file; a link, a pipe or a device that took its place is refused
/// without following it or waiting for it.
fn open_file(path: &Path) -> io::Result<(File, u64)> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed());
    }
    let file = options.open(path).map_err(not_through_a_link)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    if is_placeholder(&file, &metadata)? {
        return Err(io::Error::other(Placeholder));
    }
    Ok((file, metadata.len()))
}

/// Whether a sync program keeps the bytes of this file elsewhere. The name is opened and
/// nothing is read where reading would fetch it.
#[cfg(target_vendor = "apple")]
fn is_placeholder(_: &File, metadata: &fs::Metadata) -> io::Result<bool> {
    use std::os::macos::fs::MetadataExt;
    const SF_DATALESS: u32 = 0x4000_0000;
    Ok(metadata.st_flags() & SF_DATALESS != 0 || (metadata.st_blocks() == 0 && metadata.len() > 0))
}

#[cfg(windows)]
fn is_placeholder(_: &File, metadata: &fs::Metadata) -> io::Result<bool> {
    use std::os::windows::fs::MetadataExt;
    const RECALL_ON_OPEN: u32 = 0x0004_0000;
    const RECALL_ON_DATA_ACCESS: u32 = 0x0040_0000;
    Ok(metadata.file_attributes() & (RECALL_ON_OPEN | RECALL_ON_DATA_ACCESS) != 0)
}

/// Some network disks count no blocks for any file, so a look at the first bytes decides:
/// of a file that has no block they are zeroes, and ours never begin so.
#[cfg(all(unix, not(target_vendor = "apple")))]
fn is_placeholder(file: &File, metadata: &fs::Metadata) -> io::Result<bool> {
    use std::os::unix::fs::{FileExt, MetadataExt};
    const LARGEST_DATABASE: u64 = 256 * 1024 * 1024;
    // What is too large is refused for that, and not waited for.
    if metadata.blocks() > 0 || metadata.len() == 0 || metadata.len() > LARGEST_DATABASE {
        return Ok(false);
    }
    let mut first = [0; 64];
    let read = file.read_at(&mut first, 0)?;
    Ok(first[..read].iter().all(|byte| *byte == 0))
}

#[cfg(unix)]
fn not_through_a_link(error: io::Error) -> io::Error {
    let link = error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error());
    if link { io::ErrorKind::InvalidInput.into() } else { error }
}

#[cfg(not(unix))]
fn not_through_a_link(error: io::Error) -> io::Error {
    error
}

impl VaultFs for RealFs {
    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        let mut listed = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if let Ok(name) = entry.file_name().into_string() {
                listed.push(Listed { name, file: entry.file_type()?.is_file() });
            }
        }
        Ok(listed)
    }

    fn read(&self, path: &Path, cap: u64) -> io::Result<Vec<u8>> {
        let (file, len) = open_file(path)?;
        if len > cap {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let mut bytes = Vec::with_capacity(usize::try_from(len).unwrap_or(0));
        // The file may grow while it is read, so the cap holds for the reading too.
        file.take(cap).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn read_head(&self, path: &Path, count: usize) -> io::Result<Head> {
        let (mut file, len) = open_file(path)?;
        let mut bytes = vec![0; count];
        let mut filled = 0;
        while filled < count {
            match file.read(&mut bytes[filled..]) {
                Ok(0) => break,
                Ok(more) => filled += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        bytes.truncate(filled);
        Ok(Head { bytes, len })
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        Ok(Box::new(open_file(path)?.0))
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        Ok(Box::new(options.open(path)?))
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        options.open(path)?.write_all(bytes)
    }

    fn sync_dir(&self, folder: &Path) -> io::Result<()> {
        // Windows has no such call; NTFS journals its names.
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        #[cfg(any(target_os = "linux", target_vendor = "apple"))]
        {
            use rustix::fs::{CWD, RenameFlags, renameat_with};
            Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
        }
        #[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
        {
            let _ = (one, other);
            Err(io::ErrorKind::Unsupported.into())
        }
    }

    fn rename_noreplace(&self, from: &Path, to: &Path) -> io::Result<()> {
        #[cfg(any(target_os = "linux", target_vendor = "apple"))]
        {
            use rustix::fs::{CWD, RenameFlags, renameat_with};
            match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
                Ok(()) => return Ok(()),
                Err(error) if !crate::fs::unsupported(&error.into()) => return Err(error.into()),
                Err(_) => {}
            }
        }
        // A hard link never replaces; without links the look and the rename are two steps.
        match fs::hard_link(from, to) {
            Ok(()) => fs::remove_file(from),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
            Err(_) if fs::symlink_metadata(to).is_ok() => Err(io::ErrorKind::AlreadyExists.into()),
            Err(_) => fs::rename(from, to),
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn create_dir(&self, folder: &Path) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt;
            builder.mode(0o700);
        }
        builder.create(folder)
    }

    fn remove_dir(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir(folder)
    }

    fn resolve(&self, folder: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(folder)
    }

    fn room(&self, folder: &Path) -> io::Result<Option<u64>> {
        #[cfg(unix)]
        {
            let disk = rustix::fs::statvfs(folder)?;
            Ok(Some(disk.f_bavail.saturating_mul(disk.f_frsize)))
        }
        #[cfg(not(unix))]
        {
            let _ = folder;
            Ok(None)
        }
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Held>> {
        let file = if path.is_dir() {
            File::open(path)?
        } else {
            OpenOptions::new().write(true).create(true).truncate(false).open(path)?
        };
        match file.try_lock() {
            Ok(()) => Ok(Box::new(file)),
            Err(TryLockError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}
