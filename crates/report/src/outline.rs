//! The report as plain lines, for a reader who cannot look at pages.

use crate::AnnualReport;
use std::fmt::Write as _;

impl AnnualReport {
    /// Headings, sentences and tables, one a line, in the order of the pages. Lines of
    /// tables are `label: number`.
    #[must_use]
    pub fn plain_text(&self) -> String {
        let mut text = String::new();
        let mut line = |words: &str| {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{words}");
        };
        line(&self.letterhead.organisation);
        line(&self.letterhead.period());
        self.figures.statements.iter().for_each(|statement| line(&statement.text));
        line(&self.texts.summary);
        line(&self.texts.activities);
        for table in &self.figures.tables {
            line(&format!("{} ({})", table.id, table.base));
            table.rows.iter().for_each(|row| line(&format!("{}: {}", row.label, row.value)));
            table.note.iter().for_each(|note| line(note));
        }
        let texts = &self.texts;
        [&texts.risk_profile, &texts.comparison, &texts.developments, &texts.evaluation]
            .into_iter()
            .chain(&texts.recommendations)
            .filter(|written| !written.trim().is_empty())
            .for_each(|written| line(written));
        text
    }
}
