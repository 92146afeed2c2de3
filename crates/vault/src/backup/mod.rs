//! Back-ups: one verified file each, of everything that is needed to decrypt and
//! nothing else. Making one needs no key; opening one shows what it is worth.

mod contents;
mod error;
mod keep;
mod make;
mod part;
mod plan;
mod prove;
mod read;
mod restore;
mod write;

pub use contents::{Contents, Secret};
pub use error::{BackupError, ReadBackupError, RestoreError};
#[cfg(test)]
pub(crate) use keep::name;
#[cfg(test)]
pub(crate) use make::make_on;
pub use make::{Made, back_up_to, changed, due, fits, make};
pub use plan::{BackupPlan, LastBackup, Rhythm, USUAL_KEEP};
pub use prove::BackupProof;
pub use read::BackupFile;
pub use restore::takes_a_vault;
