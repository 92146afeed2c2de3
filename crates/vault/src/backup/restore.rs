//! Putting a back-up back: into a new folder, beside whatever vault there is.

use crate::backup::error::RestoreError;
use crate::backup::make::in_a_vault;
use crate::backup::part::{FOLDERS, Part};
use crate::backup::read::{BackupFile, PIECE};
use crate::finding::DiskTrouble;
use crate::fs::VaultFs;
use crate::local::LocalState;
use crate::object::Object;
use crate::real_fs::{RealFs, real_disk};
use sha2::{Digest, Sha256};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

impl BackupFile {
    /// Writes the vault that is in the back-up into a folder that does not exist or is
    /// empty. From then on this computer compares that folder with what it saw of that
    /// folder, and no longer with what it saw of the vault that the back-up was made of.
    ///
    /// # Errors
    /// When the folder has something in it, or the disk would not take it; nothing is
    /// left in it then.
    pub fn restore(&mut self, folder: &Path, local: &LocalState) -> Result<PathBuf, RestoreError> {
        self.restore_on(&*real_disk(), folder, local)
    }

    pub(crate) fn restore_on(
        &mut self,
        fs: &dyn VaultFs,
        folder: &Path,
        local: &LocalState,
    ) -> Result<PathBuf, RestoreError> {
        match fs.list(folder) {
            Ok(listed) if !listed.is_empty() => return Err(RestoreError::NotEmpty),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                // Inside a vault nothing is made, not even a folder.
                refuse_inside_a_vault(fs, &nearest(fs, folder)?)?;
                fs.create_dir(folder)?;
            }
            Err(error) => return Err(error.into()),
        }
        let root = fs.resolve(folder)?;
        refuse_inside_a_vault(fs, &root)?;
        let _held = match fs.lock(&root) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Err(RestoreError::NotEmpty),
            held => held.ok(),
        };
        let total: u64 = self.parts().iter().map(|(_, size)| size).sum();
        if fs.room(&root)?.is_some_and(|room| room < total) {
            return Err(DiskTrouble::Full.into());
        }
        let mut written = Vec::new();
        self.fill(fs, &root, &mut written).inspect_err(|_| {
            for part in written.iter().rev() {
                let _ = fs.remove(&part.path(&root));
            }
            for name in FOLDERS {
                let _ = fs.remove_dir(&root.join(name));
            }
        })?;
        local.pin_apart(&root)?;
        Ok(root)
    }

    fn fill(&mut self, fs: &dyn VaultFs, root: &Path, written: &mut Vec<Part>) -> Result<(), RestoreError> {
        for folder in FOLDERS {
            fs.create_dir(&root.join(folder))?;
        }
        let mut parts: Vec<Part> = self.parts().into_iter().map(|(part, _)| part).collect();
        // The identity comes last: a folder without it is not yet a vault.
        parts.sort_by_key(|part| matches!(part, Part::File(Object::Identity | Object::IdentityCopy)));
        for part in parts {
            let path = part.path(root);
            let mut file = fs.create_new(&path)?;
            written.push(part);
            let mut digest = Sha256::new();
            let mut reader = self.part(part)?;
            let mut piece = vec![0; PIECE];
            loop {
                match reader.read(&mut piece) {
                    Ok(0) => break,
                    Ok(read) => {
                        digest.update(&piece[..read]);
                        file.write(&piece[..read])?;
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => return Err(error.into()),
                }
            }
            file.sync()?;
            drop(file);
            let size = fs.read_head(&path, 0)?.len;
            let back = crate::backup::read::digest_of(&mut *fs.open(&path)?, size)?;
            if back != <[u8; 32]>::from(digest.finalize()) {
                return Err(RestoreError::Unproven);
            }
        }
        for folder in FOLDERS {
            fs.sync_dir(&root.join(folder))?;
        }
        Ok(fs.sync_dir(root)?)
    }
}

/// Whether a folder does not exist yet or is empty.
#[must_use]
pub fn takes_a_vault(folder: &Path) -> bool {
    match RealFs.list(folder) {
        Ok(listed) => listed.is_empty(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// The nearest folder above that exists.
fn nearest(fs: &dyn VaultFs, folder: &Path) -> io::Result<PathBuf> {
    let above =
        folder.ancestors().skip(1).map(|above| if above.as_os_str().is_empty() { Path::new(".") } else { above });
    above.filter_map(|above| fs.resolve(above).ok()).next().ok_or(io::ErrorKind::NotFound.into())
}

fn refuse_inside_a_vault(fs: &dyn VaultFs, folder: &Path) -> Result<(), RestoreError> {
    if in_a_vault(fs, folder)? { Err(RestoreError::InVault) } else { Ok(()) }
}
