//! Cases: lists, one case whole, and what is written into it.

use super::session::Upkeep;
use super::versions::EntryVersions;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// One row of a list: a number and codes, never a name.
#[derive(Serialize, TS)]
pub struct CaseRow {
    /// The case.
    pub id: Uuid,
    /// Its number.
    pub number: String,
    /// Name of the organisation; empty for a draft without one.
    pub organisation: String,
    /// Whether it still has to be filed.
    pub draft: bool,
    /// Date of first contact.
    pub intake: NaiveDate,
    /// Date of closing.
    pub closed: Option<NaiveDate>,
    /// Code of list `phase`.
    pub phase: String,
    /// Main types of behaviour; empty when not coded.
    pub behaviours: Vec<String>,
    /// Code of list `non_belonging`, when it does not belong here.
    pub non_belonging: Option<String>,
    /// Answer of list `reporter_role`.
    pub reporter_role: String,
    /// The next open task's day.
    pub next_task: Option<NaiveDate>,
    /// Day of the last contact.
    pub last_contact: Option<NaiveDate>,
    /// What is still missing: `organisation`, `behaviour`.
    pub missing: Vec<String>,
}

/// *Vandaag*.
#[derive(Serialize, TS)]
pub struct TodayView {
    /// Open tasks, oldest first.
    pub tasks: Vec<TaskRow>,
    /// Drafts and cases without organisation or behaviour.
    pub unfinished: Vec<CaseRow>,
    /// The five cases with the latest contact.
    pub recent: Vec<CaseRow>,
    /// New meldingen per month of this calendar year, January first.
    pub months: Vec<u32>,
    /// The one thing that keeping the vault safe asks of her now.
    pub upkeep: Option<Upkeep>,
    /// Notes that were written while the vault was locked, and are in no case yet.
    pub quick_notes: u32,
    /// What there is to say of back-ups, if anything.
    pub backup: Option<crate::wire::backup::BackupCard>,
}

/// A task in a list.
#[derive(Serialize, TS)]
pub struct TaskRow {
    /// The case.
    pub case: Uuid,
    /// Its number.
    pub number: String,
    /// Name of the organisation.
    pub organisation: String,
    /// The task.
    pub entry: Uuid,
    /// The day.
    pub due: NaiveDate,
    /// Why.
    pub reason: String,
}

/// One case, whole, as the screen shows it.
#[derive(Serialize, TS)]
pub struct CaseView {
    /// The case.
    pub id: Uuid,
    /// Its number.
    pub number: String,
    /// Whether it still has to be filed.
    pub draft: bool,
    /// Code under which it was imported.
    pub imported_as: String,
    /// The coded facts.
    pub facts: FactsView,
    /// Contact moments, newest first.
    pub notes: Vec<NoteView>,
    /// Everybody in it.
    pub persons: Vec<PersonView>,
    /// Tasks by day, done ones last.
    pub tasks: Vec<TaskView>,
    /// Consents, newest first.
    pub consents: Vec<ConsentView>,
    /// Files that belong to it, oldest first.
    pub attachments: Vec<super::attachment::AttachmentView>,
    /// Minutes written, all notes together.
    pub minutes: u32,
    /// Stable codes of quiet hints, for example `bullying-once`; texts in `assets/messages`.
    pub hints: Vec<String>,
    /// Entries of which two computers wrote a version each.
    pub versions: Vec<EntryVersions>,
    /// Last durable write, RFC 3339.
    pub saved_at: String,
}

/// The coded facts. A single answer is a code, or `not_asked`, `unknown`, `declined`.
#[derive(Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FactsView {
    /// The organisation; `null` while a draft.
    pub organisation: Option<Uuid>,
    /// Date of first contact.
    pub intake: NaiveDate,
    /// Date of closing; set by `close_case` only.
    pub closed: Option<NaiveDate>,
    /// Code of list `phase`.
    pub phase: String,
    /// Code of list `contact_channel`.
    pub channel: String,
    /// Answer of list `found_via`.
    pub found_via: String,
    /// Answer of list `reporter_role`.
    pub reporter_role: String,
    /// Answer of list `reporter_position`.
    pub reporter_position: String,
    /// Answer of list `gender`.
    pub gender: String,
    /// Answer of list `age_band`.
    pub age_band: String,
    /// Answer of list `contract_type`.
    pub contract_type: String,
    /// Answer of list `salary_group`.
    pub salary_group: String,
    /// One of the organisation's departments, or empty.
    pub department: String,
    /// Code of list `non_belonging`; `null` when it belongs here.
    pub non_belonging: Option<String>,
    /// Codes of list `behaviour`.
    pub behaviours: Vec<String>,
    /// Codes of list `discrimination_ground`.
    pub grounds: Vec<String>,
    /// Answer of list `accused_relation`.
    pub accused_relation: String,
    /// Answer of list `frequency`.
    pub frequency: String,
    /// Codes of list `intervention`.
    pub interventions: Vec<String>,
    /// Codes of list `referral_target`.
    pub referrals: Vec<String>,
    /// Code of list `outcome`; set by `close_case` only.
    pub outcome: String,
    /// Code of list `closing_reason`; set by `close_case` only.
    pub closing_reason: String,
    /// Code of list `aftercare_result`.
    pub aftercare: String,
    /// Whether a second adviser was involved.
    pub second_adviser: bool,
    /// Code of list `duty_basis`.
    pub duty_basis: String,
    /// Code of list `breach_procedure`.
    pub breach: String,
    /// Private word for cases about the same person.
    pub cluster: String,
    /// Safe contact route and its limits.
    pub contact_route: String,
    /// When confidentiality was explained.
    pub explained_on: Option<NaiveDate>,
}

/// One contact moment.
#[derive(Serialize, TS)]
pub struct NoteView {
    /// The entry.
    pub entry: Uuid,
    /// What it says.
    pub note: NoteBody,
    /// Last written, RFC 3339.
    pub saved_at: String,
    /// How many revisions it has.
    pub revisions: u32,
    /// Another version of the same note exists beside this one.
    pub two_versions: bool,
}

/// What a note says.
#[derive(Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NoteBody {
    /// Day of the contact.
    pub date: NaiveDate,
    /// Code of list `contact_channel`.
    pub channel: String,
    /// Minutes; 0 when not written down.
    pub minutes: u32,
    /// With whom, as a role.
    pub with_whom: String,
    /// What was said and agreed.
    pub facts: String,
    /// The adviser's own impressions.
    pub impressions: String,
}

/// Somebody in a case.
#[derive(Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PersonView {
    /// `null` for a new one.
    pub entry: Option<Uuid>,
    /// Code of list `person_role`.
    pub role: String,
    /// Name or mark.
    pub name: String,
    /// Other names, separated by commas.
    pub aliases: String,
    /// E-mail addresses and phone numbers, separated by commas.
    pub contact: String,
    /// Job title, team, place.
    pub details: String,
}

/// Something to do.
#[derive(Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TaskView {
    /// `null` for a new one.
    pub entry: Option<Uuid>,
    /// The day.
    pub due: NaiveDate,
    /// Why.
    pub reason: String,
    /// The day it was done.
    pub done: Option<NaiveDate>,
}

/// What the reporter consented to.
#[derive(Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ConsentView {
    /// `null` for a new one.
    pub entry: Option<Uuid>,
    /// Code of list `consent_kind`.
    pub kind: String,
    /// Code of list `consent_state`.
    pub state: String,
    /// On which day.
    pub date: NaiveDate,
    /// In writing.
    pub written: bool,
    /// How far it goes.
    pub scope: String,
}

/// Which case.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OneCase {
    /// The case.
    pub case: Uuid,
}

/// Which entry of which case.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OneEntry {
    /// The case.
    pub case: Uuid,
    /// The entry.
    pub entry: Uuid,
}

/// The number the next case will have.
#[derive(Serialize, TS)]
pub struct NextNumber {
    /// For example `2026-022`.
    pub number: String,
}

/// New facts of a case.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveFacts {
    /// The case.
    pub case: Uuid,
    /// The facts as they now stand.
    pub facts: FactsView,
}

/// What a note says now.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveNote {
    /// The case.
    pub case: Uuid,
    /// `null` for a new note.
    pub entry: Option<Uuid>,
    /// The words.
    pub note: NoteBody,
}

/// A saved note.
#[derive(Serialize, TS)]
pub struct NoteSaved {
    /// The entry it became.
    pub entry: Uuid,
    /// Durable since, RFC 3339.
    pub saved_at: String,
}

/// A person to add or change.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SavePerson {
    /// The case.
    pub case: Uuid,
    /// The person.
    pub person: PersonView,
}

/// A task to add or change.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveTask {
    /// The case.
    pub case: Uuid,
    /// The task.
    pub task: TaskView,
}

/// A consent to add or change.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveConsent {
    /// The case.
    pub case: Uuid,
    /// The consent.
    pub consent: ConsentView,
}

/// Close a case.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CloseCase {
    /// The case.
    pub case: Uuid,
    /// Code of list `outcome`, not `ongoing`.
    pub outcome: String,
    /// Code of list `closing_reason`, not `not_closed`.
    pub closing_reason: String,
    /// The day.
    pub closed: NaiveDate,
    /// Day of an aftercare contact, if one is wanted.
    pub aftercare_on: Option<NaiveDate>,
}

/// A name that is being typed.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NameQuery {
    /// The name or a part of it.
    pub name: String,
    /// The role the person is about to get: code of list `person_role`, or empty.
    pub role: String,
    /// The case in which it is typed; left out of the answer.
    pub case: Option<Uuid>,
}

/// Somebody whose name resembles the one typed.
#[derive(Serialize, TS)]
pub struct Resemblance {
    /// The case.
    pub case: Uuid,
    /// Its number.
    pub number: String,
    /// Name of the organisation.
    pub organisation: String,
    /// The part that person plays there.
    pub role: String,
    /// The name there.
    pub name: String,
    /// Whether that case is closed.
    pub closed: bool,
    /// Same organisation, or reporter here and accused there: a conflict of interest.
    pub conflict: bool,
}
