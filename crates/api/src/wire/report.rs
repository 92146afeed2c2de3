//! The annual report.

use super::versions::{EntryVersions, Shown};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use ts_rs::TS;
use uuid::Uuid;

/// Which report.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OneReport {
    /// The organisation.
    pub organisation: Uuid,
    /// The report year.
    pub year: i32,
    /// `nl` or `en`.
    pub language: String,
}

/// The adviser's own texts.
#[derive(Clone, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReportTextsView {
    /// Kern in het kort.
    pub summary: String,
    /// Explanation of the activities.
    pub activities: String,
    /// Risk profile.
    pub risk_profile: String,
    /// Comparison with national figures and earlier years.
    pub comparison: String,
    /// Developments.
    pub developments: String,
    /// Evaluation of role and function.
    pub evaluation: String,
    /// Recommendations, one a line.
    pub recommendations: String,
}

/// A report as the screen shows it.
#[derive(Serialize, TS)]
pub struct ReportView {
    /// Whether the year was made final.
    pub frozen: bool,
    /// The day on which it was.
    pub frozen_on: Option<String>,
    /// Years in which the organisation has meldingen, newest first.
    pub years: Vec<i32>,
    /// Smallest printed count.
    pub threshold: u32,
    /// The texts of this year.
    pub texts: ReportTextsView,
    /// What the texts are, if there are any; goes back with what is typed.
    pub shown: Option<Shown>,
    /// The texts, when two computers wrote a version each.
    pub versions: Vec<EntryVersions>,
    /// The texts of the year before, one click away.
    pub last_year: Option<ReportTextsView>,
    /// Numbers of cases whose coding is not complete (R26).
    pub incomplete: Vec<String>,
    /// The figures, as they will be printed.
    pub figures: FiguresView,
}

/// The figures as text: the accessible form of the preview.
#[derive(Serialize, TS)]
pub struct FiguresView {
    /// The total; `null` when it may not be printed.
    pub total: Option<u32>,
    /// The tables.
    pub tables: Vec<TableView>,
    /// Every generated sentence.
    pub statements: Vec<String>,
}

/// One table.
#[derive(Serialize, TS)]
pub struct TableView {
    /// For example `K1`.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// The number of meldingen it is about.
    pub base: u32,
    /// Whether a melding can stand in several rows.
    pub multiple: bool,
    /// The rows in fixed order.
    pub rows: Vec<RowView>,
    /// Why it is not broken down further.
    pub note: Option<String>,
}

/// One row.
#[derive(Serialize, TS)]
pub struct RowView {
    /// What is counted.
    pub label: String,
    /// How many.
    pub value: u32,
}

/// New texts for a report.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveReportTexts {
    /// The organisation.
    pub organisation: Uuid,
    /// The report year.
    pub year: i32,
    /// The texts.
    pub texts: ReportTextsView,
    /// What was on the screen.
    #[serde(default)]
    pub after: Option<Shown>,
}

/// Pages that were rendered; the window loads them as images by number.
#[derive(Serialize, TS)]
pub struct Pages {
    /// How many pages.
    pub count: u32,
    /// Changes with every rendering; part of an image's address.
    pub version: u32,
    /// The same content as figures; `null` for an intervision summary.
    pub figures: Option<FiguresView>,
}

/// Save a report as a PDF.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveReport {
    /// Where to.
    #[ts(skip)]
    pub path: PathBuf,
    /// The organisation.
    pub organisation: Uuid,
    /// The report year.
    pub year: i32,
    /// `nl` or `en`.
    pub language: String,
    /// Another threshold than the organisation's, 3-10.
    #[serde(default)]
    pub threshold: Option<u32>,
    /// Where to write the figures, if wanted.
    #[serde(default)]
    #[ts(skip)]
    pub figures: Option<PathBuf>,
    /// Make the year final: it never changes again.
    pub make_final: bool,
}

/// A file that was written for the person.
#[derive(Serialize, TS)]
pub struct FileSaved {
    /// Name of the file, without its folder.
    pub file: String,
    /// Name of the folder.
    pub folder: String,
}
