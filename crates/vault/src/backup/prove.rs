//! Opening the last back-up. One that was made after a lock was compared byte for byte
//! and never opened: whoever has the keys next proves it.

use crate::backup::error::ReadBackupError;
use crate::backup::make::Made;
use crate::backup::plan::BackupPlan;
use crate::backup::read::BackupFile;
use crate::fs::VaultFs;
use crate::keys::Keys;
use crate::local::LocalState;
use crate::vault::Vault;
use std::path::PathBuf;
use std::sync::Arc;

/// Opens the last back-up with keys of its own, so that nobody has to wait for it.
pub struct BackupProof {
    fs: Arc<dyn VaultFs>,
    keys: Keys,
    vault: PathBuf,
    file: PathBuf,
    name: String,
}

impl Vault {
    /// What opens the last back-up of a plan; `None` before one was made.
    #[must_use]
    pub fn backup_proof(&self, plan: &BackupPlan) -> Option<BackupProof> {
        let last = plan.last.as_ref()?;
        Some(BackupProof {
            fs: Arc::clone(&self.store.folder.fs),
            keys: self.store.keys.again(),
            vault: plan.vault.clone(),
            file: plan.folder.join(&last.name),
            name: last.name.clone(),
        })
    }
}

impl BackupProof {
    /// Compares every byte with what was written, opens everything, and notes in the plan
    /// what that was worth. A back-up of other keys says nothing, so nothing is noted.
    ///
    /// # Errors
    /// When the file is not there, or is not what was written.
    pub fn run(self, local: &LocalState) -> Result<Made, ReadBackupError> {
        // What is bad is read twice: a stick can stutter.
        let found = match self.look() {
            Err(ReadBackupError::Damaged) => self.look(),
            Ok(made) if made.contents.as_ref().is_some_and(|contents| !contents.bad.is_empty()) => self.look(),
            found => found,
        };
        // Who makes a back-up at this moment writes the plan, and this one is the last no more.
        let Ok(_held) = local.lock_backup(self.keys.vault_id) else { return found };
        let Some(mut plan) = local.backup_plan(&self.vault) else { return found };
        if plan.last.as_ref().is_none_or(|last| last.name != self.name) {
            return found;
        }
        match &found {
            Ok(Made { contents: Some(contents), .. }) if !contents.other_keys => plan.note_opened(&self.name, contents),
            Err(ReadBackupError::Damaged | ReadBackupError::NotABackup) => plan.damaged = true,
            _ => return found,
        }
        // A note that cannot be written is made after the next unlock.
        let _ = local.set_backup_plan(&plan);
        found
    }

    fn look(&self) -> Result<Made, ReadBackupError> {
        let mut backup = BackupFile::open_on(Arc::clone(&self.fs), &self.file)?;
        backup.check()?;
        let contents = backup.contents(&self.keys);
        // A stick that was pulled out meanwhile makes no file bad.
        if !contents.bad.is_empty() {
            backup.check()?;
        }
        Ok(Made { file: self.file.clone(), size: backup.size(), cases: backup.cases(), contents: Some(contents) })
    }
}
