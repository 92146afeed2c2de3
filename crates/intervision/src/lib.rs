//! The intervision summary: one case, told so that colleagues can learn from the
//! adviser's question and cannot tell whom it is about.
//!
//! The adviser writes new words in a [`Draft`]; beside them stand generalised codes of
//! the case. Notes are out of reach: a [`Summary`] is made from the register's row of
//! the case, which has none. Nothing can be printed, copied or saved but a [`Checked`],
//! and [`check`] is its only maker.

mod beside;
mod check;
mod draft;
mod summary;
#[cfg(test)]
mod tests;
mod warnings;
mod wording;

pub use beside::{Beside, Line};
pub use check::{CheckError, Checked, Found, Permission, ReasonNeeded, check};
pub use draft::{Angle, Draft, DraftError, Part, Trait};
pub use summary::{Session, Summary};
pub use warnings::{Warning, WarningKind, warnings};
