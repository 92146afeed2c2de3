//! Why a back-up was not made, could not be read, or was not put back.

use crate::finding::{DiskTrouble, Finding};
use std::io;

/// Why no back-up was made. The vault and earlier back-ups are as they were.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BackupError {
    /// There is no vault in the folder.
    #[error("there is no vault in this folder")]
    NotAVault,
    /// The place is inside the vault itself.
    #[error("a back-up does not belong in the vault")]
    InVault,
    /// The folder is not there: a stick that is not connected.
    #[error("the folder for back-ups is not there")]
    NotConnected,
    /// Something by that name is there already.
    #[error("something by that name is there already")]
    Taken,
    /// Another back-up of this vault is being made.
    #[error("another back-up is being made")]
    Busy,
    /// A file of the vault could not be read; it is named by its path in the vault.
    #[error("{file} could not be read: {trouble}")]
    Unreadable {
        /// Its path in the vault.
        file: String,
        /// Why.
        trouble: DiskTrouble,
    },
    /// The vault got another identity while it was copied, and again.
    #[error("the vault kept changing")]
    Changing,
    /// What was written did not read back the same.
    #[error("what was written did not read back")]
    Unproven,
    /// The disk of the back-up would not take it.
    #[error("the back-up could not be written: {0}")]
    Disk(#[from] DiskTrouble),
}

impl From<io::Error> for BackupError {
    fn from(error: io::Error) -> Self {
        Self::Disk(DiskTrouble::from(&error))
    }
}

/// Why a back-up is of no use, or why it could not be looked at.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadBackupError {
    /// The file is not a back-up of a vault.
    #[error("this is not a back-up")]
    NotABackup,
    /// It was a back-up; bytes of it are not what was written.
    #[error("the back-up is damaged")]
    Damaged,
    /// Neither sealed copy of the identity opens with this passphrase.
    #[error("the passphrase does not open this back-up")]
    WrongPassphrase,
    /// The recovery code does not open it.
    #[error("the recovery code does not open this back-up")]
    WrongRecoveryCode,
    /// A file that everything depends on cannot be used.
    #[error("a file of the back-up cannot be used: {0:?}")]
    File(Finding),
    /// The disk would not give it.
    #[error("the back-up could not be read: {0}")]
    Disk(#[from] DiskTrouble),
}

impl From<io::Error> for ReadBackupError {
    fn from(error: io::Error) -> Self {
        Self::Disk(DiskTrouble::from(&error))
    }
}

/// Why a back-up was not put back. Nothing is left in the new folder.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RestoreError {
    /// The folder has something in it; choose an empty or a new one.
    #[error("the folder is not empty")]
    NotEmpty,
    /// The folder is inside a vault.
    #[error("a vault does not belong inside another")]
    InVault,
    /// The back-up itself.
    #[error(transparent)]
    Backup(#[from] ReadBackupError),
    /// What was written did not read back the same.
    #[error("what was written did not read back")]
    Unproven,
    /// The disk of the new folder would not take it.
    #[error("the vault could not be written: {0}")]
    Disk(#[from] DiskTrouble),
}

impl From<io::Error> for RestoreError {
    fn from(error: io::Error) -> Self {
        Self::Disk(DiskTrouble::from(&error))
    }
}
