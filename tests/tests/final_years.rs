//! A year that was made final: it never changes again, and what comes late counts once.
#![expect(clippy::disallowed_methods, reason = "tests arrange and look at files themselves")]

use api::error::ErrorCode;
use luwte_tests::{Desk, fixture};
use serde_json::{Value, json};

const NAME: &str = "Stichting De Voorbeeldhof";

/// The example year moved to other years, with other case codes.
fn import(desk: &mut Desk, year: i32, edit: impl Fn(&str) -> Option<String>) -> Value {
    let example = std::fs::read_to_string(fixture("import/example-year.csv")).expect("the fixture is there");
    let (header, rows) = example.split_once('\n').expect("a header and rows");
    let moved = |row: &str| {
        row.replace("2024-", "X-").replace("2025", &year.to_string()).replace("X-", &format!("{}-", year - 1))
    };
    let rows: Vec<String> = rows.lines().map(moved).filter_map(|row| edit(&row)).collect();
    let path = desk.beside(&format!("jaar-{year}-{}.csv", rows.len()));
    std::fs::write(&path, format!("{header}\n{}\n", rows.join("\n"))).expect("the file can be written");
    desk.call("import_year", json!({ "path": path, "organisation": NAME, "dry_run": false }))
}

fn coded(prefix: &'static str) -> impl Fn(&str) -> Option<String> {
    move |row| Some(row.replace("VB25", prefix))
}

fn save(desk: &mut Desk, year: i32, name: &str, make_final: bool) -> Value {
    let organisation = desk.id_of(NAME);
    let figures = desk.beside(&format!("{name}.json"));
    let request = json!({
        "path": desk.beside(&format!("{name}.pdf")), "organisation": organisation, "year": year, "language": "nl",
        "figures": figures, "make_final": make_final,
    });
    desk.call("save_report", request);
    let written = std::fs::read(figures).expect("the figures were written");
    serde_json::from_slice(&written).expect("the figures are JSON")
}

#[test]
fn a_late_case_counts_once_in_the_first_year_that_is_still_open() {
    let mut desk = Desk::new();
    let fresh = |row: &str| row.contains(",no,20").then(|| row.to_owned());
    import(&mut desk, 2023, |row| fresh(row).map(|r| r.replace("VB25", "A")));
    import(&mut desk, 2024, |row| fresh(row).map(|r| r.replace("VB25", "B")));
    import(&mut desk, 2025, |row| fresh(row).map(|r| r.replace("VB25", "C")));
    let first = save(&mut desk, 2023, "eerste", true);
    assert_eq!(first["total"]["value"], 23);
    import(&mut desk, 2023, |row| row.starts_with("VB25-01").then(|| row.replace("VB25", "LAAT")));
    assert_eq!(save(&mut desk, 2023, "opnieuw", false), first, "a final year never changes");
    assert_eq!(save(&mut desk, 2024, "volgend", false)["total"]["value"], 24);
    assert_eq!(save(&mut desk, 2025, "daarna", false)["total"]["value"], 23);
}

#[test]
fn a_case_that_was_carried_over_is_no_new_melding_and_its_work_counts() {
    let mut desk = Desk::new();
    let fresh = |row: &str| row.contains(",no,20").then(|| row.to_owned());
    import(&mut desk, 2024, |row| fresh(row).map(|r| r.replace("VB25", "A")));
    save(&mut desk, 2024, "vorig", true);
    let result = import(&mut desk, 2025, coded("B"));
    assert_eq!(result["imported"], 30);
    assert_eq!(save(&mut desk, 2025, "dit", false)["total"]["value"], 23, "the two that were carried over are not new");
}

#[test]
fn a_case_that_goes_on_gets_the_work_of_its_next_year_and_how_it_was_closed() {
    let mut desk = Desk::new();
    import(&mut desk, 2024, coded("VB24"));
    let open = |row: &str| row.starts_with("VB25-25").then(|| row.to_owned());
    let next = import(&mut desk, 2025, |row| {
        let row = open(row)?.replacen(",2025,no,2025-10-07,,consultation", ",2025,yes,2024-10-07,2025-03-01,closed", 1);
        let row = row.replace("VB25", "vb24").replacen(
            ",ongoing,not_closed,planned",
            ",resolved_by_reporter,goal_reached,stable",
            1,
        );
        Some(row)
    });
    assert_eq!((&next["imported"], &next["continued"]), (&json!(0), &json!(["vb24-25"])));
    let cases = desk.call("list_cases", json!({}));
    let row =
        cases.as_array().expect("a list").iter().find(|c| c["closed"] == "2025-03-01").expect("it was closed").clone();
    assert_eq!(desk.call("case", json!({ "case": row["id"] }))["facts"]["outcome"], "resolved_by_reporter");
}

#[test]
fn a_final_year_keeps_the_settings_it_was_published_with() {
    let mut desk = Desk::new();
    desk.example_year();
    let before = save(&mut desk, 2025, "voor", true);
    let mut organisation = desk.call("practice", json!({}))["organisations"][0].clone();
    organisation["hidden_tables"] = json!(["K1", "K8"]);
    organisation["headcount"] = json!(20);
    organisation["threshold"] = json!(7);
    desk.call("save_organisation", organisation.clone());
    assert_eq!(save(&mut desk, 2025, "na", false), before);
    let other = json!({
        "path": desk.beside("x.pdf"), "organisation": organisation["id"], "year": 2025, "language": "nl", "threshold": 7, "make_final": false,
    });
    assert_eq!(desk.refused("save_report", other), ErrorCode::YearFrozen);
}

#[test]
fn a_report_that_cannot_be_written_makes_nothing_final() {
    let mut desk = Desk::new();
    desk.example_year();
    let organisation = desk.id_of(NAME);
    let request = json!({
        "path": desk.beside("verslag.pdf"), "organisation": organisation, "year": 2025, "language": "nl",
        "figures": desk.beside("geen-map/cijfers.json"), "make_final": true,
    });
    desk.ask("save_report", request).expect_err("the folder is not there");
    assert!(!desk.beside("verslag.pdf").exists());
    let report = desk.call("report", json!({ "organisation": organisation, "year": 2025, "language": "nl" }));
    assert_eq!(report["frozen"], false);
}

#[test]
fn a_year_that_is_not_over_cannot_be_made_final_and_one_without_cases_has_no_report() {
    let mut desk = Desk::new();
    desk.example_year();
    let organisation = desk.id_of(NAME);
    let request = |year: i32| json!({ "path": desk.beside("x.pdf"), "organisation": organisation, "year": year, "language": "nl", "make_final": true });
    let (running, before) = (request(2026), request(2019));
    assert_eq!(desk.refused("save_report", running), ErrorCode::YearIncomplete);
    assert_eq!(desk.refused("save_report", before), ErrorCode::YearEmpty);
}

#[test]
fn a_missing_case_stops_every_count_and_an_import_until_it_is_back() {
    let mut desk = Desk::new();
    desk.example_year();
    let organisation = desk.id_of(NAME);
    desk.call("lock", json!({}));
    let file = std::fs::read_dir(desk.vault().join("cases"))
        .expect("a folder")
        .next()
        .expect("a case")
        .expect("a case")
        .path();
    let away = desk.beside("elders.age");
    std::fs::rename(&file, &away).expect("the file can be moved");
    desk.unlock();
    let request = json!({
        "path": desk.beside("x.pdf"), "organisation": organisation, "year": 2025, "language": "nl", "make_final": true,
    });
    assert_eq!(desk.refused("save_report", request.clone()), ErrorCode::FileMissing);
    let import = json!({ "path": fixture("import/example-year.csv"), "organisation": NAME, "dry_run": false });
    assert_eq!(desk.refused("import_year", import), ErrorCode::FileMissing);
    assert!(!desk.beside("x.pdf").exists());
    desk.call("lock", json!({}));
    std::fs::rename(&away, &file).expect("the file can be put back");
    desk.unlock();
    desk.call("save_report", request);
}

#[test]
fn a_report_never_takes_the_place_of_a_file_of_the_vault() {
    let mut desk = Desk::new();
    desk.example_year();
    let organisation = desk.id_of(NAME);
    for name in ["vault.age", "practice.age", "LEESMIJ.txt", "cases/verslag.pdf", "../state/device"] {
        let request = json!({
            "path": desk.vault().join(name), "organisation": organisation, "year": 2025, "language": "nl", "make_final": false,
        });
        assert_eq!(desk.refused("save_report", request), ErrorCode::PlaceNotAllowed, "{name}");
    }
    desk.call("lock", json!({}));
    desk.unlock();
}
