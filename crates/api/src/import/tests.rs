//! The example file in every form it comes in, and every single thing that can be
//! wrong with a row of it.

use super::problem::{Problem, ProblemKind};
use super::{Column, ImportFile, ImportOptions, read};
use casebook::Answer;
use chrono::Datelike;
use taxonomy::{AccusedRelation, Behaviour, Coded, DiscriminationGround, Language, NonBelonging, Outcome};

const EXAMPLE: &str = include_str!("../../../../tests/fixtures/import/example-year.csv");
const WORKBOOK: &[u8] = include_bytes!("../../../../tests/fixtures/import/example-year.xlsx");
const OPTIONS: ImportOptions = ImportOptions { integrity_role: false, year_start_month: 1 };

fn good(bytes: &[u8]) -> ImportFile {
    match read(bytes, OPTIONS) {
        Ok(file) => file,
        Err(problems) => panic!("{} problems, first {}", problems.len(), problems[0].kind.code()),
    }
}

fn bad(bytes: &[u8]) -> Vec<Problem> {
    match read(bytes, OPTIONS) {
        Ok(file) => panic!("{} rows were taken", file.rows.len()),
        Err(problems) => problems,
    }
}

/// The example with other cells in one row; line 2 is the first case.
fn changed(line: usize, cells: &[(&str, &str)]) -> Vec<u8> {
    let header: Vec<&str> = EXAMPLE.lines().next().expect("the example has a header").split(',').collect();
    let lines = EXAMPLE.lines().enumerate().map(|(index, text)| {
        let mut row: Vec<&str> = text.split(',').collect();
        for (column, value) in cells.iter().filter(|_| index + 1 == line) {
            row[header.iter().position(|name| name == column).expect("the column is in the example")] = value;
        }
        row.join(",") + "\n"
    });
    lines.collect::<String>().into_bytes()
}

/// The one problem of a changed example: line, column, kind, value, whether codes are offered.
fn the_problem(line: usize, cells: &[(&str, &str)]) -> (u32, &'static str, ProblemKind, String, Vec<&'static str>) {
    let problems = bad(&changed(line, cells));
    let kinds: Vec<_> = problems.iter().map(|p| (p.line, p.kind.code())).collect();
    assert_eq!(problems.len(), 1, "{kinds:?}");
    let Problem { line, column, value, allowed, kind } = problems[0].clone();
    // EXPOSE: an invented value of this test.
    (line, column.map_or("", Column::name), kind, value.expose().to_owned(), allowed)
}

#[track_caller]
fn refuses(cells: &[(&str, &str)], column: &str, kind: ProblemKind) {
    let (line, found, found_kind, ..) = the_problem(2, cells);
    assert_eq!((line, found, found_kind), (2, column, kind));
}

#[test]
fn the_example_year_gives_thirty_cases_with_the_known_totals() {
    let file = good(EXAMPLE.as_bytes());
    assert_eq!(file.rows.len(), 30);
    assert!(file.rows.iter().all(|row| row.work.year == 2025));
    assert_eq!(file.rows.iter().map(|row| row.work.contacts).sum::<u32>(), 90);
    assert_eq!(file.rows.iter().map(|row| row.work.minutes).sum::<u32>(), 60 * 136);
    let new: Vec<_> = file.rows.iter().filter(|row| row.facts.intake.year() == 2025).collect();
    assert_eq!(new.iter().filter(|row| row.facts.in_scope()).count(), 23);
    assert_eq!(new.iter().filter(|row| !row.facts.in_scope()).count(), 5);
    assert_eq!(file.rows.iter().filter(|row| !row.facts.is_closed()).count(), 4);
    assert!(file.rows.iter().all(|row| !row.facts.draft && row.facts.organisation.is_none()));
    // EXPOSE: the fictional departments of the example.
    assert_eq!(file.departments().iter().map(|d| d.expose()).collect::<Vec<_>>(), ["AFD1", "AFD2", "AFD3", "AFD4"]);
}

#[test]
fn a_row_keeps_every_code_that_it_holds() {
    let file = good(EXAMPLE.as_bytes());
    let row = &file.rows[9];
    assert_eq!((row.work.contacts, row.work.minutes), (3, 240));
    assert_eq!(row.facts.intake.to_string(), "2025-04-01");
    assert_eq!(row.facts.closed.map(|day| day.to_string()).as_deref(), Some("2025-05-06"));
    assert!(row.facts.behaviours.iter().copied().eq([Behaviour::DiscriminationRemarks]));
    assert!(row.facts.grounds.iter().copied().eq([DiscriminationGround::GenderIdentity]));
    assert_eq!(row.facts.accused_relation, Answer::Is(AccusedRelation::Colleague));
    assert_eq!(row.facts.outcome, Outcome::ResolvedByReporter);
    assert_eq!(row.facts.interventions.len(), 3);
    // EXPOSE: a fictional code of the example.
    assert_eq!(row.facts.imported_as.expose(), "VB25-10");
    assert_eq!(file.rows[3].facts.non_belonging, Some(NonBelonging::LabourConflict));
    assert_eq!(file.rows[7].facts.salary_group, Answer::NotAsked);
}

#[test]
fn a_workbook_with_real_dates_numbers_and_booleans_gives_the_same_cases() {
    let (text, workbook) = (good(EXAMPLE.as_bytes()), good(WORKBOOK));
    assert_eq!(workbook.rows.len(), text.rows.len());
    for (one, other) in text.rows.iter().zip(&workbook.rows) {
        assert_eq!(one.work, other.work);
        let (one, other) = (&one.facts, &other.facts);
        assert!(one.imported_as == other.imported_as && one.department == other.department);
        assert_eq!((one.intake, one.closed, one.phase), (other.intake, other.closed, other.phase));
        assert_eq!((&one.behaviours, &one.grounds, one.outcome), (&other.behaviours, &other.grounds, other.outcome));
        assert_eq!((one.non_belonging, one.second_adviser), (other.non_belonging, other.second_adviser));
    }
}

#[test]
fn semicolons_tabs_a_byte_order_mark_and_dutch_hours_are_read() {
    let dutch = EXAMPLE.replace('.', ";").replace(',', "\u{1}").replace(';', ",").replace('\u{1}', ";");
    assert_eq!(good(dutch.as_bytes()).rows[0].work.minutes, 390);
    let windows = format!("sep=;\r\n{}", dutch.replace('\n', "\r\n"));
    assert_eq!(good(windows.as_bytes()).rows.len(), 30);
    assert_eq!(bad(windows.replacen(";phone;", ";fax;", 1).as_bytes())[0].line, 3);
    assert_eq!(good(format!("\u{feff}{}", EXAMPLE.replace(',', "\t")).as_bytes()).rows.len(), 30);
    let macintosh = EXAMPLE.replacen("walk_in", "loket", 1).replace('\n', "\r");
    assert_eq!(bad(macintosh.as_bytes())[0].line, 6);
    let quoted: String = EXAMPLE.lines().map(|line| format!("\"{}\"\n", line.replace(',', "\",\""))).collect();
    assert_eq!(good(quoted.as_bytes()).rows.len(), 30);
}

#[test]
fn columns_may_stand_in_any_order_and_in_capitals() {
    let reversed: String =
        EXAMPLE.lines().map(|line| line.split(',').rev().collect::<Vec<_>>().join(" , ") + "\n").collect();
    let (head, body) = reversed.split_once('\n').expect("the example has rows");
    assert_eq!(good(format!("{}\n{body}", head.to_uppercase()).as_bytes()).rows.len(), 30);
}

#[test]
fn dates_may_be_written_the_dutch_way_and_yes_may_be_ja() {
    let cells = [("intake_date", "14-1-2025"), ("closed_date", "11-03-2025"), ("in_scope", "Ja"), ("carried_over", "")];
    let file = good(&changed(2, &cells));
    assert_eq!(file.rows[0].facts.intake.to_string(), "2025-01-14");
}

#[test]
fn empty_lines_count_in_the_numbers_and_are_no_cases() {
    let (head, body) = EXAMPLE.split_once('\n').expect("the example has rows");
    let spaced = format!("{head}\r\n\r\n,,,\r\n{}", body.replacen("phone", "fax", 1));
    let problems = bad(spaced.as_bytes());
    assert_eq!((problems.len(), problems[0].line), (1, 4));
}

#[test]
fn a_line_break_inside_a_cell_does_not_shift_the_numbers_after_it() {
    let broken = String::from_utf8(changed(2, &[("department", "\"AFD\n1\"")])).expect("text");
    let problems = bad(broken.replace("VB25-03,ORG01,2025,no", "VB25-03,ORG01,2025,perhaps").as_bytes());
    let found: Vec<_> = problems.iter().map(|p| (p.line, p.kind)).collect();
    assert_eq!(found, [(2, ProblemKind::ControlCharacter), (4, ProblemKind::NotYesNo)]);
}

#[test]
fn an_optional_column_may_be_left_out_and_a_required_one_is_named() {
    let without = |gone: &str| -> String {
        let place = EXAMPLE.split('\n').next().and_then(|head| head.split(',').position(|name| name == gone));
        let place = place.expect("the column is in the example");
        let keep = |line: &str| {
            let cells = line.split(',').enumerate().filter(|(index, _)| *index != place);
            cells.map(|(_, cell)| cell).collect::<Vec<_>>().join(",") + "\n"
        };
        EXAMPLE.lines().map(keep).collect()
    };
    assert_eq!(good(without("salary_group").as_bytes()).rows.len(), 30);
    let problems = bad(without("outcome").as_bytes());
    assert_eq!((problems.len(), problems[0].kind), (1, ProblemKind::MissingColumn));
    assert_eq!(problems[0].column.map(Column::name), Some("outcome"));
}

#[test]
fn unknown_and_double_columns_are_named() {
    let problems = bad(EXAMPLE.replacen("cluster", "notities", 1).replacen("hours", "gender", 1).as_bytes());
    let found: Vec<_> = problems.iter().map(|p| p.kind).collect();
    assert_eq!(found, [ProblemKind::MissingColumn, ProblemKind::DuplicateColumn, ProblemKind::UnknownColumn]);
    // EXPOSE: an invented column name.
    assert_eq!(problems[2].value.expose(), "notities");
    assert!(problems[2].allowed.contains(&"cluster"));
}

#[test]
fn a_file_that_is_no_table_of_cases_says_so_in_one_problem() {
    let only = |bytes: &[u8]| {
        let problems = bad(bytes);
        assert_eq!(problems.len(), 1);
        problems[0].kind
    };
    assert_eq!(only(b""), ProblemKind::EmptyFile);
    assert_eq!(only(b" \r\n,,,\n"), ProblemKind::EmptyFile);
    assert_eq!(only(b"Beste collega, hierbij de lijst.\n"), ProblemKind::NoHeader);
    assert_eq!(only(EXAMPLE.lines().next().expect("a header").as_bytes()), ProblemKind::NoRows);
    assert_eq!(only(b"\xFF\xFEc\0a\0"), ProblemKind::Utf16);
    assert_eq!(only(b"%PDF-1.7\0\0"), ProblemKind::NotText);
    assert_eq!(only(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest"), ProblemKind::OldWorkbook);
    assert_eq!(only(&vec![b'a'; super::MAX_FILE_BYTES + 1]), ProblemKind::FileTooLarge);
    assert_eq!(only(&changed(2, &[("department", "Caf\u{e9}")]).replace_utf8()), ProblemKind::NotUtf8);
}

trait ReplaceUtf8 {
    fn replace_utf8(&self) -> Vec<u8>;
}

impl ReplaceUtf8 for Vec<u8> {
    /// The same text as Windows wrote it before UTF-8.
    fn replace_utf8(&self) -> Vec<u8> {
        let place = self.windows(2).position(|two| two == "\u{e9}".as_bytes()).expect("an é stands in it");
        [&self[..place], &[0xE9], &self[place + 2..]].concat()
    }
}

#[test]
fn the_line_of_a_character_that_is_not_utf8_is_given() {
    assert_eq!(bad(&changed(5, &[("department", "Caf\u{e9}")]).replace_utf8())[0].line, 5);
}

#[test]
fn a_code_that_is_not_in_the_list_is_shown_with_the_codes_that_are() {
    let (line, column, kind, value, allowed) = the_problem(7, &[("frequency", "soms")]);
    assert_eq!((line, column, kind, value.as_str()), (7, "frequency", ProblemKind::UnknownCode, "soms"));
    assert_eq!(allowed, ["single", "occasional", "pattern", "continuous", "unknown", "not_asked", "declined"]);
    let problem = &bad(&changed(7, &[("frequency", "soms")]))[0];
    // EXPOSE: an invented value.
    assert_eq!(
        problem.sentence(Language::Nl).expose(),
        "Regel 7, kolom frequency: \"soms\" is geen bekende code. \
         Toegestaan: single, occasional, pattern, continuous, unknown, not_asked, declined."
    );
    // EXPOSE: an invented value.
    assert!(problem.sentence(Language::En).expose().starts_with("Line 7, column frequency: \"soms\" is not a known"));
}

#[test]
fn every_wrong_code_of_a_set_is_a_problem_of_its_own() {
    let problems = bad(&changed(2, &[("behaviours", "bullying| pesten |slaan"), ("referrals", "oma")]));
    // EXPOSE: invented values.
    let values: Vec<_> = problems.iter().map(|p| p.value.expose().to_owned()).collect();
    assert_eq!(values, ["pesten", "slaan", "oma"]);
    assert!(problems.iter().all(|p| p.kind == ProblemKind::UnknownCode && p.allowed.len() > 20));
}

#[test]
fn main_codes_and_sub_codes_may_stand_in_a_set_and_groups_not_in_a_single_answer() {
    let file = good(&changed(2, &[("behaviours", "bullying|sexual_harassment_verbal"), ("referrals", "care")]));
    assert_eq!(file.rows[0].facts.behaviours.len(), 2);
    let (.., kind, value, allowed) = the_problem(2, &[("accused_relation", "hierarchical_up")]);
    assert_eq!((kind, value.as_str()), (ProblemKind::GroupHeading, "hierarchical_up"));
    assert!(allowed.contains(&"direct_manager") && !allowed.contains(&"hierarchical_up"));
    refuses(&[("outcome", "informal")], "outcome", ProblemKind::GroupHeading);
    refuses(&[("accused_relation", "colleague|direct_manager")], "accused_relation", ProblemKind::SeveralCodes);
}

#[test]
fn unknown_declined_and_empty_stay_apart() {
    let file = good(&changed(2, &[("gender", "declined"), ("age_band", "unknown"), ("frequency", "")]));
    assert_eq!(file.rows[0].facts.gender, Answer::Declined);
    assert_eq!(file.rows[0].facts.age_band, Answer::Unknown);
    assert_eq!(file.rows[0].facts.frequency, Answer::NotAsked);
}

#[test]
fn a_cell_that_must_be_filled_is_named_when_it_is_empty() {
    for column in ["case_code", "report_year", "intake_date", "phase", "contact_channel", "in_scope"] {
        refuses(&[(column, "")], column, ProblemKind::MissingValue);
    }
    for column in ["contact_moments", "hours", "outcome", "closing_reason", "aftercare_result"] {
        refuses(&[(column, " ")], column, ProblemKind::MissingValue);
    }
}

#[test]
fn dates_must_exist_and_be_plain() {
    let refuses_date = |value: &str, kind| refuses(&[("closed_date", value)], "closed_date", kind);
    refuses_date("2025-02-30", ProblemKind::NoSuchDate);
    refuses_date("29-02-2025", ProblemKind::NoSuchDate);
    refuses_date("03/04/2025", ProblemKind::NotADate);
    refuses_date("11-03-25", ProblemKind::NotADate);
    refuses_date("maart", ProblemKind::NotADate);
    refuses_date("45727", ProblemKind::NotADate);
    refuses_date("0025-03-11", ProblemKind::DateOutOfRange);
    refuses_date("2025-01-13", ProblemKind::ClosedBeforeIntake);
}

#[test]
fn the_report_year_and_the_first_contact_belong_together() {
    refuses(&[("report_year", "25")], "report_year", ProblemKind::NotAYear);
    refuses(&[("report_year", "2024")], "intake_date", ProblemKind::IntakeOutsideYear);
    refuses(&[("intake_date", "2024-12-31")], "intake_date", ProblemKind::IntakeOutsideYear);
    refuses(&[("carried_over", "yes")], "intake_date", ProblemKind::CarriedOverFromSameYear);
    let ended = [("carried_over", "yes"), ("intake_date", "2024-02-01"), ("closed_date", "2024-11-01")];
    refuses(&ended, "closed_date", ProblemKind::ClosedBeforeYear);
}

#[test]
fn a_study_year_takes_the_first_contact_of_the_summer_after_it_began() {
    let spring = changed(2, &[("report_year", "2024")]);
    let one_row: String = String::from_utf8(spring).expect("text").lines().take(2).map(|l| format!("{l}\n")).collect();
    let study_year = ImportOptions { year_start_month: 9, ..OPTIONS };
    assert!(read(one_row.as_bytes(), study_year).is_ok_and(|file| file.rows[0].work.year == 2024));
}

#[test]
fn scope_matter_and_behaviour_must_agree() {
    refuses(&[("non_belonging", "other")], "non_belonging", ProblemKind::MatterInScope);
    refuses(&[("in_scope", "no"), ("behaviours", "")], "non_belonging", ProblemKind::MatterMissing);
    refuses(&[("in_scope", "no"), ("non_belonging", "other")], "behaviours", ProblemKind::BehaviourOutOfScope);
    refuses(&[("in_scope", "soms")], "in_scope", ProblemKind::NotYesNo);
    let ground = [("discrimination_grounds", "age")];
    refuses(&ground, "discrimination_grounds", ProblemKind::GroundWithoutDiscrimination);
}

#[test]
fn integrity_is_refused_unless_the_adviser_has_that_role() {
    let bytes = changed(2, &[("behaviours", "integrity_corruption")]);
    assert_eq!(bad(&bytes)[0].kind, ProblemKind::IntegrityWithoutRole);
    assert!(read(&bytes, ImportOptions { integrity_role: true, ..OPTIONS }).is_ok());
}

#[test]
fn numbers_are_plain_and_within_bounds() {
    let hours = |value: &str, kind| refuses(&[("hours", value)], "hours", kind);
    hours("2001", ProblemKind::NumberOutOfRange(2_000));
    hours("-1", ProblemKind::NumberOutOfRange(2_000));
    hours("6:30", ProblemKind::NotANumber);
    hours("1e3", ProblemKind::NotANumber);
    hours("1.000.5", ProblemKind::NotANumber);
    hours("NaN", ProblemKind::NotANumber);
    refuses(&[("contact_moments", "2.5")], "contact_moments", ProblemKind::NotANumber);
    refuses(&[("contact_moments", "1001")], "contact_moments", ProblemKind::NumberOutOfRange(1_000));
    assert_eq!(good(&changed(2, &[("hours", "\"6,25\"")])).rows[0].work.minutes, 375);
}

#[test]
fn open_and_closed_must_be_said_the_same_way_everywhere() {
    refuses(&[("outcome", "ongoing")], "outcome", ProblemKind::OngoingWhileClosed);
    refuses(&[("closing_reason", "not_closed")], "closing_reason", ProblemKind::NoReasonWhileClosed);
    let open = |outcome, reason, phase| {
        [("closed_date", ""), ("outcome", outcome), ("closing_reason", reason), ("phase", phase)]
    };
    refuses(&open("heard_only", "not_closed", "consultation"), "outcome", ProblemKind::OutcomeWhileOpen);
    refuses(&open("ongoing", "goal_reached", "consultation"), "closing_reason", ProblemKind::ReasonWhileOpen);
    refuses(&open("ongoing", "not_closed", "closed"), "phase", ProblemKind::ClosedPhaseWhileOpen);
}

#[test]
fn a_case_code_may_stand_in_the_file_once_and_an_organisation_alone() {
    refuses_at(4, &[("case_code", "vb25-02")], "case_code", ProblemKind::DuplicateCase(3));
    refuses_at(9, &[("org_code", "ORG02")], "org_code", ProblemKind::OtherOrganisation(2));
}

#[track_caller]
fn refuses_at(line: usize, cells: &[(&str, &str)], column: &str, kind: ProblemKind) {
    let (found_line, found, found_kind, ..) = the_problem(line, cells);
    assert_eq!((found_line as usize, found, found_kind), (line, column, kind));
}

#[test]
fn all_problems_of_all_rows_come_at_once() {
    let mut text = String::from_utf8(changed(3, &[("hours", "veel"), ("phase", "klaar")])).expect("text");
    text = text.replace("VB25-30,ORG01,2025,yes", "VB25-30,ORG01,2025,misschien");
    let lines: Vec<_> = bad(text.as_bytes()).iter().map(|p| p.line).collect();
    assert_eq!(lines, [3, 3, 31]);
}

#[test]
fn a_cell_outside_the_table_or_too_long_is_named() {
    refuses(&[("cluster", "C1,nog iets")], "", ProblemKind::CellWithoutColumn);
    refuses(&[("department", &"a".repeat(2_001))], "department", ProblemKind::CellTooLong);
}

#[test]
fn every_offered_code_is_one_that_the_file_may_hold() {
    let (.., allowed) = the_problem(2, &[("found_via", "krant")]);
    for code in allowed {
        assert_eq!(good(&changed(2, &[("found_via", code)])).rows.len(), 30, "{code}");
    }
    assert!(!taxonomy::Outcome::Informal.selectable());
}
