//! Entries of which two computers wrote a version each.

use super::case::{ConsentView, FactsView, NoteBody, PersonView, TaskView};
use super::intervision::SaveIntervisionDraft;
use super::practice::{AdviserView, OrganisationView};
use super::report::ReportTextsView;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// What kind of entry it is.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// The coded facts of a case.
    Facts,
    /// A note.
    Note,
    /// A person.
    Person,
    /// A task.
    Task,
    /// A consent.
    Consent,
    /// A client organisation.
    Organisation,
    /// Who the adviser is.
    Adviser,
    /// Her texts in an annual report.
    ReportTexts,
    /// An intervision summary while it is written.
    SummaryDraft,
}

/// What stands on a screen: a revision of an entry. What is saved goes with the one that it
/// was typed over; without one nothing was there to be seen.
#[derive(Clone, Copy, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// The revision.
    pub revision: Uuid,
    /// How often it was rewritten.
    pub step: u32,
}

/// One entry with the versions between which she chooses, newest first.
#[derive(Serialize, TS)]
pub struct EntryVersions {
    /// What it is.
    pub kind: EntryKind,
    /// The entry.
    pub entry: Uuid,
    /// At least two.
    pub versions: Vec<VersionView>,
}

/// One version; exactly one of the contents is there.
#[derive(Serialize, TS)]
pub struct VersionView {
    /// What names it when it is chosen.
    pub version: Uuid,
    /// When it was written, RFC 3339.
    pub saved_at: String,
    /// Whether this computer wrote it.
    pub this_computer: bool,
    /// Whether it says that the entry was removed.
    pub removed: bool,
    /// The facts, if it is facts.
    pub facts: Option<FactsView>,
    /// The note, if it is one.
    pub note: Option<NoteBody>,
    /// The person, if it is one.
    pub person: Option<PersonView>,
    /// The task, if it is one.
    pub task: Option<TaskView>,
    /// The consent, if it is one.
    pub consent: Option<ConsentView>,
    /// The organisation, if it is one.
    pub organisation: Option<OrganisationView>,
    /// Who the adviser is, if it is that.
    pub adviser: Option<AdviserView>,
    /// The texts of a report, if it is those.
    pub report_texts: Option<ReportTextsView>,
    /// The summary, if it is one.
    pub summary_draft: Option<SaveIntervisionDraft>,
}

/// Which version stands; the others stay in the history.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChooseVersion {
    /// The case it is in; `null` for what is in the practice.
    pub case: Option<Uuid>,
    /// What it is.
    pub kind: EntryKind,
    /// The entry.
    pub entry: Uuid,
    /// The version that stands; `null` keeps every version, as notes of their own.
    pub version: Option<Uuid>,
}
