//! Files that were made to do harm: each is refused with a problem, within the bounds
//! on memory, and never with a panic.

use super::problem::ProblemKind;
use super::{ImportOptions, MAX_ROWS, read};
use proptest::prelude::*;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const EXAMPLE: &[u8] = include_bytes!("../../../../tests/fixtures/import/example-year.csv");
const WORKBOOK: &[u8] = include_bytes!("../../../../tests/fixtures/import/example-year.xlsx");
const OPTIONS: ImportOptions = ImportOptions { integrity_role: false, year_start_month: 1 };

fn the_kind(bytes: &[u8]) -> ProblemKind {
    match read(bytes, OPTIONS) {
        Ok(file) => panic!("{} rows were taken", file.rows.len()),
        Err(problems) => problems[0].kind,
    }
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(1));
    for (name, part) in parts {
        zip.start_file(*name, options).expect("a new part");
        zip.write_all(part).expect("memory takes every part");
    }
    zip.finish().expect("memory takes the directory").into_inner()
}

fn packed_again(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    packed(&parts.iter().map(|(name, part)| (name.as_str(), part.as_slice())).collect::<Vec<_>>())
}

fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("the bytes are a zip");
    let count = archive.len();
    let part = |index| {
        let mut entry = archive.by_index(index).expect("a part of the directory");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("a part that can be unpacked");
        (entry.name().expect("a name of letters").into_owned(), bytes)
    };
    (0..count).map(part).collect()
}

/// A workbook of one sheet with this XML for its data, and other parts.
fn workbook(sheet_data: &str, others: &[(&str, &[u8])]) -> Vec<u8> {
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{sheet_data}</worksheet>"#
    );
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        ("xl/workbook.xml", br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="zaken" sheetId="1" r:id="rId1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    parts.extend_from_slice(others);
    packed(&parts)
}

/// Cells as inline strings, one row after the other.
fn rows(lines: &[&str]) -> String {
    let cell = |text: &str| format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#);
    let row = |line: &&str| format!("<row>{}</row>", line.split(',').map(cell).collect::<String>());
    format!("<sheetData>{}</sheetData>", lines.iter().map(row).collect::<String>())
}

fn example_rows() -> String {
    let text = std::str::from_utf8(EXAMPLE).expect("the example is UTF-8");
    rows(&text.lines().collect::<Vec<_>>())
}

#[test]
fn the_builder_of_these_tests_makes_workbooks_that_are_read() {
    assert!(read(&workbook(&example_rows(), &[]), OPTIONS).is_ok_and(|file| file.rows.len() == 30));
}

#[test]
fn a_workbook_that_swells_a_thousandfold_is_refused() {
    let bomb = vec![b' '; 20 * 1024 * 1024];
    assert_eq!(the_kind(&workbook(&example_rows(), &[("xl/media/a.xml", &bomb)])), ProblemKind::WorkbookTooLarge);
}

#[test]
fn what_the_directory_says_about_a_size_is_not_believed() {
    let bomb = vec![b' '; 20 * 1024 * 1024];
    let mut bytes = workbook(&example_rows(), &[("xl/media/a.xml", &bomb)]);
    let size = u32::try_from(bomb.len()).expect("twenty megabytes").to_le_bytes();
    while let Some(place) = bytes.windows(4).position(|four| four == size) {
        bytes[place..place + 4].copy_from_slice(&1_u32.to_le_bytes());
    }
    assert!(read(&bytes, OPTIONS).is_err());
}

#[test]
fn more_than_two_hundred_parts_are_refused() {
    let names: Vec<String> = (0..250).map(|n| format!("xl/media/{n}.xml")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    assert_eq!(the_kind(&workbook(&example_rows(), &parts)), ProblemKind::WorkbookTooLarge);
}

#[test]
fn a_cell_in_the_last_row_of_the_sheet_is_named_and_makes_no_million_rows() {
    let far =
        example_rows().replace("</sheetData>", r#"<row r="1048576"><c r="B1048576"><v>1</v></c></row></sheetData>"#);
    let Err(problems) = read(&workbook(&far, &[]), OPTIONS) else { panic!("the far cell was taken") };
    assert_eq!((problems[0].kind, problems[0].line), (ProblemKind::FarCell, 1_048_576));
    let wide = example_rows().replace("</sheetData>", r#"<row r="3"><c r="XFD3"><v>1</v></c></row></sheetData>"#);
    assert_eq!(the_kind(&workbook(&wide, &[])), ProblemKind::FarCell);
}

#[test]
fn document_type_declarations_are_refused_in_any_encoding() {
    let declared = br#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>"#;
    let kind = ProblemKind::WorkbookWithDeclarations;
    assert_eq!(the_kind(&workbook(&example_rows(), &[("xl/styles.xml", declared)])), kind);
    let wide: Vec<u8> = declared.iter().flat_map(|byte| [*byte, 0]).collect();
    assert_eq!(the_kind(&workbook(&example_rows(), &[("xl/styles.xml", &wide)])), kind);
}

#[test]
fn a_list_that_claims_more_strings_than_it_has_room_for_is_refused() {
    let claim = br#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount = "1152921504606846975"><si><t>a</t></si></sst>"#;
    let bytes = workbook(&example_rows(), &[("xl/sharedStrings.xml", claim)]);
    assert_eq!(the_kind(&bytes), ProblemKind::WorkbookTooLarge);
}

#[test]
fn a_sheet_whose_range_ends_before_it_begins_is_unreadable_and_no_crash() {
    let sheet = format!(r#"<dimension ref="C9:A1"/>{}"#, example_rows());
    // Whether the reader minds depends on how it was compiled; it must not be a panic.
    let result = read(&workbook(&sheet, &[]), OPTIONS);
    assert!(
        result.is_ok_and(|file| file.rows.len() == 30)
            || the_kind(&workbook(&sheet, &[])) == ProblemKind::UnreadableWorkbook
    );
}

#[test]
fn a_zip_that_is_no_workbook_is_unreadable() {
    assert_eq!(
        the_kind(&packed(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")])),
        ProblemKind::UnreadableWorkbook
    );
    assert_eq!(the_kind(b"PK\x03\x04"), ProblemKind::UnreadableWorkbook);
}

#[test]
fn a_workbook_with_only_hidden_sheets_has_nothing_to_read() {
    let mut parts = parts(&workbook(&example_rows(), &[]));
    for (_, part) in &mut parts {
        let hidden = String::from_utf8_lossy(part).replace(r#"sheetId="1""#, r#"sheetId="1" state="veryHidden""#);
        *part = hidden.into_bytes();
    }
    assert_eq!(the_kind(&packed_again(&parts)), ProblemKind::NoWorksheet);
}

#[test]
fn formulas_that_fail_times_and_dates_in_text_are_named() {
    let text = std::str::from_utf8(EXAMPLE).expect("the example is UTF-8");
    let two: Vec<&str> = text.lines().take(2).collect();
    let with = |old: &str, cell: &str| {
        let old = format!(r#"<c t="inlineStr"><is><t>{old}</t></is></c>"#);
        the_kind(&workbook(&rows(&two).replacen(&old, cell, 1), &[("xl/styles.xml", STYLES)]))
    };
    assert_eq!(with("AFD1", r##"<c t="e"><v>#N/A</v></c>"##), ProblemKind::FormulaError);
    assert_eq!(with("6.5", r#"<c s="2"><v>0.270833</v></c>"#), ProblemKind::TimeOfDay);
    assert_eq!(with("VB25-01", r#"<c s="1"><v>45658</v></c>"#), ProblemKind::DateInText);
    assert_eq!(with("2025-01-14", r#"<c><v>45671</v></c>"#), ProblemKind::NotADate);
}

/// Format 1 is a date, format 2 a time.
const STYLES: &[u8] = br#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/></cellXfs></styleSheet>"#;

#[test]
fn text_with_millions_of_rows_or_columns_is_refused() {
    assert_eq!(the_kind(&b"x\n".repeat(MAX_ROWS as usize + 2)), ProblemKind::TooManyRows);
    let header = EXAMPLE.split(|byte| *byte == b'\n').next().expect("a header");
    let wide = [header, b"\n", &b"a,".repeat(1_000_000)].concat();
    assert!(read(&wide, OPTIONS).is_err_and(|problems| problems.len() < 200));
    let long = [header, b"\n\"", &vec![b'a'; 7 * 1024 * 1024][..]].concat();
    assert!(read(&long, OPTIONS).is_err());
}

#[test]
fn a_file_with_a_problem_in_every_cell_gives_a_bounded_list() {
    let header = EXAMPLE.split(|byte| *byte == b'\n').next().expect("a header");
    let row = [b"x,".repeat(32).as_slice(), b"x\n"].concat();
    let bytes = [header, b"\n", &row.repeat(5_000)].concat();
    let Err(problems) = read(&bytes, OPTIONS) else { panic!("nonsense was taken") };
    assert_eq!(problems.len(), super::MAX_PROBLEMS + 1);
    assert_eq!(problems.last().map(|p| p.kind), Some(ProblemKind::TooManyProblems));
}

/// The example workbook with one part changed and packed again, so that the change is
/// not caught by a checksum.
fn with_changed_part(part: usize, at: usize, byte: u8) -> Vec<u8> {
    let mut parts = parts(WORKBOOK);
    let count = parts.len();
    let bytes = &mut parts[part % count].1;
    let length = bytes.len();
    bytes[at % length] = byte;
    packed_again(&parts)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = read(&bytes, OPTIONS).is_ok();
        let _ = read(&[b"case_code,hours\n", bytes.as_slice()].concat(), OPTIONS).is_ok();
    }

    #[test]
    fn no_change_of_a_byte_makes_the_reader_panic(at in 0..EXAMPLE.len(), byte in any::<u8>()) {
        let mut bytes = EXAMPLE.to_vec();
        bytes[at] = byte;
        let _ = read(&bytes, OPTIONS).is_ok();
        let mut bytes = WORKBOOK.to_vec();
        let place = at % bytes.len();
        bytes[place] = byte;
        let _ = read(&bytes, OPTIONS).is_ok();
    }

    #[test]
    fn no_change_inside_a_part_makes_the_reader_panic(part in 0..20_usize, at in any::<usize>(), byte in any::<u8>()) {
        let _ = read(&with_changed_part(part, at, byte), OPTIONS).is_ok();
    }
}
