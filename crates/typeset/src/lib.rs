//! Typst with nothing but memory behind it: a template and data in, pages out.
//!
//! The compiler sees the templates, the fonts and one data file, all from memory. There
//! is no disk, no network, no package and no clock behind it; anything else it asks for
//! is an error. What people wrote reaches it as JSON strings, never as markup.

mod embedded;
mod printable;

mod world;

pub use embedded::Template;
pub use printable::printable;

use std::fmt;
use typst::WorldExt;
use typst::diag::SourceDiagnostic;
use typst::ecow::EcoVec;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use typst_svg::SvgOptions;
use world::MemoryWorld;

/// Why no document was made. It names a place in a template and nothing of the data:
/// a compiler message could quote what somebody wrote.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TypesetError {
    /// The template could not be compiled with this data.
    #[error("the template stops at {0}")]
    Compile(Place),
    /// The pages could not be written as an accessible PDF.
    #[error("the pages cannot be written as an accessible PDF because of {0}")]
    Pdf(Place),
}

/// A line of a template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// Path of the template within `report-templates`; empty when unknown.
    pub file: String,
    /// Line from 1; 0 when unknown.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.file.is_empty() { f.write_str("an unknown place") } else { write!(f, "{}:{}", self.file, self.line) }
    }
}

/// Laid out pages.
pub struct Document {
    pages: PagedDocument,
    world: MemoryWorld,
    warnings: Vec<Place>,
}

/// Lays a template out with its data.
///
/// Every string of the data is cleaned first: control characters and characters that
/// change the direction of writing are dropped, and what the font cannot show becomes a
/// visible mark instead of a hole.
///
/// # Errors
/// [`TypesetError::Compile`] when the data does not fit the template.
pub fn compile(template: Template, mut data: serde_json::Value) -> Result<Document, TypesetError> {
    printable::clean(&mut data);
    lay_out(MemoryWorld::new(template, Some(data.to_string().into_bytes())))
}

fn lay_out(world: MemoryWorld) -> Result<Document, TypesetError> {
    let compiled = typst::compile::<PagedDocument>(&world);
    // The compiler remembers its work across calls, and with it what people wrote.
    typst::comemo::evict(0);
    let warnings = compiled.warnings.iter().map(|warning| place(&world, warning)).collect();
    match compiled.output {
        Ok(pages) => Ok(Document { pages, world, warnings }),
        Err(errors) => Err(TypesetError::Compile(first(&world, &errors))),
    }
}

impl Document {
    /// The document as PDF/UA-1: tagged, with its fonts embedded, without a time, a
    /// program name or any other trace of this computer. The same pages give the same bytes.
    ///
    /// # Errors
    /// [`TypesetError::Pdf`] when the pages do not meet the standard.
    pub fn pdf(&self) -> Result<Vec<u8>, TypesetError> {
        let standards = PdfStandards::new(&[PdfStandard::Ua_1]).expect("PDF/UA-1 alone contradicts nothing");
        let options = PdfOptions { creator: Smart::Custom(None), standards, ..PdfOptions::default() };
        let bytes = typst_pdf::pdf(&self.pages, &options);
        typst::comemo::evict(0);
        bytes.map_err(|errors| TypesetError::Pdf(first(&self.world, &errors)))
    }

    /// One SVG image a page, for the preview.
    #[must_use]
    pub fn pages_svg(&self) -> Vec<String> {
        let options = SvgOptions::default();
        let images = self.pages.pages().iter().map(|page| typst_svg::svg(page, &options)).collect();
        typst::comemo::evict(0);
        images
    }

    /// Places in the templates that the compiler warned about; a sound template has none.
    #[must_use]
    pub fn warnings(&self) -> &[Place] {
        &self.warnings
    }
}

fn first(world: &MemoryWorld, errors: &EcoVec<SourceDiagnostic>) -> Place {
    errors.first().map_or(Place { file: String::new(), line: 0 }, |error| place(world, error))
}

fn place(world: &MemoryWorld, diagnostic: &SourceDiagnostic) -> Place {
    let (mut file, mut line) = (String::new(), 0);
    if let Some(id) = diagnostic.span.id() {
        file = id.vpath().get_without_slash().to_owned();
        let text = embedded::text(&file).unwrap_or_default();
        let before = world.range(diagnostic.span).and_then(|range| text.get(..range.start));
        line = before.map_or(0, |text| text.matches('\n').count() + 1);
    }
    Place { file, line }
}

#[cfg(test)]
mod tests;
