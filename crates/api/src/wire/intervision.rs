//! The intervision summary.

use crate::wire::report::Pages;
use crate::wire::versions::{EntryVersions, Shown};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use ts_rs::TS;
use uuid::Uuid;

/// A summary about to be made: new text beside generalised codes.
#[derive(Clone, Deserialize, Serialize, TS)]
#[serde(deny_unknown_fields)]
pub struct IntervisionText {
    /// The case; its number is not printed.
    pub case: Uuid,
    /// `nl` or `en`.
    pub language: String,
    /// Month of the session, `2026-11`.
    pub month: String,
    /// Traits to show, at most three of `gender`, `age`, `level`, `relation`, `contract`.
    pub traits: Vec<String>,
    /// Angle: `technical`, `normative`, `personal` or empty.
    pub angle: String,
    /// What happened, roles only.
    pub situation: String,
    /// What the adviser did.
    pub action: String,
    /// Dilemma and learning question.
    pub dilemma: String,
    /// Feeling and own role.
    pub own_role: String,
}

/// A line beside the text: what the summary will say in generalised codes.
#[derive(Serialize, TS)]
pub struct LabelledValue {
    /// What it is.
    pub label: String,
    /// What it says.
    pub value: String,
}

/// A summary in a plain text file: headings such as `# Leervraag` start a part.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveIntervisionFile {
    /// Where to: `.pdf` or `.txt`.
    #[ts(skip)]
    pub path: PathBuf,
    /// The case; its number is not printed.
    pub case: Uuid,
    /// `nl` or `en`.
    pub language: String,
    /// The words of the file.
    pub words: String,
    /// Why without consent; required when none is noted.
    pub reason: String,
}

/// What the screen shows for a case.
#[derive(Serialize, TS)]
pub struct IntervisionView {
    /// Number of the case, for the screen only.
    pub number: String,
    /// Context lines.
    pub context: Vec<LabelledValue>,
    /// Coded lines.
    pub facts: Vec<LabelledValue>,
    /// Whether consent `use_in_intervision` is noted as given.
    pub consent: bool,
    /// The summary as it was written so far, from the case file.
    pub draft: Option<IntervisionText>,
    /// The reason that stands with it.
    pub reason: String,
    /// What the summary is, if there is one; goes back with what is typed.
    pub shown: Option<Shown>,
    /// The summary, when two computers wrote a version each.
    pub versions: Vec<EntryVersions>,
}

/// Save a summary that is being written into the case file.
#[derive(Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveIntervisionDraft {
    /// The summary.
    pub text: IntervisionText,
    /// Why without consent, as far as written.
    pub reason: String,
    /// What was on the screen.
    #[serde(default)]
    pub after: Option<Shown>,
}

/// The check of a text.
#[derive(Serialize, TS)]
pub struct IntervisionCheck {
    /// Everything that identifies; saving is impossible while there is one.
    pub findings: Vec<NameFinding>,
    /// Stable codes of warnings: `quotation`, `rare`, `number`, `small-count`, `recent`, `refused`.
    pub warnings: Vec<String>,
    /// The exact pages, when nothing was found.
    pub pages: Option<Pages>,
}

/// Something in the text that identifies.
#[derive(Serialize, TS)]
pub struct NameFinding {
    /// Which field: `situation`, `action`, `dilemma` or `own_role`.
    pub field: String,
    /// The words found.
    pub found: String,
    /// `name`, `initials`, `email`, `number`, `case_number`, `imported_code`, `private_word`,
    /// `organisation`, `department`, `place` or `details`.
    pub kind: String,
    /// Offset in UTF-16 units, where the window marks it.
    pub start: u32,
    /// End of the words, in the same units.
    pub end: u32,
}

/// Save a summary.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveIntervision {
    /// Where to: `.pdf` or `.txt`.
    #[ts(skip)]
    pub path: PathBuf,
    /// The summary.
    pub text: IntervisionText,
    /// Why without consent; required when none is noted.
    pub reason: String,
    /// The person saw the exact preview and said yes a second time.
    pub confirmed: bool,
}
