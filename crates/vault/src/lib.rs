//! The vault: a folder of age files that keeps the casebook.
//!
//! The only crate that touches age, SQLite and the disk; it knows no window, no
//! wire format and no clock (the caller passes `now`). Start with [`vault`]: create,
//! unlock, save, lock. The format stands in `docs/file-format.md`.

mod attachment_check;
mod attachments;
pub mod backup;
mod check;
mod complete;
mod copies;
mod create;
mod db;
mod finding;
mod fs;
mod header;
mod held;
mod identities;
mod inbox;
mod kept;
mod keys;
mod local;
mod merge;
mod meta;
mod object;
pub mod outside;
mod passphrase;
mod pins;
mod publish;
mod real_fs;
mod recovery_code;
mod register;
mod restore;
mod rotation;
mod rows;
#[cfg(feature = "sabotage")]
mod sabotage;
mod seal;
mod second;
mod secret;
mod snapshots;
mod store;
mod stored_case;
mod stored_practice;
mod sweep;
#[cfg(test)]
mod tests;
mod unlock;
pub mod vault;
mod words;

pub use attachments::{AttachError, ExportError};
pub use backup::{BackupFile, BackupPlan};
pub use check::Check;
pub use finding::{CreateError, DiskTrouble, Finding, OpenError, SaveError, Saved};
pub use inbox::{Inbox, LONGEST_QUICK_NOTE, QuickNote, QuickNoteError, write_quick_note};
pub use local::LocalState;
pub use object::Object;
pub use recovery_code::{RecoveryCode, RecoveryCodeError};
pub use rotation::RotationStep;
pub use secret::Passphrase;
pub use vault::Vault;

/// Without the feature no mistake can be asked for, and the compiler drops the question.
#[cfg(not(feature = "sabotage"))]
mod sabotage {
    pub(crate) const fn on(_: &str) -> bool {
        false
    }
}
