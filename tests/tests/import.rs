//! Importing a coded year through the door: all or nothing, and never twice.
#![expect(clippy::disallowed_methods, reason = "tests arrange files themselves")]

use api::error::ErrorCode;
use luwte_tests::{Desk, fixture};
use serde_json::json;

const NAME: &str = "Stichting De Voorbeeldhof";

#[test]
fn the_example_year_becomes_thirty_cases_in_a_new_organisation() {
    let mut desk = Desk::new();
    let result = desk.example_year();
    assert_eq!(result["imported"], 30);
    assert_eq!(result["new_organisation"], true);
    assert_eq!(result["new_departments"], json!(["AFD1", "AFD2", "AFD3", "AFD4"]));
    let cases = desk.call("list_cases", json!({}));
    assert_eq!(cases.as_array().map(Vec::len), Some(30));
}

#[test]
fn a_dry_run_changes_nothing() {
    let mut desk = Desk::new();
    let path = fixture("import/example-year.csv");
    let result = desk.call("import_year", json!({ "path": path, "organisation": NAME, "dry_run": true }));
    assert_eq!(result["imported"], 30);
    assert_eq!(desk.call("list_cases", json!({})), json!([]));
    assert_eq!(desk.call("practice", json!({}))["organisations"], json!([]));
}

#[test]
fn a_second_import_says_which_cases_exist_already() {
    let mut desk = Desk::new();
    desk.example_year();
    let again = desk.example_year();
    assert_eq!(again["imported"], 0);
    assert_eq!(again["existing"].as_array().map(Vec::len), Some(30));
    assert_eq!(again["existing"][0], "VB25-01");
    assert_eq!(desk.call("list_cases", json!({})).as_array().map(Vec::len), Some(30));
}

#[test]
fn one_broken_cell_stops_the_whole_file_and_is_named() {
    let mut desk = Desk::new();
    let good = std::fs::read_to_string(fixture("import/example-year.csv")).expect("the fixture is there");
    let path = desk.beside("kapot.csv");
    std::fs::write(&path, good.replacen(",pattern,", ",soms,", 1)).expect("the file can be written");
    let result = desk.call("import_year", json!({ "path": path, "organisation": NAME, "dry_run": false }));
    let problem = &result["problems"][0];
    assert_eq!(
        (&problem["line"], &problem["column"], &problem["value"]),
        (&json!(2), &json!("frequency"), &json!("soms"))
    );
    assert!(problem["allowed"].as_array().is_some_and(|codes| codes.contains(&json!("pattern"))));
    assert_eq!(desk.call("list_cases", json!({})), json!([]));
}

#[test]
fn a_file_that_is_not_there_is_one_plain_refusal() {
    let mut desk = Desk::new();
    let request = json!({ "path": desk.beside("weg.csv"), "organisation": NAME, "dry_run": false });
    assert_eq!(desk.refused("import_year", request), ErrorCode::InputUnreadable);
}
