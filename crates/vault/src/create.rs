//! Making a vault.

use crate::finding::{CreateError, DiskTrouble, OpenError, SaveError};
use crate::fs::{Held, VaultFs, create_lasting_dir, write_new};
use crate::inbox;
use crate::keys::Keys;
use crate::local::LocalState;
use crate::object::Object;
use crate::publish::{Displaced, Folder, PREVIOUS, TEMP};
use crate::real_fs::real_disk;
use crate::recovery_code::RecoveryCode;
use crate::register::Register;
use crate::secret::Passphrase;
use crate::store::{Content, Proof, Store};
use crate::unlock::{self, Opened};
use crate::vault::Vault;
use casebook::Stamp;
use casebook::practice::Practice;
use chrono::{DateTime, Utc};
use std::io;
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;

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
        Self::create_on(real_disk(), folder, passphrase, local, now)
    }

    pub(crate) fn create_on(
        fs: Arc<dyn VaultFs>,
        folder: &Path,
        passphrase: &Passphrase,
        local: &LocalState,
        now: DateTime<Utc>,
    ) -> Result<(Self, RecoveryCode), CreateError> {
        match fs.list(folder) {
            Ok(listed) if !listed.is_empty() => return Err(CreateError::NotEmpty),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(disk(error)),
        }
        create_lasting_dir(&*fs, folder).map_err(disk)?;
        let (folder, locks) = unlock::enter(fs, folder).map_err(|error| match error {
            OpenError::Disk(trouble) => CreateError::Disk(trouble),
            _ => CreateError::Disk(DiskTrouble::Taken),
        })?;
        // Another program may have made its vault here before the lock was ours.
        if !folder.fs.list(&folder.root).map_err(disk)?.is_empty() {
            return Err(CreateError::NotEmpty);
        }
        let mut written = Written::default();
        let filled = Self::fill(folder.clone(), locks, passphrase, local, now, &mut written);
        filled.inspect_err(|_| written.remove(&folder))
    }

    fn fill(
        folder: Folder,
        mut locks: Vec<Box<dyn Held>>,
        passphrase: &Passphrase,
        local: &LocalState,
        now: DateTime<Utc>,
        written: &mut Written,
    ) -> Result<(Self, RecoveryCode), CreateError> {
        for name in FOLDERS {
            folder.fs.create_dir(&folder.root.join(name)).map_err(disk)?;
        }
        write_new(&*folder.fs, &folder.root.join(README_NAME), README.as_bytes()).map_err(disk)?;
        written.readme = true;
        let keys = Keys::make();
        locks.extend(local.lock(keys.vault_id).ok().flatten());
        let mut pins = local.pins(&keys, &folder.root);
        let mut store = Store::new(folder, keys, local.device());
        let mut practice = Practice::default();
        let stamp = Stamp { device: local.device(), at: now, session: Uuid::new_v4() };
        inbox::add_key(&mut practice.inbox_keys, stamp);
        let practice_mark =
            written.note(Object::Practice, |object| store.save(object, Content::Practice(&practice), None, now))?;
        pins.saved(Object::Practice, practice_mark);
        let code = RecoveryCode::make();
        // The passphrase copies come last: a folder without them is not yet a vault.
        for (object, secret) in [
            (Object::Recovery, &code.passphrase()),
            (Object::IdentityCopy, &passphrase.0),
            (Object::Identity, &passphrase.0),
        ] {
            let mark = written.note(object, |object| {
                if store.folder.header(object)?.is_some() {
                    return Err(SaveError::ChangedElsewhere(object));
                }
                store.save_keys(object, secret, Proof::Bytes, Displaced::Dropped)
            })?;
            pins.saved(object, mark);
        }
        inbox::remember(local, &store.folder, &practice);
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

fn disk(error: io::Error) -> CreateError {
    CreateError::Disk(DiskTrouble::from(&error))
}

/// What was written so far, to take it back: a vault that opens and whose recovery code
/// nobody ever saw would keep its owner out on the day that she needs the code.
#[derive(Default)]
struct Written {
    readme: bool,
    objects: Vec<Object>,
}

impl Written {
    /// Writes an object. A save that fails may still have put its file in its place;
    /// only a place that was taken holds somebody else's.
    fn note<T>(&mut self, object: Object, save: impl FnOnce(Object) -> Result<T, SaveError>) -> Result<T, SaveError> {
        let saved = save(object);
        if !matches!(saved, Err(SaveError::ChangedElsewhere(_))) {
            self.objects.push(object);
        }
        saved
    }

    /// Removes it again, the passphrase copies first: without them it is no vault.
    fn remove(&self, folder: &Folder) {
        let fs = &*folder.fs;
        for object in self.objects.iter().rev() {
            let _ = fs.remove(&folder.path(*object));
        }
        if self.readme {
            let _ = fs.remove(&folder.root.join(README_NAME));
        }
        // The folder was empty when it was locked, so what has such a name is ours.
        let temporary = folder.root.join(TEMP);
        for listed in fs.list(&temporary).unwrap_or_default() {
            if listed.name.strip_suffix(".age").is_some_and(|stem| stem.parse::<Uuid>().is_ok()) {
                let _ = fs.remove(&temporary.join(listed.name));
            }
        }
        for name in FOLDERS {
            let _ = fs.remove_dir(&folder.root.join(name));
        }
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
