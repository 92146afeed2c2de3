//! Making a back-up where and when the plan of this computer says, with or without an
//! open vault.

use crate::backup::contents::Contents;
use crate::backup::error::BackupError;
use crate::backup::keep;
use crate::backup::part::fingerprint;
use crate::backup::plan::{BackupPlan, LastBackup, Rhythm};
use crate::backup::read::BackupFile;
use crate::backup::write::{Copied, write};
use crate::finding::DiskTrouble;
use crate::fs::VaultFs;
use crate::keys::Keys;
use crate::local::LocalState;
use crate::object::Object;
use crate::real_fs::{RealFs, real_disk};
use crate::vault::Vault;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A back-up that was made and proved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Made {
    /// The file.
    pub file: PathBuf,
    /// Its length.
    pub size: u64,
    /// How many cases are in it.
    pub cases: usize,
    /// What was found by opening everything; `None` when the vault was locked.
    pub contents: Option<Contents>,
}

/// Whether a back-up should be made now. While the vault is open only one that waits for
/// its stick, or the first of the day, is made in between.
#[must_use]
pub fn due(plan: &BackupPlan, today: NaiveDate, open: bool) -> bool {
    let wanted = match plan.rhythm {
        Rhythm::Hand => false,
        Rhythm::Close => !open || plan.waiting,
        Rhythm::Daily => plan.waiting || plan.last.as_ref().is_none_or(|last| last.day != today),
    };
    if !wanted {
        return false;
    }
    let connected = RealFs.resolve(&plan.folder).is_ok();
    // That one waits for a stick is noted once.
    (connected || !plan.waiting) && changed_at(plan, connected)
}

/// Whether the vault is not what it was at the last back-up, or that one is gone.
#[must_use]
pub fn changed(plan: &BackupPlan) -> bool {
    changed_at(plan, RealFs.resolve(&plan.folder).is_ok())
}

/// Whether a plan can be carried out: the folder is there and is not in a vault.
///
/// # Errors
/// [`BackupError::NotConnected`] and [`BackupError::InVault`].
pub fn fits(plan: &BackupPlan) -> Result<(), BackupError> {
    folder_of(&RealFs, &plan.folder, &plan.vault).map(|_| ())
}

fn changed_at(plan: &BackupPlan, connected: bool) -> bool {
    let there = !connected || plan.last_file().is_some_and(|file| RealFs.read_head(&file, 0).is_ok());
    let known = plan.last.as_ref().map(|last| last.fingerprint.as_str()).filter(|_| there);
    fingerprint(&RealFs, &plan.vault).is_ok_and(|now| known != Some(now.as_str()))
}

/// Makes the back-up of a plan without a key: every byte is proved, nothing is opened.
///
/// # Errors
/// When it could not be made; earlier back-ups are as they were.
pub fn make(
    local: &LocalState,
    plan: &BackupPlan,
    now: DateTime<Utc>,
    clock: NaiveDateTime,
) -> Result<Made, BackupError> {
    make_on(real_disk(), local, plan, None, now, clock)
}

/// Writes a back-up to a file of her choice, once; nothing rotates. What has this name
/// already stays, and the back-up is not made.
///
/// # Errors
/// When it could not be made.
pub fn back_up_to(local: &LocalState, vault: &Path, file: &Path) -> Result<Made, BackupError> {
    to_file(real_disk(), local, vault, file, None).map(|(made, _)| made)
}

impl Vault {
    /// Makes the back-up of a plan and proves it by opening everything in it.
    ///
    /// # Errors
    /// When it could not be made; earlier back-ups are as they were.
    pub fn back_up(
        &self,
        local: &LocalState,
        plan: &BackupPlan,
        now: DateTime<Utc>,
        clock: NaiveDateTime,
    ) -> Result<Made, BackupError> {
        make_on(Arc::clone(&self.store.folder.fs), local, plan, Some(&self.store.keys), now, clock)
    }

    /// Writes a back-up to a file of her choice and opens everything in it.
    ///
    /// # Errors
    /// When it could not be made.
    pub fn back_up_to(&self, local: &LocalState, file: &Path) -> Result<Made, BackupError> {
        let fs = Arc::clone(&self.store.folder.fs);
        to_file(fs, local, &self.store.folder.root, file, Some(&self.store.keys)).map(|(made, _)| made)
    }

    /// A plan for this vault, before anything was made.
    #[must_use]
    pub fn backup_plan(&self, folder: &Path) -> BackupPlan {
        BackupPlan {
            vault_id: self.store.keys.vault_id,
            vault: self.store.folder.root.clone(),
            folder: folder.to_owned(),
            rhythm: Rhythm::Close,
            keep: crate::backup::USUAL_KEEP,
            last: None,
            waiting: false,
            failed: false,
            proved: None,
            damaged: false,
        }
    }
}

pub(crate) fn make_on(
    fs: Arc<dyn VaultFs>,
    local: &LocalState,
    plan: &BackupPlan,
    keys: Option<&Keys>,
    now: DateTime<Utc>,
    clock: NaiveDateTime,
) -> Result<Made, BackupError> {
    let name = keep::name(plan.vault_id, clock);
    let outcome = folder_of(&*fs, &plan.folder, &plan.vault).and_then(|folder| {
        let _held = local.lock_backup(plan.vault_id)?;
        keep::sweep(&*fs, &folder, plan.vault_id, local.device());
        let (made, copied) = to_file(Arc::clone(&fs), local, &plan.vault, &folder.join(&name), keys)?;
        let good = made.contents.as_ref().map(|contents| contents.bad.is_empty());
        keep::prune(&fs, &folder, plan, &name, &copied, good);
        Ok((made, copied))
    });
    // What she changed in the plan meanwhile stays changed. A note that cannot be written
    // makes the next back-up come sooner, no more.
    let _ = local.change_backup_plan(plan, |plan| match &outcome {
        Ok((made, copied)) => {
            (plan.waiting, plan.failed) = (false, false);
            if let Some(contents) = &made.contents {
                plan.note_opened(&name, contents);
            }
            plan.last = Some(LastBackup {
                at: now,
                day: clock.date(),
                name,
                size: made.size,
                cases: made.cases,
                fingerprint: copied.fingerprint.clone(),
            });
        }
        Err(BackupError::NotConnected) => plan.waiting = true,
        // Another program makes one at this moment, and tells how that goes.
        Err(BackupError::Busy) => {}
        Err(_) => plan.failed = true,
    });
    outcome.map(|(made, _)| made)
}

fn to_file(
    fs: Arc<dyn VaultFs>,
    local: &LocalState,
    vault: &Path,
    file: &Path,
    keys: Option<&Keys>,
) -> Result<(Made, Copied), BackupError> {
    let name = file.file_name().and_then(|name| name.to_str()).ok_or(BackupError::NotConnected)?;
    let above = file.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let root = fs.resolve(vault).map_err(|_| BackupError::NotAVault)?;
    let folder = folder_of(&*fs, above, &root)?;
    let (part, file) = (folder.join(keep::unfinished(name, local.device())), folder.join(name));
    if fs.read_head(&file, 0).is_ok() {
        return Err(BackupError::Taken);
    }
    let copied = write(&fs, &root, &part)?;
    let proved = keys.map(|keys| BackupFile::open_on(Arc::clone(&fs), &part).map(|mut back| back.contents(keys)));
    let contents = proved.transpose().map_err(|_| BackupError::Unproven);
    let contents = contents.and_then(|contents| {
        let taken = |error: io::Error| match error.kind() {
            io::ErrorKind::AlreadyExists => BackupError::Taken,
            _ => error.into(),
        };
        fs.rename_noreplace(&part, &file).map_err(taken).map(|()| contents)
    });
    let contents = contents.inspect_err(|_| {
        let _ = fs.remove(&part);
    })?;
    // The file is whole and has its name; a stick that cannot flush a folder is no failure.
    let _ = fs.sync_dir(&folder);
    Ok((Made { file, size: copied.size, cases: copied.cases(), contents }, copied))
}

/// The real folder for back-ups, which may not be in a vault.
fn folder_of(fs: &dyn VaultFs, folder: &Path, vault: &Path) -> Result<PathBuf, BackupError> {
    let folder = fs.resolve(folder).map_err(|_| BackupError::NotConnected)?;
    let root = fs.resolve(vault).map_err(|_| BackupError::NotAVault)?;
    let inside = folder.starts_with(root) || in_a_vault(fs, &folder)?;
    if inside { Err(BackupError::InVault) } else { Ok(folder) }
}

/// Whether a folder is a vault or stands in one.
pub(crate) fn in_a_vault(fs: &dyn VaultFs, folder: &Path) -> io::Result<bool> {
    for above in folder.ancestors() {
        match fs.read_head(&above.join(Object::Identity.file_name()), 0) {
            Ok(_) => return Ok(true),
            Err(error) if matches!(DiskTrouble::from(&error), DiskTrouble::Other(_) | DiskTrouble::Full) => {
                return Err(error);
            }
            // Not there, or not for this user to see.
            Err(_) => {}
        }
    }
    Ok(false)
}
