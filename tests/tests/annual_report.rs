//! The annual report as a reader of the PDF meets it: its words, its numbers, its tags.

#[path = "annual_report/pdf.rs"]
mod pdf;
#[path = "annual_report/year.rs"]
mod year;

use counts::{Settings, YearCounts, publish};
use report::{AnnualReport, Day, Figures, Letterhead, Texts, Version};
use std::collections::BTreeSet;
use taxonomy::Language;
use year::example_year;

fn letterhead(language: Language, version: Version) -> Letterhead {
    Letterhead {
        organisation: "Stichting De Voorbeeldhof".to_owned(),
        adviser: "A. Adviseur".to_owned(),
        certification: "Gecertificeerd vertrouwenspersoon".to_owned(),
        year: 2025,
        year_start_month: 1,
        language,
        version,
        date: Day { year: 2026, month: 2, day: 3 },
    }
}

fn texts() -> Texts {
    Texts {
        summary: "De vertrouwenspersoon werd goed gevonden.".to_owned(),
        comparison: "De landelijke cijfers laten hetzelfde beeld zien.\nEen tweede alinea.".to_owned(),
        recommendations: vec!["Bespreek de gedragscode in elk team.".to_owned(), "Wijs een plaatsvervanger aan.".to_owned()],
        ..Texts::default()
    }
}

fn report(counts: &YearCounts, language: Language, version: Version) -> AnnualReport {
    AnnualReport::new(letterhead(language, version), texts(), &publish(counts, &Settings::default()))
}

fn read(report: &AnnualReport) -> pdf::Reading {
    pdf::read(&report.pdf().expect("an accessible PDF"))
}

/// Compares with the agreed reading. With `BLESS` in the environment the reading is
/// written down instead, to be read and agreed in the change itself.
#[allow(clippy::disallowed_methods, reason = "writes invented figures into the source tree, on request only")]
fn agrees(name: &str, agreed: &str, reading: &str) {
    if std::env::var_os("BLESS").is_some() {
        let path = format!("{}/golden/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::write(path, reading).expect("the source tree can be written");
    } else {
        assert!(agreed == reading, "{name} reads differently; run again with BLESS=1 and look at the change");
    }
}

#[test]
fn the_example_year_reads_as_agreed_in_dutch() {
    let reading = read(&report(&example_year(30, 1), Language::Nl, Version::Final(1)));
    agrees("annual.nl.txt", include_str!("../golden/annual.nl.txt"), &reading.tagged);
}

#[test]
fn the_example_year_reads_as_agreed_in_english() {
    let reading = read(&report(&example_year(30, 1), Language::En, Version::Draft));
    agrees("annual.en.txt", include_str!("../golden/annual.en.txt"), &reading.tagged);
}

#[test]
fn a_year_below_the_threshold_reads_as_agreed() {
    let reading = read(&report(&example_year(4, 1), Language::Nl, Version::Final(1)));
    agrees("annual.few.nl.txt", include_str!("../golden/annual.few.nl.txt"), &reading.tagged);
}
