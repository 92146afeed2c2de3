//! Opening the last back-up. One that was made after a lock was compared byte for byte
//! and never opened: whoever has the keys next proves it.

use crate::backup::error::ReadBackupError;
use crate::backup::make::Made;
use crate::backup::plan::BackupPlan;
use crate::backup::read::BackupFile;
use crate::finding::DiskTrouble;
use crate::fs::VaultFs;
use crate::keys::Keys;
use crate::local::LocalState;
use crate::vault::Vault;
use std::path::PathBuf;
use std::sync::{Arc, Weak};

/// Opens the last back-up with keys of its own, so that nobody has to wait for it.
pub struct BackupProof {
    fs: Arc<dyn VaultFs>,
    keys: Keys,
    /// Gone when the vault is closed.
    open: Weak<()>,
    plan: BackupPlan,
    name: String,
}

impl Vault {
    /// What opens the last back-up of a plan; `None` before one was made.
    #[must_use]
    pub fn backup_proof(&self, plan: &BackupPlan) -> Option<BackupProof> {
        Some(BackupProof {
            fs: Arc::clone(&self.store.folder.fs),
            keys: self.store.keys.again(),
            open: Arc::downgrade(&self.open),
            name: plan.last.as_ref()?.name.clone(),
            plan: plan.clone(),
        })
    }
}

impl BackupProof {
    /// Where it stands.
    #[must_use]
    pub fn file(&self) -> PathBuf {
        self.plan.folder.join(&self.name)
    }

    /// Compares every byte with what was written, opens everything, and notes in the plan
    /// what that was worth. Of a back-up of other keys nothing is noted, and neither when the
    /// vault is closed meanwhile.
    ///
    /// # Errors
    /// When the file is not there, or is not what was written.
    pub fn run(self, local: &LocalState) -> Result<Made, ReadBackupError> {
        // What is bad is read twice: a stick can stutter.
        let found = self.look().or_else(|_| self.look());
        let there = self.fs.read_head(&self.file(), 0).is_ok();
        // A note that cannot be written is made after the next unlock.
        let _ = local.change_backup_plan(&self.plan, |plan| {
            // A newer one may have been made meanwhile; this one says nothing of that.
            if plan.last.as_ref().is_none_or(|last| last.name != self.name) {
                return;
            }
            match &found {
                Ok(Made { contents: Some(contents), .. }) if !contents.other_keys => {
                    plan.note_opened(&self.name, contents);
                }
                Err(ReadBackupError::Damaged | ReadBackupError::NotABackup) => plan.note_spoiled(),
                // The file is there, and its disk cannot read all of it.
                Err(ReadBackupError::Disk(DiskTrouble::Other(_))) if there => plan.note_spoiled(),
                _ => {}
            }
        });
        found
    }

    fn look(&self) -> Result<Made, ReadBackupError> {
        let mut backup = BackupFile::open_on(Arc::clone(&self.fs), &self.file())?;
        backup.check()?;
        let contents = backup.contents_while(&self.keys, || self.open.strong_count() > 0);
        // A stick that was pulled out meanwhile makes no file bad.
        if contents.as_ref().is_some_and(|contents| !contents.bad.is_empty()) {
            backup.check()?;
        }
        Ok(Made { file: self.file(), size: backup.size(), cases: backup.cases(), contents })
    }
}
