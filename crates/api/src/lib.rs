//! The app without a window: one door, one table of commands.
//!
//! [`commands`] is the table; each command is one function in the module of its
//! subject; [`wire`] holds the only types with serde. Start with `commands.rs`.

pub mod app;
mod attachments;
mod backups;
mod cases;
pub mod clock;
pub mod commands;
mod convert;

mod demo;
mod demos;
mod entries;
pub mod error;
mod failures;
pub mod files;
mod hints;
mod import;
mod intervisions;
mod keys;
mod last_words;
pub mod messages;
mod names;
mod pictures;
mod practices;
mod quick_notes;
mod reports;
mod seen;
mod sessions;
mod sheets;
mod today;
pub mod typescript;
mod versions;
pub mod wire;
mod year_counts;
mod years;
