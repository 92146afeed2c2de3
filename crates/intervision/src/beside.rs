//! The generalised lines that the adviser sees beside her empty text. They are the
//! program's own constants, so that showing them tells nothing that the check must see.

use crate::draft::{Draft, DraftError};
use crate::summary::{Row, context, facts};
use casebook::CaseSummary;
use casebook::practice::Organisation;
use chrono::NaiveDate;
use taxonomy::Language;

/// One line: what it is, and what it says.
pub type Line = (&'static str, String);

/// What the summary of a case says in generalised codes.
pub struct Beside {
    /// About the organisation and the adviser's role.
    pub context: Vec<Line>,
    /// About the case.
    pub facts: Vec<Line>,
}

impl Beside {
    /// The lines for a draft, which may still be without words.
    ///
    /// # Errors
    /// [`DraftError::TooManyTraits`] when more traits were chosen than may be told.
    pub fn of(
        draft: &Draft,
        case: &CaseSummary,
        organisation: Option<&Organisation>,
        today: NaiveDate,
        language: Language,
    ) -> Result<Self, DraftError> {
        let lines = |rows: Vec<Row>| rows.iter().map(|row| (row.label.get(language), row.value(language))).collect();
        let traits = draft.chosen_traits()?;
        Ok(Self { context: lines(context(organisation)), facts: lines(facts(draft, case, &traits, today)) })
    }
}
