//! The passphrase and the recovery code: changing them, and getting in without.

use crate::finding::{Finding, OpenError, SaveError};
use crate::keys::Keys;
use crate::local::LocalState;
use crate::object::Object;
use crate::pins::Pins;
use crate::publish::{Displaced, Folder, PREVIOUS, TEMP};
use crate::real_fs::RealFs;
use crate::recovery_code::RecoveryCode;
use crate::secret::Passphrase;
use crate::store::{Proof, Store};
use crate::unlock;
use crate::vault::Vault;
use chrono::{DateTime, Utc};
use std::path::Path;
use std::sync::Arc;

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
        let (folder, mut locks) = unlock::enter(Arc::new(RealFs), folder)?;
        let keys = match unlock::read_keys(&folder, Object::Recovery, &code.passphrase()) {
            Ok(Some(keys)) => keys,
            Ok(None) => return Err(OpenError::WrongRecoveryCode),
            Err(Finding::Missing(_)) if !folder.has_identity() => return Err(OpenError::NotAVault),
            Err(finding) => return Err(OpenError::File(finding)),
        };
        match unlock::practice_belongs(&folder, &keys) {
            // A practice that is not there may be in `.tmp/`, which unlocking looks through.
            Ok(()) | Err(Finding::Missing(_)) => {}
            // The code of another vault must not replace the identity of this one.
            Err(finding) => return Err(OpenError::File(finding)),
        }
        locks.extend(local.lock(keys.vault_id)?);
        for name in [PREVIOUS, TEMP] {
            folder.fs.create_dir(&folder.root.join(name)).map_err(SaveError::from)?;
        }
        let mut pins = local.pins(&keys);
        let store = Store::new(folder, keys, local.device());
        replace_passphrase(&store, &mut pins, new)?;
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
        let ours = |keys: &Keys| {
            let same = *keys.to_file() == *self.store.keys.to_file();
            if same { Ok(()) } else { Err(Finding::Foreign(Object::Identity)) }
        };
        match unlock::keys_by_passphrase(&self.store.folder, &old.0, ours) {
            Ok(_) => replace_passphrase(&self.store, &mut self.pins, new),
            Err(OpenError::WrongPassphrase) => Err(SaveError::WrongPassphrase),
            Err(OpenError::File(finding)) => Err(SaveError::File(finding)),
            Err(_) => Err(SaveError::File(Finding::Missing(Object::Identity))),
        }
    }

    /// Makes a new recovery code; the one on paper no longer opens this folder.
    ///
    /// # Errors
    /// When the disk would not take it; the old code then keeps working.
    pub fn new_recovery_code(&mut self) -> Result<RecoveryCode, SaveError> {
        let code = RecoveryCode::make();
        let mark = self.store.save_keys(Object::Recovery, &code.passphrase(), Proof::Opening, Displaced::Dropped)?;
        self.pins.saved(Object::Recovery, mark);
        self.store.folder.forget_previous(Object::Recovery);
        Ok(code)
    }
}

fn replace_passphrase(store: &Store, pins: &mut Pins, new: &Passphrase) -> Result<(), SaveError> {
    // One after the other, each proved by opening it before it replaces the old.
    for object in [Object::Identity, Object::IdentityCopy] {
        let mark = store.save_keys(object, &new.0, Proof::Opening, Displaced::Dropped)?;
        pins.saved(object, mark);
    }
    for object in [Object::Identity, Object::IdentityCopy] {
        store.folder.forget_previous(object);
    }
    Ok(())
}

impl Folder {
    fn has_identity(&self) -> bool {
        [Object::Identity, Object::IdentityCopy].iter().any(|o| self.fs.read_head(&self.path(*o), 1).is_ok())
    }

    /// Removes the displaced copy of a file whose secret was revoked.
    fn forget_previous(&self, object: Object) {
        let _ = self.fs.remove(&self.previous(object));
    }
}
