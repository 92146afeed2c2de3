//! What crosses the door: the only types with serde. No type here has `Debug`.
//!
//! Codes are the strings of `assets/taxonomy/lists.json`, dates are ISO (`2026-03-02`),
//! ids are UUIDs. A `path` is never named by the window: the shell asks the person
//! with a dialog and fills it in.

pub mod attachment;
pub mod backup;
pub mod case;
pub mod intervision;
pub mod practice;
pub mod report;
pub mod session;
pub mod versions;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Nothing is asked.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// The act is done.
#[derive(Serialize, TS)]
pub struct Done {}

/// The act is durably on the disk.
#[derive(Serialize, TS)]
pub struct Saved {
    /// The moment of the last durable write, RFC 3339 in UTC.
    pub saved_at: String,
}
