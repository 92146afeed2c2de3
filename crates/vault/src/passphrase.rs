//! The passphrase and the recovery code: changing them, and getting in without.

use crate::finding::{Finding, OpenError, SaveError};
use crate::fs::Listed;
use crate::header::{self, HEAD_BYTES};
use crate::keys::Keys;
use crate::local::LocalState;
use crate::object::Object;
use crate::pins::Pins;
use crate::publish::{Displaced, Folder, PREVIOUS, TEMP};
use crate::real_fs::real_disk;
use crate::recovery_code::RecoveryCode;
use crate::secret::Passphrase;
use crate::store::{Proof, Store, keys_mark};
use crate::vault::Vault;
use crate::{identities, rotation, seal, unlock};
use chrono::{DateTime, Utc};
use std::io;
use std::path::{Path, PathBuf};

impl Vault {
    /// Opens a vault with its recovery code and gives it a new passphrase.
    ///
    /// # Errors
    /// As [`Vault::unlock`]; also when the new passphrase could not be written. Until
    /// both copies are written the code keeps working.
    pub fn recover(
        folder: &Path,
        code: &RecoveryCode,
        new: &Passphrase,
        local: &LocalState,
        now: DateTime<Utc>,
    ) -> Result<Self, OpenError> {
        let (folder, mut locks) = unlock::enter(real_disk(), folder)?;
        let keys = match identities::read_keys(&folder, Object::Recovery, &code.passphrase()) {
            Ok(Some(keys)) => keys,
            Ok(None) => return Err(OpenError::WrongRecoveryCode),
            Err(Finding::Missing(_)) if !folder.has_identity() => return Err(OpenError::NotAVault),
            Err(finding) => return Err(OpenError::File(finding)),
        };
        match identities::practice_belongs(&folder, &keys) {
            // A practice that is not there may be in `.tmp/`, which unlocking looks through.
            Ok(()) | Err(Finding::Missing(_)) => {}
            // The code of another vault must not replace the identity of this one.
            Err(finding) => return Err(OpenError::File(finding)),
        }
        locks.extend(local.lock(keys.vault_id)?);
        for name in [PREVIOUS, TEMP] {
            folder.fs.create_dir(&folder.root.join(name)).map_err(SaveError::from)?;
        }
        let mut pins = local.pins(&keys, &folder.root);
        let (keys, _) = identities::without_retired(keys, &pins);
        let mut store = Store::new(folder, keys, local.device());
        replace_passphrase(&mut store, &mut pins, new)?;
        drop(locks);
        Self::unlock(&store.folder.root, new, local, now)
    }

    /// Gives the vault another passphrase. Older copies of the folder, in backups or
    /// sync history, keep opening with the old one.
    ///
    /// # Errors
    /// When the old passphrase is not right, or the disk would not take it; one of the
    /// two copies then still opens with the old or already with the new one.
    pub fn change_passphrase(&mut self, old: &Passphrase, new: &Passphrase) -> Result<(), SaveError> {
        self.is_passphrase(old)?;
        replace_passphrase(&mut self.store, &mut self.pins, new)
    }

    /// Proves that this is the passphrase of this vault.
    pub(crate) fn is_passphrase(&self, passphrase: &Passphrase) -> Result<(), SaveError> {
        let ours = |keys: &Keys| {
            let same = *keys.to_file() == *self.store.keys.to_file();
            if same { Ok(()) } else { Err(Finding::Foreign(Object::Identity)) }
        };
        match identities::keys_by_passphrase(&self.store.folder, &passphrase.0, ours) {
            Ok(_) => Ok(()),
            Err(OpenError::WrongPassphrase) => Err(SaveError::WrongPassphrase),
            Err(OpenError::File(finding)) => Err(SaveError::File(finding)),
            Err(_) => Err(SaveError::File(Finding::Missing(Object::Identity))),
        }
    }

    /// Makes a new recovery code; the one on paper no longer opens this folder, also no
    /// version of `recovery.age` that was kept in it.
    ///
    /// # Errors
    /// When the disk would not take it, or the keys are being changed; the old code then
    /// keeps working.
    pub fn new_recovery_code(&mut self) -> Result<RecoveryCode, SaveError> {
        // How the rotation ends was sealed with its own code, and that is on paper.
        if self.is_rotating() {
            return Err(SaveError::Rotating);
        }
        let code = RecoveryCode::make();
        // First the kept versions: once the new code is made it must be told, whatever
        // goes wrong after that.
        self.store.folder.forget_kept("recovery")?;
        let mark = self.store.save_keys(Object::Recovery, &code.passphrase(), Proof::Opening, Displaced::Dropped)?;
        self.pins.saved(Object::Recovery, mark);
        // Only its code can prove this file, so a power cut must not make it look changed.
        let _ = self.pins.compact();
        // What stood there may have been unreadable and was set aside.
        let _ = self.store.folder.forget_kept("recovery");
        self.findings.retain(|finding| finding.object() != Object::Recovery);
        Ok(code)
    }

    /// Whether a code from paper opens `recovery.age` now: `false` when it is the code
    /// of an older sheet, or of another vault.
    ///
    /// # Errors
    /// When the file is not there, damaged, or holds the identity of another vault: a
    /// new sheet is needed then.
    pub fn prove_recovery_code(&mut self, code: &RecoveryCode) -> Result<bool, Finding> {
        let object = Object::Recovery;
        let folder = &self.store.folder;
        let sealed = folder.fs.read(&folder.path(object), object.size_cap());
        let sealed = sealed.map_err(|error| Finding::unreadable(object, &error))?;
        let Some(keys) = seal::open_keys(&sealed, &code.passphrase(), object)? else { return Ok(false) };
        if !keys.open_what_opens(&self.store.keys) {
            return Err(Finding::Foreign(object));
        }
        self.pins.saved(object, keys_mark(&sealed));
        self.findings.retain(|finding| *finding != Finding::Unproven(object));
        Ok(true)
    }
}

fn replace_passphrase(store: &mut Store, pins: &mut Pins, new: &Passphrase) -> Result<(), SaveError> {
    let keys = rotation::with_passphrase(&store.keys, new)?;
    let before = std::mem::replace(&mut store.keys, keys);
    save_both(store, pins, new).inspect_err(|_| store.keys = before)?;
    let _ = store.folder.forget_kept("vault");
    Ok(())
}

/// Writes both copies of the identity, one after the other, each proved by opening it
/// before it replaces the old.
fn save_both(store: &Store, pins: &mut Pins, passphrase: &Passphrase) -> Result<(), SaveError> {
    let both = [Object::Identity, Object::IdentityCopy];
    // Should the program die between the two, the next unlock proves both.
    both.into_iter().for_each(|object| pins.doubt(object));
    let _ = pins.compact();
    for object in both {
        let mark = store.save_keys(object, &passphrase.0, Proof::Opening, Displaced::Dropped)?;
        pins.saved(object, mark);
    }
    Ok(())
}

impl Folder {
    fn has_identity(&self) -> bool {
        [Object::Identity, Object::IdentityCopy].iter().any(|o| self.fs.read_head(&self.path(*o), 1).is_ok())
    }

    /// Removes every kept version of the sealed identity whose file names begin with
    /// `stem`, because a secret that was revoked must open nothing. A version is known
    /// by its name and by its one scrypt stanza; in `.tmp/`, where names say nothing, by
    /// the stanza alone.
    pub(crate) fn forget_kept(&self, stem: &str) -> Result<(), SaveError> {
        let in_use = [Object::Identity, Object::IdentityCopy, Object::Recovery].map(|object| self.path(object));
        let (previous, temporary) = (self.root.join(PREVIOUS), self.root.join(TEMP));
        let dated = self.entries(&previous)?.into_iter().filter(|entry| !entry.file);
        let mut folders: Vec<PathBuf> = dated.map(|entry| previous.join(entry.name)).collect();
        folders.extend([self.root.clone(), previous, temporary.clone()]);
        for folder in folders {
            let mut removed = false;
            for entry in self.entries(&folder)?.into_iter().filter(|entry| entry.file) {
                let path = folder.join(&entry.name);
                let may_be = folder == temporary || is_version_name(stem, &entry.name);
                if may_be && !in_use.contains(&path) && self.is_sealed_with_secret(&path)? {
                    self.fs.remove(&path)?;
                    removed = true;
                }
            }
            if removed {
                self.fs.sync_dir(&folder)?;
            }
        }
        Ok(())
    }

    /// The entries of a folder; none when it is not there.
    pub(crate) fn entries(&self, folder: &Path) -> Result<Vec<Listed>, SaveError> {
        match self.fs.list(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            listed => Ok(listed?),
        }
    }

    fn is_sealed_with_secret(&self, path: &Path) -> Result<bool, SaveError> {
        match self.fs.read_head(path, HEAD_BYTES) {
            // What goes away by itself opens nothing.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            head => Ok(header::scan(&head?.bytes, Object::Recovery).is_ok()),
        }
    }
}

/// Whether a name is the stem with something behind it, as kept versions and the
/// conflict copies of sync programs have.
fn is_version_name(stem: &str, name: &str) -> bool {
    name.strip_prefix(stem).is_some_and(|rest| rest.ends_with(".age") && !rest.starts_with(char::is_alphanumeric))
}
