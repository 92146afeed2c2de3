//! Files that the person names herself: what she imports, and what she saves outside
//! the vault. All of it goes through `vault::outside`, the one place that may.

use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::wire::report::FileSaved;
use std::path::Path;
use vault::DiskTrouble;

/// The largest text or secret file that is read, in bytes.
const SMALL: usize = 1024 * 1024;

/// Reads a file of at most `cap` bytes.
pub(crate) fn read(path: &Path, cap: usize) -> Result<Vec<u8>, ApiError> {
    let cap = u64::try_from(cap).unwrap_or(u64::MAX);
    vault::outside::read_import(path, cap).map_err(|_| unreadable(path))
}

/// Reads a small file, for example one with a passphrase.
///
/// # Errors
/// When it is not there, not a file, or larger than 1 MiB.
pub fn read_small(path: &Path) -> Result<Vec<u8>, ApiError> {
    read(path, SMALL)
}

/// Reads a small text file in UTF-8; a byte order mark is dropped.
///
/// # Errors
/// As [`read_small`], and when it is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, ApiError> {
    let text = String::from_utf8(read_small(path)?).map_err(|_| unreadable(path))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Writes a file that leaves the vault: whole and flushed, or not at all.
///
/// The vault and this computer's own folder take no export: a report that is called
/// `vault.age` would take the place of the key.
pub(crate) fn write(app: &App, path: &Path, bytes: &[u8]) -> Result<FileSaved, ApiError> {
    let keep_out = [app.vault()?.folder(), app.local.folder()];
    vault::outside::export(path, bytes, &keep_out).map_err(refused_place)?;
    Ok(placed(path))
}

/// What is wrong with the place that was chosen for a file.
pub(crate) fn refused_place(trouble: DiskTrouble) -> ApiError {
    match trouble {
        DiskTrouble::Gone => ApiError::field(ErrorCode::FolderMissing, "path"),
        DiskTrouble::Taken | DiskTrouble::NotAFile => ApiError::field(ErrorCode::PlaceNotAllowed, "path"),
        other => other.into(),
    }
}

/// Where a file was put, without its whole path.
pub(crate) fn placed(path: &Path) -> FileSaved {
    let folder = path.parent().and_then(Path::file_name);
    FileSaved {
        file: crate::sessions::last_part(path),
        folder: folder.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
    }
}

fn unreadable(path: &Path) -> ApiError {
    ApiError::new(ErrorCode::InputUnreadable).with(crate::sessions::last_part(path))
}
