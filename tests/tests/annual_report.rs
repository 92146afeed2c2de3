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
        recommendations: vec![
            "Bespreek de gedragscode in elk team.".to_owned(),
            "Wijs een plaatsvervanger aan.".to_owned(),
        ],
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

#[test]
fn the_same_report_is_the_same_file() {
    let bytes = || report(&example_year(30, 1), Language::Nl, Version::Final(1)).pdf().expect("an accessible PDF");
    assert_eq!(bytes(), bytes());
}

fn numbers_in(text: &str) -> impl Iterator<Item = u32> + '_ {
    let words = text.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty());
    words.map(|word| word.parse().expect("a run of digits"))
}

/// The lines of the reading under first-level headings for which `wanted` holds.
fn under(reading: &pdf::Reading, wanted: impl Fn(&str) -> bool) -> Vec<&str> {
    let mut inside = wanted("");
    let lines = reading.tagged.lines().map(str::trim);
    let kept = lines.filter(|line| {
        if let Some(heading) = line.strip_prefix("H1 ") {
            inside = wanted(heading);
            return false;
        }
        inside && !line.is_empty()
    });
    kept.collect()
}

fn speaks_in_numbers(heading: &str) -> bool {
    ["Samenvatting", "Summary", "1 ", "2 "].iter().any(|start| heading.starts_with(start))
}

/// Takes out what holds digits without counting anything: names of tables and of age groups.
fn without_names(line: &str) -> String {
    let lists = taxonomy::Dimension::ALL.iter().flat_map(|dimension| {
        let nodes = dimension.tree().nodes.iter().map(|node| node.label);
        nodes.chain(dimension.list().codes.iter().map(|code| code.label))
    });
    let mut names: Vec<&str> = lists
        .flat_map(|label| [label.nl, label.en])
        .filter(|name| name.contains(|c: char| c.is_ascii_digit()))
        .collect();
    names.extend(counts::TableId::ALL.iter().map(|table| table.name()));
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.iter().fold(line.to_owned(), |line, name| line.replace(name, ""))
}

fn printed_numbers(reading: &pdf::Reading) -> BTreeSet<u32> {
    let lines = under(reading, speaks_in_numbers);
    lines
        .iter()
        .flat_map(|line| numbers_in(&without_names(line.strip_prefix("H2 ").unwrap_or(line))).collect::<Vec<_>>())
        .collect()
}

/// The years that take every way through the template.
fn years() -> Vec<YearCounts> {
    vec![
        example_year(30, 1),
        example_year(30, 4),
        example_year(12, 1),
        example_year(7, 1),
        example_year(4, 1),
        example_year(0, 1),
    ]
}

#[test]
fn every_number_about_meldingen_is_in_the_figures_and_every_figure_is_printed() {
    for counts in years() {
        for language in [Language::Nl, Language::En] {
            let report = report(&counts, language, Version::Draft);
            let figures: BTreeSet<u32> = report.figures().numbers().collect();
            assert_eq!(printed_numbers(&read(&report)), figures);
        }
    }
}

#[test]
fn outside_the_figures_the_only_numbers_are_dates_pages_sections_and_the_threshold() {
    for counts in years() {
        let report = report(&counts, Language::Nl, Version::Final(3));
        let reading = read(&report);
        let mut rest = under(&reading, |heading| !speaks_in_numbers(heading) && heading != "Inhoud").join("\n");
        for known in ["1 januari 2025 tot en met 31 december 2025", "3 februari 2026", "3, definitief"] {
            assert!(rest.contains(known), "{known}");
            rest = rest.replace(known, "");
        }
        // A numbered list of two recommendations; five and ten are the rule itself.
        let allowed = BTreeSet::from([1, 2, 5, 10]);
        assert!(numbers_in(&rest).all(|number| allowed.contains(&number)), "{rest}");
        for (index, artifact) in reading.artifacts.iter().enumerate() {
            let running = "Stichting De Voorbeeldhof · Jaarverslag vertrouwenspersoon 2025 Vertrouwelijk";
            let expected = if index == 0 { String::new() } else { format!("{running} Pagina {}", index + 1) };
            // The dots of the table of contents are artifacts too.
            let letters = |text: &str| text.replace([' ', '.'], "");
            assert_eq!(letters(artifact), letters(&expected));
        }
    }
}

#[test]
fn every_table_has_its_rows_in_the_order_of_the_figures() {
    let report = report(&example_year(30, 4), Language::Nl, Version::Draft);
    let reading = read(&report);
    let lines = under(&reading, |heading| heading.starts_with("2 "));
    for table in &report.figures().tables {
        let heading = format!("H2 {} ", table.id);
        let start = lines.iter().position(|line| line.starts_with(&heading)).expect("every table has a heading");
        let cells =
            lines[start + 1..].iter().take_while(|line| !line.starts_with("H2 ")).filter_map(|l| l.strip_prefix("TD "));
        let cells: Vec<&str> = cells.collect();
        assert_eq!(cells.len(), 2 * table.rows.len(), "{}", table.id);
        for (row, cells) in table.rows.iter().zip(cells.chunks(2)) {
            assert!(cells[0].starts_with(row.label), "{}: {}", table.id, row.label);
            assert_eq!(cells[1], row.value.to_string(), "{}: {}", table.id, row.label);
        }
    }
}

#[test]
fn every_sentence_of_the_figures_stands_in_the_report() {
    for counts in years() {
        for language in [Language::Nl, Language::En] {
            let report = report(&counts, language, Version::Draft);
            let reading = read(&report);
            for statement in &report.figures().statements {
                assert!(reading.tagged.contains(&statement.text), "{}", statement.text);
            }
        }
    }
}

#[test]
fn the_pdf_is_tagged_titled_and_in_its_language_and_says_nothing_about_its_maker() {
    for (language, code, title) in [
        (Language::Nl, "nl", "Jaarverslag vertrouwenspersoon 2025 – Stichting De Voorbeeldhof"),
        (Language::En, "en", "Confidential adviser’s annual report 2025 – Stichting De Voorbeeldhof"),
    ] {
        let reading = read(&report(&example_year(30, 1), language, Version::Final(1)));
        assert!(reading.language.starts_with(code), "{}", reading.language);
        assert!(reading.metadata.contains(title), "{}", reading.metadata);
        assert!(reading.metadata.contains("pdfuaid:part"), "{}", reading.metadata);
        assert!(
            !reading.metadata.contains("Date>") && !reading.metadata.contains("CreatorTool"),
            "{}",
            reading.metadata
        );
        assert_eq!(reading.information, Vec::<String>::new());
        assert!(reading.fonts.0 >= 2 && reading.fonts.0 == reading.fonts.1, "{:?}", reading.fonts);
        let figures: Vec<&str> =
            reading.tagged.lines().map(str::trim).filter(|line| line.starts_with("Figure")).collect();
        assert!(figures.len() > 10 && figures.iter().all(|line| line.starts_with("Figure [") && line.len() > 30));
    }
}

#[test]
fn what_somebody_wrote_arrives_as_it_was_written() {
    let hostile = "#read(\"x\") *b* _i_ $x$ @ref <l> `c` = h -> \\ // /* [a] {b} ~ 1. - --- 'q'";
    let mut head = letterhead(Language::Nl, Version::Draft);
    (head.organisation, head.adviser, head.certification) =
        ("#sys *NV*".to_owned(), hostile.to_owned(), hostile.to_owned());
    let texts = Texts {
        summary: hostile.to_owned(),
        activities: hostile.to_owned(),
        risk_profile: hostile.to_owned(),
        comparison: hostile.to_owned(),
        developments: hostile.to_owned(),
        evaluation: hostile.to_owned(),
        recommendations: vec![hostile.to_owned()],
    };
    let report = AnnualReport::new(head, texts, &publish(&example_year(30, 1), &Settings::default()));
    let reading = read(&report);
    assert_eq!(reading.tagged.matches(hostile).count(), 9);
    assert!(reading.tagged.contains("P #sys *NV*"));
}

#[test]
fn a_text_with_control_marks_or_foreign_signs_still_makes_a_report() {
    let texts = Texts { summary: "a\u{202E}b\u{0000}c 漢 👍 d\r\ne".to_owned(), ..Texts::default() };
    let published = publish(&example_year(30, 1), &Settings::default());
    let reading = read(&AnnualReport::new(letterhead(Language::Nl, Version::Draft), texts, &published));
    assert!(reading.tagged.contains("P abc □ □ d\n"), "{}", reading.tagged);
}

#[test]
fn no_merged_category_is_named_outside_its_own_row() {
    let report = report(&example_year(30, 1), Language::Nl, Version::Draft);
    let figures: &Figures = report.figures();
    let merged = figures.tables.iter().find(|table| table.id == "K1").map(|table| &table.rows[2]).expect("a third row");
    assert_eq!(merged.members, ["sexual_harassment", "aggression_violence"]);
    let reading = read(&report);
    let named = reading.tagged.lines().filter(|line| line.contains("Agressie en geweld")).count();
    assert_eq!(named, 1, "once, in small print below the row");
}
