//! What can be wrong with a vault, in terms that can be said to its owner.
//! Nothing here can hold a word of a case: only kinds, ids, versions and counts.

use crate::Object;
use crate::fs::Placeholder;
use chrono::{DateTime, Utc};
use std::io;

/// Something that was noticed about one file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Finding {
    /// It is listed, or this computer saw it before, and it is not in the folder. It may
    /// still be syncing; it is never dropped.
    Missing(Object),
    /// Its bytes are not what was written.
    Damaged(Object),
    /// It ends too early.
    Truncated(Object),
    /// Its header or size is out of all proportion; it was not even tried.
    Refused(Object),
    /// It belongs to another vault.
    Foreign(Object),
    /// It opens, and was not made by somebody who has this vault's identity.
    Forged(Object),
    /// It is another file of this vault under this file's name.
    Swapped {
        /// The name it has.
        file: Object,
        /// What is in it.
        holds: Object,
    },
    /// This computer saved or saw a later version before.
    Older(Object),
    /// A newer Luwte wrote it.
    NewerFormat {
        /// The file.
        object: Object,
        /// The format it is in.
        format: u32,
    },
    /// It holds a code of a list that this version does not know: a newer Luwte wrote it.
    UnknownCode(Object),
    /// The disk would not give it.
    Unreadable {
        /// The file.
        object: Object,
        /// Why.
        trouble: DiskTrouble,
    },
    /// A sync program has its name here and keeps its bytes elsewhere. It is waited for:
    /// never damaged, never made again, never written over.
    NotDownloaded(Object),
    /// A second file holds a version of this one, as sync programs leave behind, and it
    /// could not be joined with it.
    ConflictCopy(Object),
    /// Another computer had changed it too; both versions are in it now.
    Merged(Object),
    /// A sync program had put another version over it; what was missing of ours was
    /// found in `prev/` and is in it again.
    Returned(Object),
    /// It was missing or could not be used, and was made again from `prev/`.
    Restored(Object),
    /// It reads differently each time: this computer's memory or the cable to the disk
    /// is at fault, not the file.
    Unsteady(Object),
    /// A case that was not in the list of cases; it is in it now.
    Adopted(Object),
    /// A sealed copy of the identity did not open and was made again.
    Repaired(Object),
    /// An attachment that no case, no earlier version and no copy refers to; a crash may
    /// have left it. It is kept.
    Orphan(Object),
    /// An earlier version of it in `prev/` does not open; the file itself is not affected.
    KeptDamaged(Object),
    /// It changed since it was last proved to open, and proving needs its own code.
    Unproven(Object),
}

impl Finding {
    /// The file it is about.
    #[must_use]
    pub fn object(self) -> Object {
        match self {
            Self::Missing(object)
            | Self::Damaged(object)
            | Self::Truncated(object)
            | Self::Refused(object)
            | Self::Foreign(object)
            | Self::Forged(object)
            | Self::Older(object)
            | Self::UnknownCode(object)
            | Self::NotDownloaded(object)
            | Self::ConflictCopy(object)
            | Self::Merged(object)
            | Self::Returned(object)
            | Self::Restored(object)
            | Self::Unsteady(object)
            | Self::Adopted(object)
            | Self::Repaired(object)
            | Self::Orphan(object)
            | Self::KeptDamaged(object)
            | Self::Unproven(object)
            | Self::Swapped { file: object, .. }
            | Self::NewerFormat { object, .. }
            | Self::Unreadable { object, .. } => object,
        }
    }

    /// What a failed read of a file says about it.
    pub(crate) fn unreadable(object: Object, error: &io::Error) -> Self {
        match DiskTrouble::from(error) {
            DiskTrouble::Gone => Self::Missing(object),
            DiskTrouble::NotDownloaded => Self::NotDownloaded(object),
            DiskTrouble::NotAFile => Self::Refused(object),
            trouble => Self::Unreadable { object, trouble },
        }
    }
}

/// Why the disk said no.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DiskTrouble {
    /// No room is left, or the quota is used up.
    #[error("the disk is full")]
    Full,
    /// The disk or folder is read-only.
    #[error("the disk is read-only")]
    ReadOnly,
    /// This user may not.
    #[error("access denied")]
    Denied,
    /// The file or folder is not there.
    #[error("not found")]
    Gone,
    /// There is something by that name which is no ordinary file, or it is too large.
    #[error("not an ordinary file")]
    NotAFile,
    /// A sync program has its name here and keeps its bytes elsewhere.
    #[error("not downloaded")]
    NotDownloaded,
    /// Something by that name is there already.
    #[error("already there")]
    Taken,
    /// Anything else.
    #[error("the disk failed: {0}")]
    Other(io::ErrorKind),
}

impl From<&io::Error> for DiskTrouble {
    fn from(error: &io::Error) -> Self {
        if error.get_ref().is_some_and(|inner| inner.is::<Placeholder>()) {
            return Self::NotDownloaded;
        }
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            io::ErrorKind::PermissionDenied => Self::Denied,
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Gone,
            io::ErrorKind::IsADirectory | io::ErrorKind::FileTooLarge | io::ErrorKind::InvalidInput => Self::NotAFile,
            io::ErrorKind::AlreadyExists => Self::Taken,
            other => Self::Other(other),
        }
    }
}

impl From<io::Error> for DiskTrouble {
    fn from(error: io::Error) -> Self {
        Self::from(&error)
    }
}

/// Why a vault was not made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CreateError {
    /// The folder has something in it; choose an empty or a new one.
    #[error("the folder is not empty")]
    NotEmpty,
    /// The disk would not take it; nothing was left behind if that could be helped.
    #[error("the vault could not be written: {0}")]
    Disk(#[from] DiskTrouble),
    /// What was written did not read back.
    #[error("what was written did not read back")]
    Unproven,
}

/// Why a vault or a case did not open.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// There is no vault in this folder.
    #[error("there is no vault in this folder")]
    NotAVault,
    /// Neither sealed copy of the identity opens with this passphrase.
    #[error("the passphrase does not open this vault")]
    WrongPassphrase,
    /// `recovery.age` does not open with this code.
    #[error("the recovery code does not open this vault")]
    WrongRecoveryCode,
    /// Another running program has this vault open.
    #[error("the vault is open in another program")]
    InUse,
    /// Something is wrong with one file that is needed.
    #[error("a file cannot be used: {0:?}")]
    File(Finding),
    /// The vault opened, and something could not be written that had to be.
    #[error("the vault could not be changed: {0}")]
    Save(#[from] SaveError),
    /// The disk would not give the folder.
    #[error("the folder could not be read: {0}")]
    Disk(#[from] DiskTrouble),
}

impl From<Finding> for OpenError {
    fn from(finding: Finding) -> Self {
        Self::File(finding)
    }
}

/// Why something was not saved. The version on the disk is as it was, or is ours.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SaveError {
    /// The file on the disk kept changing, however often it was looked at; nothing was
    /// written.
    #[error("the file was changed elsewhere")]
    ChangedElsewhere(Object),
    /// What should be saved lacks revisions that are on the disk; nothing was written.
    #[error("what should be saved has lost earlier revisions")]
    FewerRevisions(Object),
    /// The case has no facts, so it would have no number.
    #[error("a case without facts cannot be saved")]
    NoFacts(Object),
    /// What was written did not read back the same; it was thrown away.
    #[error("what was written did not read back")]
    Unproven(Object),
    /// The file on the disk cannot be used, so it is not replaced either.
    #[error("the file on the disk cannot be used: {0:?}")]
    File(Finding),
    /// The given passphrase is not the one of this vault.
    #[error("the passphrase does not open this vault")]
    WrongPassphrase,
    /// The keys are being changed; that has to be done first.
    #[error("the keys of the vault are being changed")]
    Rotating,
    /// The database could not be made; this is a defect of the program.
    #[error("the database could not be made")]
    Database(Object),
    /// The disk would not take it.
    #[error("the file could not be written: {0}")]
    Disk(#[from] DiskTrouble),
}

impl From<Finding> for SaveError {
    fn from(finding: Finding) -> Self {
        Self::File(finding)
    }
}

impl From<io::Error> for SaveError {
    fn from(error: io::Error) -> Self {
        Self::Disk(DiskTrouble::from(&error))
    }
}

/// What is on the disk now: flushed, read back and in place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Saved {
    /// The moment that the screen may show.
    pub at: DateTime<Utc>,
    /// Whether it holds more than was given, because another computer had written too.
    pub merged: bool,
}
