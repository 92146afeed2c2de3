//! Making a vault.

use crate::finding::{CreateError, DiskTrouble, OpenError, SaveError};
use crate::fs::{VaultFs, write_new};
use crate::keys::Keys;
use crate::local::LocalState;
use crate::object::Object;
use crate::publish::{Displaced, PREVIOUS, TEMP};
use crate::real_fs::RealFs;
use crate::recovery_code::RecoveryCode;
use crate::register::Register;
use crate::secret::Passphrase;
use crate::store::{Content, Proof, Store};
use crate::unlock::{self, Opened};
use crate::vault::Vault;
use casebook::practice::Practice;
use chrono::{DateTime, Utc};
use std::io;
use std::path::Path;
use std::sync::Arc;

/// How to open the vault without this program; it holds no secret.
pub(crate) const README: &str = include_str!("leesmij.txt");
pub(crate) const README_NAME: &str = "LEESMIJ.txt";
const FOLDERS: [&str; 5] = ["cases", "attachments", "inbox", PREVIOUS, TEMP];

impl Vault {
    /// Makes a vault in a folder that does not exist or is empty, and opens it.
    ///
    /// # Errors
    /// When the folder has something in it, or the disk would not take it.
    pub fn create(
        folder: &Path,
        passphrase: &Passphrase,
        local: &LocalState,
        now: DateTime<Utc>,
    ) -> Result<(Self, RecoveryCode), CreateError> {
        Self::create_on(Arc::new(RealFs), folder, passphrase, local, now)
    }

    pub(crate) fn create_on(
        fs: Arc<dyn VaultFs>,
        folder: &Path,
        passphrase: &Passphrase,
        local: &LocalState,
        now: DateTime<Utc>,
    ) -> Result<(Self, RecoveryCode), CreateError> {
        let disk = |error: io::Error| CreateError::Disk(DiskTrouble::from(&error));
        match fs.list(folder) {
            Ok(listed) if !listed.is_empty() => return Err(CreateError::NotEmpty),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => fs.create_dir(folder).map_err(disk)?,
            Err(error) => return Err(disk(error)),
        }
        Self::fill(Arc::clone(&fs), folder, passphrase, local, now).inspect_err(|_| remove_all(&*fs, folder))
    }

    fn fill(
        fs: Arc<dyn VaultFs>,
        folder: &Path,
        passphrase: &Passphrase,
        local: &LocalState,
        now: DateTime<Utc>,
    ) -> Result<(Self, RecoveryCode), CreateError> {
        let io_trouble = |error: io::Error| CreateError::Disk(DiskTrouble::from(&error));
        let (folder, mut locks) = unlock::enter(fs, folder).map_err(|error| match error {
            OpenError::Disk(trouble) => CreateError::Disk(trouble),
            _ => CreateError::Disk(DiskTrouble::Taken),
        })?;
        for name in FOLDERS {
            folder.fs.create_dir(&folder.root.join(name)).map_err(io_trouble)?;
        }
        write_new(&*folder.fs, &folder.root.join(README_NAME), README.as_bytes()).map_err(io_trouble)?;
        let keys = Keys::make();
        locks.extend(local.lock(keys.vault_id).ok().flatten());
        let mut pins = local.pins(&keys);
        let mut store = Store::new(folder, keys, local.device());
        let practice = Practice::default();
        let practice_mark = store.save(Object::Practice, Content::Practice(&practice), None, now)?;
        pins.saved(Object::Practice, practice_mark);
        let code = RecoveryCode::make();
        // The passphrase copies come last: a folder without them is not yet a vault.
        for (object, secret) in [
            (Object::Recovery, &code.passphrase()),
            (Object::IdentityCopy, &passphrase.0),
            (Object::Identity, &passphrase.0),
        ] {
            let mark = store.save_keys(object, secret, Proof::Bytes, Displaced::Dropped)?;
            pins.saved(object, mark);
        }
        let vault = Self::from_opened(Opened {
            store,
            pins,
            locks,
            practice,
            practice_mark,
            register: Register::default(),
            register_mark: None,
            register_stale: true,
            unlisted: Vec::new(),
            findings: Vec::new(),
        });
        Ok((vault, code))
    }
}

/// Takes back a vault that could not be made whole. Only what this program makes is
/// removed, from a folder that was empty.
fn remove_all(fs: &dyn VaultFs, folder: &Path) {
    for object in [Object::Identity, Object::IdentityCopy, Object::Recovery, Object::Practice] {
        let _ = fs.remove(&folder.join(object.path()));
    }
    let _ = fs.remove(&folder.join(README_NAME));
    for name in FOLDERS {
        let _ = fs.remove_dir(&folder.join(name));
    }
}

impl From<SaveError> for CreateError {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::Disk(trouble) => Self::Disk(trouble),
            _ => Self::Unproven,
        }
    }
}
