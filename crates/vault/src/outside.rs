//! The one place that reads a file the owner picked and writes a file she asked for,
//! outside the vault: imports, report PDFs, summaries.

use crate::finding::DiskTrouble;
use crate::fs::{NewFile, OpenFile, VaultFs, or_here};
use crate::real_fs::RealFs;
use std::io;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Writes a file whole or not at all: under another name first, flushed, then renamed.
/// Folders in `keep_out`, such as the vault itself, take no export.
///
/// # Errors
/// [`DiskTrouble::Gone`] when the folder is not there, [`DiskTrouble::Taken`] when it is
/// one to keep out of, [`DiskTrouble::NotAFile`] when something by that name is no
/// ordinary file; else what the disk said. What had this name before is as it was.
pub fn export(path: &Path, bytes: &[u8], keep_out: &[&Path]) -> Result<(), DiskTrouble> {
    export_filled(path, keep_out, |file| Ok(file.write(bytes)?))
}

/// As [`export`], for what is not in memory: `fill` writes it, and nothing of it gets the
/// name that was asked for unless `fill` is content with all of it.
pub(crate) fn export_filled<E: From<DiskTrouble>>(
    path: &Path,
    keep_out: &[&Path],
    fill: impl FnOnce(&mut dyn NewFile) -> Result<(), E>,
) -> Result<(), E> {
    refuse(path, keep_out)?;
    let missing = || DiskTrouble::from(io::Error::from(io::ErrorKind::InvalidInput));
    let name = path.file_name().ok_or_else(missing)?;
    let folder = or_here(path.parent().unwrap_or(Path::new("")));
    // A random part, so that a file of the owner that ends in .part is not in the way.
    let mut part = name.to_owned();
    part.push(format!(".{}.part", &Uuid::new_v4().simple().to_string()[..8]));
    let part: PathBuf = folder.join(part);
    let mut file = RealFs.create_new(&part).map_err(DiskTrouble::from)?;
    let filled = fill(&mut *file).and_then(|()| Ok(file.sync().map_err(DiskTrouble::from)?));
    drop(file);
    let placed = filled.and_then(|()| Ok(RealFs.rename(&part, path).map_err(DiskTrouble::from)?));
    placed.inspect_err(|_| {
        let _ = RealFs.remove(&part);
    })?;
    // The file is whole and in place; a folder that cannot be flushed is no failure.
    let _ = RealFs.sync_dir(folder);
    Ok(())
}

fn refuse(path: &Path, keep_out: &[&Path]) -> Result<(), DiskTrouble> {
    let folder = or_here(path.parent().unwrap_or(Path::new("")));
    let folder = RealFs.resolve(folder)?;
    let inside = |kept: &&&Path| RealFs.resolve(kept).is_ok_and(|kept| folder.starts_with(kept));
    if keep_out.iter().any(|kept| inside(&kept)) {
        return Err(DiskTrouble::Taken);
    }
    match RealFs.read_head(path, 0) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(DiskTrouble::NotAFile),
        _ => Ok(()),
    }
}

/// Reads a file, if it is not larger than `cap` bytes.
///
/// # Errors
/// When it is not there, may not be read, is no ordinary file or too large.
pub fn read_import(path: &Path, cap: u64) -> Result<Vec<u8>, DiskTrouble> {
    // A link is followed here: the owner chose it.
    let real = RealFs.resolve(path)?;
    Ok(RealFs.read(&real, cap)?)
}

/// Opens a file that the owner picked, of any size; says how large it is.
pub(crate) fn open_import(path: &Path) -> io::Result<(Box<dyn OpenFile>, u64)> {
    let real = RealFs.resolve(path)?;
    Ok((RealFs.open(&real)?, RealFs.read_head(&real, 0)?.len))
}

/// Whether something stands at this path already.
#[must_use]
pub fn exists(path: &Path) -> bool {
    RealFs.resolve(path).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_never_lands_in_a_folder_to_keep_out_of_nor_on_what_is_no_file() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let kept = place.path().join("kluis");
        RealFs.create_dir(&kept.join("cases")).expect("a folder");
        for target in [kept.join("vault.age"), kept.join("cases/x.pdf"), place.path().join("kluis/../kluis/x.pdf")] {
            assert_eq!(export(&target, b"verslag", &[&kept]), Err(DiskTrouble::Taken));
        }
        assert_eq!(export(&kept, b"verslag", &[]), Err(DiskTrouble::NotAFile));
        assert_eq!(export(&place.path().join("geen/x.pdf"), b"verslag", &[&kept]), Err(DiskTrouble::Gone));
        assert!(RealFs.list(&kept.join("cases")).expect("a folder").is_empty());
    }

    #[test]
    fn an_export_replaces_the_earlier_one_whole_and_leaves_nothing_else() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("verslag.pdf");
        export(&path, b"eerst", &[]).expect("it is written");
        export(&path, b"later", &[]).expect("it is written");
        assert_eq!(read_import(&path, 5).expect("it is there"), b"later");
        assert_eq!(RealFs.list(folder.path()).expect("a folder").len(), 1);
    }

    #[test]
    fn what_is_too_large_missing_or_no_file_is_refused() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("jaar.csv");
        export(&path, b"123456", &[]).expect("it is written");
        assert_eq!(read_import(&path, 5), Err(DiskTrouble::NotAFile));
        assert_eq!(read_import(&folder.path().join("niets"), 5), Err(DiskTrouble::Gone));
        assert_eq!(read_import(folder.path(), 5), Err(DiskTrouble::NotAFile));
        assert_eq!(export(&folder.path().join("geen/map.pdf"), b"", &[]), Err(DiskTrouble::Gone));
    }
}
