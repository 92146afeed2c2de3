//! The annual report: published counts and a letterhead in, a PDF out.
//!
//! This crate cannot see a case: it is made from [`counts::PublishedCounts`] and from
//! what the adviser wrote for this report. [`Figures`] is everything the report says in
//! numbers; the pages are laid out from it and from nothing else.

mod figures;
mod letterhead;
mod outline;
mod statements;

pub use figures::{Figures, Members, Row, SCHEMA, Statement, Table, Total};
pub use letterhead::{Day, Letterhead, Texts, Version};
pub use typeset::{Document, TypesetError};

use counts::PublishedCounts;
use serde_json::{Value, json};
use typeset::Template;

/// One annual report, ready to be laid out.
pub struct AnnualReport {
    letterhead: Letterhead,
    texts: Texts,
    figures: Figures,
    parts: Vec<Vec<Vec<&'static str>>>,
    key_figures: Vec<(&'static str, u32)>,
}

impl AnnualReport {
    /// The report of one organisation-year.
    #[must_use]
    pub fn new(letterhead: Letterhead, texts: Texts, published: &PublishedCounts) -> Self {
        let figures = Figures::of(&letterhead, published);
        let parts = figures::parts(published, letterhead.language);
        let key_figures = statements::key_figures(published, letterhead.language);
        Self { letterhead, texts, figures, parts, key_figures }
    }

    /// Everything that the report says in numbers.
    #[must_use]
    pub fn figures(&self) -> &Figures {
        &self.figures
    }

    /// Lays out the pages; from these come the PDF and the preview.
    ///
    /// # Errors
    /// [`TypesetError`] when the template does not take the data, which a test rules
    /// out for every kind of year.
    pub fn typeset(&self) -> Result<Document, TypesetError> {
        typeset::compile(Template::Annual, self.data())
    }

    /// The accessible PDF.
    ///
    /// # Errors
    /// [`TypesetError`] as for [`AnnualReport::typeset`].
    pub fn pdf(&self) -> Result<Vec<u8>, TypesetError> {
        self.typeset()?.pdf()
    }

    /// What the template reads; `annual/sample.json` shows all of it.
    fn data(&self) -> Value {
        let key_figures: Vec<Value> =
            self.key_figures.iter().map(|(label, value)| json!({ "label": label, "value": value })).collect();
        json!({
            "letterhead": self.letterhead.printed(),
            "texts": self.texts,
            "figures": self.figures,
            "parts": self.parts,
            "key_figures": key_figures,
        })
    }
}

#[cfg(test)]
mod tests;
