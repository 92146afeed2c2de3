//! Attachments and quick notes.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use ts_rs::TS;
use uuid::Uuid;

/// A file of a case.
#[derive(Serialize, TS)]
pub struct AttachmentView {
    /// The entry.
    pub entry: Uuid,
    /// What it was called where it came from.
    pub name: String,
    /// Whether it is a picture that can be shown.
    pub picture: bool,
    /// Bytes.
    pub length: u32,
    /// When it was added, RFC 3339.
    pub added_at: String,
    /// Whether its sealed file is in the folder.
    pub there: bool,
}

/// A file that the person picked, for a case.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddAttachment {
    /// The file; it stays where it is.
    #[ts(skip)]
    pub path: PathBuf,
    /// The case.
    pub case: Uuid,
}

/// An attachment to save outside the vault, not sealed.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportAttachment {
    /// Where to.
    #[ts(skip)]
    pub path: PathBuf,
    /// The case.
    pub case: Uuid,
    /// The attachment.
    pub entry: Uuid,
}

/// A picture that is ready to be shown, until another is, or the vault is locked.
#[derive(Serialize, TS)]
pub struct ShownPicture {
    /// Under this id the window can load it.
    pub id: Uuid,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// A note to keep until it is put in a case.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WriteQuickNote {
    /// The words.
    pub text: String,
}

/// What was written while the vault was locked and is in no case yet.
#[derive(Serialize, TS)]
pub struct InboxView {
    /// The notes, oldest first. None of them is verified: whoever knows for whom to seal
    /// could have written it.
    pub notes: Vec<QuickNoteView>,
    /// Files that cannot be used: a code, and the id to throw it away by.
    pub damaged: Vec<DamagedNote>,
    /// How many more there are than are shown at once.
    pub more: u32,
}

/// A note that is in no case yet.
#[derive(Serialize, TS)]
pub struct QuickNoteView {
    /// The name of its file.
    pub id: Uuid,
    /// When it says that it was written, RFC 3339.
    pub written_at: String,
    /// The words.
    pub text: String,
}

/// A file in the inbox that cannot be used.
#[derive(Serialize, TS)]
pub struct DamagedNote {
    /// The name of its file.
    pub id: Uuid,
    /// What is wrong with it.
    pub finding: super::session::FindingView,
}

/// Put a note in a case.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SortQuickNote {
    /// The note.
    pub id: Uuid,
    /// The case; `null` makes a new one of it.
    pub case: Option<Uuid>,
}

/// Throw a note away.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DiscardQuickNote {
    /// The note.
    pub id: Uuid,
    /// The person was asked, and said yes.
    pub confirmed: bool,
}
