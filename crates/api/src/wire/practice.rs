//! The adviser, her organisations, and the import of coded years.

use super::versions::EntryVersions;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use ts_rs::TS;
use uuid::Uuid;

/// Everything about the practice that screens need.
#[derive(Serialize, TS)]
pub struct PracticeView {
    /// The adviser.
    pub adviser: AdviserView,
    /// Her organisations, by name.
    pub organisations: Vec<OrganisationView>,
    /// Organisations of which two computers wrote a version each.
    pub versions: Vec<EntryVersions>,
}

/// The adviser as reports name her.
#[derive(Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AdviserView {
    /// Name.
    pub name: String,
    /// Certification.
    pub certification: String,
}

/// One client organisation, to show and to save.
#[derive(Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OrganisationView {
    /// `null` for a new one.
    pub id: Option<Uuid>,
    /// Full name; required.
    pub name: String,
    /// Other names and abbreviations.
    pub aliases: Vec<String>,
    /// Places and buildings.
    pub places: Vec<String>,
    /// Departments.
    pub departments: Vec<String>,
    /// Code of list `sector`.
    pub sector: Option<String>,
    /// Number of workers.
    pub headcount: Option<u32>,
    /// Code of list `adviser_role`.
    pub adviser_role: String,
    /// Code of list `accused_policy`.
    pub accused_policy: String,
    /// The second adviser.
    pub second_adviser: String,
    /// First month of the report year, 1-12.
    pub year_start_month: u32,
    /// Smallest printed count, 3-10.
    pub threshold: u32,
    /// Tables the organisation does not want, for example `K8`.
    pub hidden_tables: Vec<String>,
    /// Months after closing at which destruction comes up, 0-120.
    pub retention_months: u32,
    /// Whether it still is a client.
    pub active: bool,
}

/// An import of a coded year.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportYear {
    /// A CSV or XLSX file.
    #[ts(skip)]
    pub path: PathBuf,
    /// Name of the organisation; it is made when it is new.
    pub organisation: String,
    /// Only look; import nothing.
    pub dry_run: bool,
}

/// What an import did, or would do.
#[derive(Serialize, TS)]
pub struct ImportResult {
    /// Neutral name of the file that was read.
    pub file: String,
    /// Whether the organisation is new.
    pub new_organisation: bool,
    /// Departments that are new.
    pub new_departments: Vec<String>,
    /// Rows that become cases.
    pub imported: u32,
    /// Codes of rows that exist already and are left alone.
    pub existing: Vec<String>,
    /// Codes of rows that carry on a case that is there already: their year's work, and
    /// how the case was closed, are added to it.
    pub continued: Vec<String>,
    /// Every broken cell; while there is one, nothing is imported.
    pub problems: Vec<ImportProblem>,
}

/// One broken cell, in both languages.
#[derive(Serialize, TS)]
pub struct ImportProblem {
    /// Line as a spreadsheet shows it, from 1.
    pub line: u32,
    /// Name of the column; empty when the whole line or file is meant.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// The codes that may stand there; empty when it is not a code.
    pub allowed: Vec<String>,
    /// Stable code of what is wrong, for example `unknown-code`.
    pub kind: String,
    /// The plain sentence in Dutch.
    pub nl: String,
    /// The plain sentence in English.
    pub en: String,
}
