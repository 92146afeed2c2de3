//! Memory that forgets.
//!
//! A word of a case is copied many times on its way to the disk: by JSON, by SQLite, by
//! age, by a list that grows. Wiping each copy by hand misses most of them, so that the
//! two allocators that every copy comes from wipe what they take back. With one of the
//! two alone hundreds of copies stay; the test in `tests/tests/memory.rs` counts them.
//!
//! A program makes [`WIPING`] its global allocator and calls [`prepare`] first thing in
//! `main`. Keys live in [`Guarded`] pages.

mod dumps;
mod guarded;
mod sqlite;

pub use guarded::Guarded;
pub use zeroizing_alloc::ZeroAlloc as Wiping;

use std::alloc::System;
use std::sync::OnceLock;

/// The system's allocator, with every block wiped when it is given back. A block that
/// grows is a new block: the old one is wiped too.
pub const WIPING: Wiping<System> = Wiping(System);

/// Why a program must not open a vault.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PrepareError {
    /// SQLite was used already, with an allocator that wipes nothing.
    #[error("SQLite was already in use when its memory had to be prepared")]
    TooLate,
}

/// Prepares this process for secrets: SQLite takes its memory from the global allocator,
/// and a crash leaves no dump. It is done once; a second call answers as the first.
///
/// # Errors
/// [`PrepareError::TooLate`] when SQLite was used before.
pub fn prepare() -> Result<(), PrepareError> {
    static DONE: OnceLock<Result<(), PrepareError>> = OnceLock::new();
    *DONE.get_or_init(|| {
        dumps::refuse();
        sqlite::use_global_allocator()
    })
}
