//! A simulated disk, what a power cut may leave of it, and what must be true of that.

mod crash;
mod disk;
mod fault;
mod judge;
mod operations;
mod play;
pub(crate) mod scrypt;

pub(crate) use crash::Wet;
pub(crate) use disk::{Disk, Effect, Sabotage, SimFs};
pub(crate) use fault::{ERRORS, Error};
pub(crate) use judge::{Expected, Judge};
pub(crate) use play::{Play, Refused, Scenario, Step};

use super::original;
use std::path::PathBuf;

/// Where the vault stands on a simulated disk.
pub(crate) fn root() -> PathBuf {
    PathBuf::from("/disk/vault")
}

/// Where this computer's own state stands.
pub(crate) fn state() -> PathBuf {
    PathBuf::from("/disk/state")
}

/// The original vault on a simulated disk.
pub(crate) fn reference() -> Disk {
    let mut disk = Disk::default();
    disk.0.insert(PathBuf::from("/disk"), None);
    for (name, at) in [("vault", root()), ("state", state())] {
        disk.load(&original().folder.path().join(name), &at);
    }
    disk
}

/// A disk with nothing on it but this computer's own state.
pub(crate) fn empty() -> Disk {
    let mut disk = reference();
    disk.0.retain(|path, _| !path.starts_with(root()));
    disk
}
