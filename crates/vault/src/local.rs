//! What this computer keeps for itself, outside every vault: its own id, the pins,
//! locks, for whom to seal a quick note, and a few settings. A word of a case only sealed:
//! what no vault would take at a lock.

use crate::backup::{BackupError, BackupPlan};
use crate::finding::{DiskTrouble, OpenError};
use crate::fs::{Held, VaultFs, write_new};
use crate::header::hex;
use crate::keys::Keys;
use crate::pins::Pins;
use crate::real_fs::real_disk;
use sha2::{Digest, Sha256};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

const CAP: u64 = 64 * 1024;
/// Words put aside are a few notes.
const WORDS_CAP: u64 = 64 * 1024 * 1024;

/// The folder with this computer's own state; the caller says where it is.
pub struct LocalState {
    fs: Arc<dyn VaultFs>,
    folder: PathBuf,
    device: Uuid,
}

impl LocalState {
    /// Opens the folder, making it and this computer's id when they are not there.
    ///
    /// # Errors
    /// When the folder cannot be made or written.
    pub fn open(folder: &Path) -> Result<Self, DiskTrouble> {
        Self::open_on(real_disk(), folder)
    }

    pub(crate) fn open_on(fs: Arc<dyn VaultFs>, folder: &Path) -> Result<Self, DiskTrouble> {
        for name in ["pins", "locks", "inboxes", "words", "backups"] {
            fs.create_dir(&folder.join(name))?;
        }
        let path = folder.join("device");
        let known = fs.read(&path, CAP).ok().and_then(|bytes| String::from_utf8(bytes).ok()?.trim().parse().ok());
        let state = Self { fs, folder: folder.to_owned(), device: known.unwrap_or_else(Uuid::new_v4) };
        if known.is_none() {
            state.replace(&path, format!("{}\n", state.device).as_bytes())?;
        }
        Ok(state)
    }

    /// The id of this computer, which every revision carries.
    #[must_use]
    pub fn device(&self) -> Uuid {
        self.device
    }

    /// The folder itself.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// One setting, for example the theme.
    #[must_use]
    pub fn setting(&self, key: &str) -> Option<String> {
        let wanted =
            |line: &str| line.split_once('=').filter(|(name, _)| *name == key).map(|(_, value)| value.to_owned());
        self.settings().lines().find_map(wanted)
    }

    /// Sets one setting. Key and value are one line of text; an empty value removes it.
    ///
    /// # Errors
    /// When the file cannot be written, or the text is more than one line.
    pub fn set_setting(&self, key: &str, value: &str) -> Result<(), DiskTrouble> {
        if key.is_empty() || key.contains(['=', '\n', '\r']) || value.contains(['\n', '\r']) {
            return Err(DiskTrouble::Other(io::ErrorKind::InvalidData));
        }
        let other = |line: &&str| line.split_once('=').is_some_and(|(name, _)| name != key);
        let mut text: String = self.settings().lines().filter(other).map(|line| format!("{line}\n")).collect();
        if !value.is_empty() {
            text.push_str(&format!("{key}={value}\n"));
        }
        self.replace(&self.folder.join("settings"), text.as_bytes())
    }

    fn settings(&self) -> String {
        let bytes = self.fs.read(&self.folder.join("settings"), CAP).unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }

    fn replace(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskTrouble> {
        let step = path.with_extension(format!("{}.part", Uuid::new_v4()));
        if let Err(error) = write_new(&*self.fs, &step, bytes) {
            // Half a file helps nobody, least of all on a full disk.
            let _ = self.fs.remove(&step);
            return Err(error.into());
        }
        Ok(self.fs.rename(&step, path)?)
    }

    /// For whom a note is sealed while the vault in this folder is locked.
    pub(crate) fn inbox(&self, root: &Path) -> Option<String> {
        String::from_utf8(self.fs.read(&self.inbox_path(root), CAP).ok()?).ok()
    }

    /// Keeps [`LocalState::inbox`], when it is not known already.
    pub(crate) fn remember_inbox(&self, root: &Path, recipient: &str) -> Result<(), DiskTrouble> {
        if self.inbox(root).as_deref() == Some(recipient) {
            return Ok(());
        }
        self.replace(&self.inbox_path(root), recipient.as_bytes())
    }

    /// A locked vault is known by its folder only, whose name may be anything.
    fn inbox_path(&self, root: &Path) -> PathBuf {
        let name = Sha256::digest(root.as_os_str().as_encoded_bytes());
        self.folder.join("inboxes").join(hex(&name))
    }

    fn words_path(&self, vault_id: Uuid) -> PathBuf {
        self.folder.join("words").join(format!("{vault_id}.age"))
    }

    /// Keeps sealed words of a vault that could not take them.
    pub(crate) fn keep_words(&self, vault_id: Uuid, sealed: &[u8]) -> Result<(), DiskTrouble> {
        self.replace(&self.words_path(vault_id), sealed)?;
        Ok(self.fs.sync_dir(&self.folder.join("words"))?)
    }

    pub(crate) fn words(&self, vault_id: Uuid) -> Option<Vec<u8>> {
        self.fs.read(&self.words_path(vault_id), WORDS_CAP).ok()
    }

    /// Gives words that nothing here opens another name, so that they are not replaced.
    pub(crate) fn set_words_apart(&self, vault_id: Uuid) {
        let path = self.words_path(vault_id);
        let _ = self.fs.rename_noreplace(&path, &path.with_extension(format!("{}.age", Uuid::new_v4())));
    }

    pub(crate) fn forget_words(&self, vault_id: Uuid) {
        // Words that are saved twice stand in the vault as one more revision.
        let _ = self.fs.remove(&self.words_path(vault_id));
    }

    /// The lock on one vault, however its folder was reached.
    pub(crate) fn lock(&self, vault_id: Uuid) -> Result<Option<Box<dyn Held>>, OpenError> {
        match self.fs.lock(&self.folder.join("locks").join(vault_id.to_string())) {
            Ok(held) => Ok(Some(held)),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Err(OpenError::InUse),
            // A disk without locks must not keep the owner out; the folder has its own.
            Err(_) => Ok(None),
        }
    }

    /// The lock that keeps two back-ups of one vault apart.
    pub(crate) fn lock_backup(&self, vault_id: Uuid) -> Result<Option<Box<dyn Held>>, BackupError> {
        match self.fs.lock(&self.folder.join("locks").join(format!("backup-{vault_id}"))) {
            Ok(held) => Ok(Some(held)),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Err(BackupError::Busy),
            Err(_) => Ok(None),
        }
    }

    /// The pins of one vault in one folder.
    pub(crate) fn pins(&self, keys: &Keys, root: &Path) -> Pins {
        let apart = self.pins_of_folder(root);
        let shared = self.folder.join("pins").join(keys.vault_id.to_string());
        let path = if self.fs.read_head(&apart, 0).is_ok() { apart } else { shared };
        Pins::read(Arc::clone(&self.fs), path, keys.vault_id, keys.derive_pin_keys())
    }

    /// From now on this folder, where a back-up was put back, is compared with what was
    /// seen of this folder: it is older than the vault it was made of, and rightly so.
    pub(crate) fn pin_apart(&self, root: &Path) -> Result<(), DiskTrouble> {
        self.replace(&self.pins_of_folder(root), b"")
    }

    fn pins_of_folder(&self, root: &Path) -> PathBuf {
        self.folder.join("pins").join(format!("folder-{}", name_of(root)))
    }

    /// Where and when back-ups of the vault in this folder are made, if that was said.
    #[must_use]
    pub fn backup_plan(&self, vault: &Path) -> Option<BackupPlan> {
        let root = self.fs.resolve(vault).ok()?;
        let bytes = self.fs.read(&self.folder.join("backups").join(name_of(&root)), CAP).ok()?;
        BackupPlan::read(&String::from_utf8(bytes).ok()?).filter(|plan| plan.vault == root)
    }

    /// Changes the plan that stands written down, or else this one, while no other thread does.
    ///
    /// # Errors
    /// As [`LocalState::set_backup_plan`].
    pub fn change_backup_plan(
        &self,
        plan: &BackupPlan,
        change: impl FnOnce(&mut BackupPlan),
    ) -> Result<(), DiskTrouble> {
        static ONE: Mutex<()> = Mutex::new(());
        let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let mut plan = self.backup_plan(&plan.vault).unwrap_or_else(|| plan.clone());
        change(&mut plan);
        self.set_backup_plan(&plan)
    }

    /// Notes where and when back-ups are made.
    ///
    /// # Errors
    /// When it cannot be written, or a path in it is more than one line.
    pub fn set_backup_plan(&self, plan: &BackupPlan) -> Result<(), DiskTrouble> {
        self.replace(&self.folder.join("backups").join(name_of(&plan.vault)), plan.write()?.as_bytes())
    }
}

/// A name for what belongs to one folder: paths have signs that names cannot have.
fn name_of(root: &Path) -> String {
    hex(&Sha256::digest(root.as_os_str().as_encoded_bytes()))[..32].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_and_the_device_id_stay() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let state = LocalState::open(folder.path()).expect("it can be written");
        state.set_setting("theme", "dark").expect("it can be written");
        state.set_setting("vault", "/media/a=b/kluis").expect("it can be written");
        state.set_setting("theme", "light").expect("it can be written");
        let again = LocalState::open(folder.path()).expect("it is there");
        assert_eq!(again.device(), state.device());
        assert_eq!(again.setting("theme").as_deref(), Some("light"));
        assert_eq!(again.setting("vault").as_deref(), Some("/media/a=b/kluis"));
        assert!(again.set_setting("theme", "dark\nvault=x").is_err());
        again.set_setting("theme", "").expect("it can be written");
        assert_eq!(again.setting("theme"), None);
    }
}
