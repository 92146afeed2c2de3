//! The recovery sheet as paper: what is printed on it, read back by a stock program, and
//! the proof that it works, once a year.
#![expect(clippy::disallowed_methods, reason = "this test reads the printed page")]

use api::error::ErrorCode;
use luwte_tests::Desk;
use serde_json::{Value, json};
use std::fs;
use std::process::Command;

const DAY: i64 = 24 * 60 * 60;
const YEAR: i64 = 366 * DAY;

fn groups(code: &Value) -> Vec<String> {
    let groups = code["groups"].as_array().expect("eight groups");
    groups.iter().map(|group| group.as_str().expect("digits").to_owned()).collect()
}

/// Saves the sheet and reads it as `pdftotext` does.
fn printed(desk: &mut Desk, square: bool) -> String {
    let path = desk.beside("Herstelblad.pdf");
    desk.call("save_sheet", json!({ "path": path, "square": square }));
    let output = Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output();
    let output = output.expect("this test needs `pdftotext`: apt install poppler-utils");
    assert!(output.status.success());
    if let Some(keep) = std::env::var_os("LUWTE_KEEP_SHEET") {
        fs::copy(&path, keep).expect("it can be copied");
    }
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn the_sheet_holds_the_digits_in_two_lines_of_four_and_the_way_back_in_both_languages() {
    let mut desk = Desk::new();
    let code = groups(&desk.call("new_recovery_code", json!({})));
    let settings = desk.call("app_state", json!({}))["settings"].clone();
    for (language, sentences) in [
        (
            "nl",
            [
                "Herstelblad van Luwte",
                "Bewaar dit blad achter slot, niet bij uw computer.",
                "Alleen opschrijven als u dit blad in een kluis bewaart.",
                "Kies een nieuwe wachtzin.",
            ],
        ),
        (
            "en",
            [
                "Recovery sheet of Luwte",
                "Keep this sheet locked away, not near your computer.",
                "Write it down only if you keep this sheet in a safe.",
                "Choose a new passphrase.",
            ],
        ),
    ] {
        let mut settings = settings.clone();
        settings["language"] = json!(language);
        desk.call("save_settings", settings);
        for square in [false, true] {
            let text = printed(&mut desk, square);
            for sentence in sentences {
                assert!(text.contains(sentence), "{sentence} is not in:\n{text}");
            }
            for four in code.chunks(4) {
                let together = |line: &str| line.split_whitespace().eq(four.iter().map(String::as_str));
                assert!(text.lines().any(together), "{four:?} do not stand in one line:\n{text}");
            }
            assert!(text.contains("age -d -i recovery.age practice.age > luwte.db"));
            assert_eq!(text.matches('\u{c}').count(), 1, "it is one page");
            assert_eq!(desk.call("preview_sheet", json!({ "square": square }))["count"], 1);
        }
    }
}

#[test]
fn the_digits_can_be_printed_until_the_sheet_is_proved_and_not_after() {
    let mut desk = Desk::new();
    let code = groups(&desk.call("new_recovery_code", json!({})));
    assert_eq!(desk.call("today", json!({}))["upkeep"], "sheet_unproved");
    desk.call("preview_sheet", json!({ "square": false }));
    let proof = desk.call("prove_recovery", json!({ "groups": code }));
    assert_eq!(proof, json!({ "wrong": [], "opens": true }));
    for command in ["preview_sheet", "save_sheet"] {
        let request = json!({ "square": false, "path": desk.beside("weg.pdf") });
        let request = if command == "save_sheet" { request } else { json!({ "square": false }) };
        assert_eq!(desk.refused(command, request), ErrorCode::SheetGone);
    }
}

#[test]
fn the_sheet_is_asked_for_again_after_two_weeks_and_then_every_year() {
    let mut desk = Desk::new();
    let code = groups(&desk.call("new_recovery_code", json!({})));
    desk.call("confirm_recovery", json!({ "places": [3, 7], "groups": [code[2], code[6]] }));
    assert_eq!(desk.call("today", json!({}))["upkeep"], Value::Null);
    desk.clock.wait_seconds(13 * DAY);
    assert_eq!(desk.call("today", json!({}))["upkeep"], Value::Null);
    desk.clock.wait_seconds(DAY);
    assert_eq!(desk.call("today", json!({}))["upkeep"], "sheet_new");
    desk.call("prove_recovery", json!({ "groups": code }));
    assert_eq!(desk.call("today", json!({}))["upkeep"], Value::Null);
    desk.clock.wait_seconds(YEAR - 10 * DAY);
    assert_eq!(desk.call("today", json!({}))["upkeep"], Value::Null);
    desk.clock.wait_seconds(10 * DAY);
    assert_eq!(desk.call("today", json!({}))["upkeep"], "sheet_old");
    let proof = desk.call("prove_recovery", json!({ "groups": code }));
    assert_eq!(proof["opens"], true);
    assert_eq!(desk.call("today", json!({}))["upkeep"], Value::Null);
}

#[test]
fn every_wrong_group_is_named_and_an_older_sheet_is_told_apart() {
    let mut desk = Desk::new();
    let old: Vec<String> = desk.recovery.split('-').map(str::to_owned).collect();
    let mut slips = old.clone();
    slips[1] = "000001".to_owned();
    slips[4] = "12345".to_owned();
    let proof = desk.call("prove_recovery", json!({ "groups": slips }));
    assert_eq!(proof, json!({ "wrong": [2, 5], "opens": false }));
    desk.call("new_recovery_code", json!({}));
    let proof = desk.call("prove_recovery", json!({ "groups": old }));
    assert_eq!(proof, json!({ "wrong": [], "opens": false }));
    assert_eq!(desk.call("today", json!({}))["upkeep"], "sheet_unproved");
}
