//! The gate. A summary becomes a page only when no name is left in it.

use crate::draft::Part;
use crate::summary::{Row, Summary};
use crate::wording;
use casebook::names::{Finding, NameIndex, ScanError};
use casebook::{CaseSummary, CaseText};
use serde_json::{Value, json};
use taxonomy::{ConsentKind, Language};
use typeset::{Document, Template, TypesetError};

/// Why the reporter's story may be used.
pub enum Permission {
    /// Consent to use it in intervision is noted.
    Consent,
    /// The adviser's reason to use it without.
    Reason(CaseText),
}

/// Neither consent nor a reason was given.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("consent to use the case in intervision is not noted and no reason was given")]
pub struct ReasonNeeded;

impl Permission {
    /// The consent that is noted with the case, or else the reason.
    ///
    /// # Errors
    /// [`ReasonNeeded`] when there is neither.
    pub fn of(case: &CaseSummary, reason: Option<CaseText>) -> Result<Self, ReasonNeeded> {
        if case.consents_to(ConsentKind::UseInIntervision) {
            return Ok(Self::Consent);
        }
        reason.filter(|words| !words.is_empty()).map(Self::Reason).ok_or(ReasonNeeded)
    }

    /// The reason, for the log of the vault.
    #[must_use]
    pub fn reason(&self) -> Option<&CaseText> {
        match self {
            Self::Consent => None,
            Self::Reason(words) => Some(words),
        }
    }
}

/// A finding and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// The part it stands in; `None` for the number of the export, which the caller can
    /// draw again.
    pub part: Option<Part>,
    /// The place and what it gives away.
    pub finding: Finding,
}

/// Why a summary may not leave the vault.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckError {
    /// Something in the text could tell who it is about.
    #[error("{} places in the text could tell who it is about", .0.len())]
    NamesLeft(Vec<Found>),
    /// The check itself could not be done, so nothing is known to be safe.
    #[error("the names could not be checked")]
    Unchecked(#[from] ScanError),
}

/// A summary in which no name is left: the only thing that can be shown and saved.
pub struct Checked(Summary);

/// Checks everything that will be printed. The words of rows and headings are constants
/// of the program chosen by a code and can name nobody; all other text is scanned.
///
/// # Errors
/// [`CheckError`] with every finding, or because the check could not be done.
pub fn check(summary: Summary, names: &NameIndex, _permission: &Permission) -> Result<Checked, CheckError> {
    let mut left: Vec<Found> = Vec::new();
    left.extend(names.scan(&summary.number)?.into_iter().map(|finding| Found { part: None, finding }));
    for (part, text) in &summary.sections {
        // EXPOSE: read by the scan only; a finding holds places and no words.
        let findings = names.scan(text.expose())?;
        left.extend(findings.into_iter().map(|finding| Found { part: Some(*part), finding }));
    }
    if left.is_empty() { Ok(Checked(summary)) } else { Err(CheckError::NamesLeft(left)) }
}

impl Checked {
    /// The number of this export, for the log.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.0.number
    }

    /// The page as plain text.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let summary = &self.0;
        let mut page = format!("{}\n{} · {}\n", wording::TITLE.get(language), summary.number, self.month(language));
        for (heading, rows) in [(wording::CONTEXT, &summary.context), (wording::FACTS, &summary.facts)] {
            page.push_str(&format!("\n{}\n", heading.get(language)));
            for row in rows {
                page.push_str(&format!("{}: {}\n", row.label.get(language), row.value(language)));
            }
        }
        for (part, text) in &summary.sections {
            // EXPOSE: the adviser's own words, checked; this is the page she saves.
            page.push_str(&format!("\n{}\n{}\n", wording::heading(*part).get(language), text.expose().trim()));
        }
        page
    }

    /// The page, laid out: for the preview and the PDF.
    ///
    /// # Errors
    /// [`TypesetError`] when the page cannot be laid out.
    pub fn document(&self, language: Language) -> Result<Document, TypesetError> {
        typeset::compile(Template::Intervision, self.data(language))
    }

    /// The page as PDF.
    ///
    /// # Errors
    /// [`TypesetError`] when the page cannot be laid out or written.
    pub fn pdf(&self, language: Language) -> Result<Vec<u8>, TypesetError> {
        self.document(language)?.pdf()
    }

    fn month(&self, language: Language) -> String {
        format!("{} {}", self.0.month.get(language), self.0.year)
    }

    fn data(&self, language: Language) -> Value {
        let summary = &self.0;
        let rows = |rows: &[Row]| -> Vec<Value> {
            rows.iter().map(|r| json!({ "label": r.label.get(language), "value": r.value(language) })).collect()
        };
        let sections: Vec<Value> = summary
            .sections
            .iter()
            // EXPOSE: the adviser's own words, checked; this is the page she saves.
            .map(|(part, text)| json!({ "title": wording::heading(*part).get(language), "body": text.expose().trim() }))
            .collect();
        json!({
            "language": match language { Language::Nl => "nl", Language::En => "en" },
            "number": summary.number,
            "month": self.month(language),
            "context": rows(&summary.context),
            "facts": rows(&summary.facts),
            "sections": sections,
        })
    }
}
