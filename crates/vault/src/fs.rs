//! The only way to the disk. Everything the vault does to files is one of these
//! operations, so that faults and crash states can be put between any two of them.

use std::io;
use std::path::Path;

/// One entry of a folder.
pub(crate) struct Listed {
    /// Its name; entries whose name is not Unicode are not ours and are left out.
    pub(crate) name: String,
    /// Whether it is an ordinary file.
    pub(crate) file: bool,
}

/// The beginning of a file.
pub(crate) struct Head {
    /// The first bytes.
    pub(crate) bytes: Vec<u8>,
    /// Length of the whole file.
    pub(crate) len: u64,
}

/// Why a file cannot be read: a sync program keeps its bytes elsewhere until they are
/// asked for, and asking would wait for a network.
#[derive(Debug, thiserror::Error)]
#[error("not downloaded")]
pub(crate) struct Placeholder;

/// Names under which sync programs keep the place of a file that is elsewhere.
pub(crate) fn stub_names(name: &str) -> [String; 3] {
    [format!(".{name}.icloud"), format!("{name}.nextcloud"), format!("{name}.owncloud")]
}

/// A file that was just made and is being filled.
pub(crate) trait NewFile {
    /// Adds bytes.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Replaces bytes that were written before; what follows them stays.
    fn write_at(&mut self, at: u64, bytes: &[u8]) -> io::Result<()>;
    /// Flushes to the disk. After an error the file is given up: the system may
    /// have dropped the bytes and would call a second flush a success.
    fn sync(&mut self) -> io::Result<()>;
}

/// A file that is read piece by piece, because it may be too large to hold.
pub(crate) trait OpenFile: io::Read + io::Seek + Send {}

impl<T: io::Read + io::Seek + Send> OpenFile for T {}

/// A lock of the operating system; it goes when this is dropped or the process dies.
pub(crate) trait Held: Send + Sync {}

/// The operations.
pub(crate) trait VaultFs: Send + Sync {
    /// The entries of a folder.
    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>>;
    /// A whole ordinary file; an error when it is larger than `cap`.
    fn read(&self, path: &Path, cap: u64) -> io::Result<Vec<u8>>;
    /// The first `count` bytes of an ordinary file and its length.
    fn read_head(&self, path: &Path, count: usize) -> io::Result<Head>;
    /// An ordinary file, to read piece by piece.
    fn open(&self, path: &Path) -> io::Result<Box<dyn OpenFile>>;
    /// Makes a file that must not exist yet, readable by its owner only.
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>>;
    /// Adds to the end of a file, making it when needed; not flushed.
    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Makes the names in a folder durable.
    fn sync_dir(&self, folder: &Path) -> io::Result<()>;
    /// Lets two files change names in one step. `Unsupported` where that cannot be.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()>;
    /// Renames; an error when the new name is taken.
    fn rename_noreplace(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Renames over whatever has the new name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives a file a second name.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Makes a folder and those above it, for its owner only; no error if it is there.
    fn create_dir(&self, folder: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_dir(&self, folder: &Path) -> io::Result<()>;
    /// The real path of a folder, links resolved.
    fn resolve(&self, folder: &Path) -> io::Result<std::path::PathBuf>;
    /// How many bytes the disk of a folder still takes, where the system tells.
    fn room(&self, folder: &Path) -> io::Result<Option<u64>>;
    /// Locks an existing folder, or a file that is made when needed. `WouldBlock`
    /// when another holder lives.
    fn lock(&self, path: &Path) -> io::Result<Box<dyn Held>>;
}

/// Whether the file system cannot do this kind of operation at all.
pub(crate) fn unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// The folder above a name that was given without one is the present folder.
pub(crate) fn or_here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

/// Makes a folder and those above it, so that they are also there after a power cut.
pub(crate) fn create_lasting_dir(fs: &dyn VaultFs, folder: &Path) -> io::Result<()> {
    let is_new = |folder: &Path| fs.list(folder).is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
    let above = || folder.ancestors().skip(1).map(or_here);
    let new = above().take_while(|above| is_new(above)).count();
    fs.create_dir(folder)?;
    for above in above().take(new + 1) {
        match fs.sync_dir(above) {
            // A folder that may be entered and not read cannot be flushed either.
            Err(error) if error.kind() != io::ErrorKind::PermissionDenied => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Writes a new file and flushes it; on an error nothing is left of it.
pub(crate) fn write_new(fs: &dyn VaultFs, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs.create_new(path)?;
    let written = file.write(bytes).and_then(|()| file.sync());
    drop(file);
    written.inspect_err(|_| {
        // The first error is the one to tell; a leftover is swept at the next unlock.
        let _ = fs.remove(path);
    })
}
