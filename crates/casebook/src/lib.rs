//! What a case is: the domain of one confidential adviser.
//!
//! Pure: no disk, no clock, no window, no serde. Times and ids come from the
//! caller. Start with [`case`]; everything that can change is an entry with
//! revisions ([`entries`]), and everything written about people is [`CaseText`].

pub mod answer;
pub mod attachment;
pub mod case;
pub mod entries;
pub mod names;
pub mod practice;
pub mod summary;
pub mod tally;
pub mod text;
mod union;

pub use answer::Answer;
pub use attachment::{Attachment, MediaKind};
pub use entries::{Entries, Followed, Revision, Stamp};
pub use summary::CaseSummary;
pub use text::CaseText;
