//! The templates and fonts, built into the program: it works from one file and no
//! template on the disk can be swapped.

use std::sync::LazyLock;
use typst::foundations::Bytes;
use typst::text::Font;

/// A document that can be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Template {
    /// The annual report.
    Annual,
    /// The intervision summary: one page.
    Intervision,
    /// The recovery sheet: one page of paper.
    RecoverySheet,
}

impl Template {
    /// Path of its first file within `report-templates`.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Annual => "annual/annual.typ",
            Self::Intervision => "intervision/intervision.typ",
            Self::RecoverySheet => "recovery-sheet/recovery-sheet.typ",
        }
    }

    /// Made-up data that shows everything the template can do, as JSON.
    #[must_use]
    pub fn sample(self) -> &'static str {
        let path = match self {
            Self::Annual => "annual/sample.json",
            Self::Intervision => "intervision/sample.json",
            Self::RecoverySheet => "recovery-sheet/sample.json",
        };
        text(path).expect("every template has its sample beside it")
    }
}

macro_rules! files {
    ($($path:literal),+ $(,)?) => {
        const FILES: &[(&str, &str)] = &[$(($path, include_str!(concat!("../../../report-templates/", $path)))),+];
    };
}

files! {
    "annual/annual.typ",
    "annual/section.typ",
    "annual/nl.json",
    "annual/en.json",
    "annual/sample.json",
    "intervision/intervision.typ",
    "intervision/nl.json",
    "intervision/en.json",
    "intervision/sample.json",
    "recovery-sheet/recovery-sheet.typ",
    "recovery-sheet/nl.json",
    "recovery-sheet/en.json",
    "recovery-sheet/sample.json",
    "lib/bars.typ",
    "lib/style.typ",
}

/// An embedded file by its path within `report-templates`.
pub(crate) fn text(path: &str) -> Option<&'static str> {
    FILES.iter().find(|(name, _)| *name == path).map(|(_, text)| *text)
}

/// The family that everything is set in but digits that must not be misread.
pub(crate) const TEXT_FAMILY: &str = "Inter";

/// The fonts, read once.
pub(crate) static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let files: [&'static [u8]; 3] = [
        include_bytes!("../../../assets/fonts/Inter-Regular.otf"),
        include_bytes!("../../../assets/fonts/Inter-SemiBold.otf"),
        include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleMono-Regular.ttf"),
    ];
    files.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect()
});
