//! Renewing the keys through the door, as the window does it.
#![expect(clippy::disallowed_methods, reason = "a test looks for files itself")]

use api::error::ErrorCode;
use luwte_tests::{Desk, PASSPHRASE, all_files};
use serde_json::{Value, json};

const NEW: &str = "een heel andere zin die op papier staat";

fn groups(code: &Value) -> Vec<String> {
    let groups = code["groups"].as_array().expect("eight groups");
    groups.iter().map(|group| group.as_str().expect("digits").to_owned()).collect()
}

fn change(old: &str, code: &[String]) -> Value {
    json!({ "old": old, "new": NEW, "places": [2, 5], "groups": [code[1], code[4]] })
}

#[test]
fn the_keys_are_renewed_only_with_a_proved_sheet_and_everything_is_there_afterwards() {
    let mut desk = Desk::new();
    let organisation = desk.organisation("Zorggroep Noorderlicht");
    let case = desk.case(&organisation);
    desk.note(&case, "Zij wil eerst nadenken.", "");
    let no_sheet = change(PASSPHRASE, &vec!["000000".to_owned(); 8]);
    assert_eq!(desk.refused("change_keys", no_sheet), ErrorCode::SheetGone);

    let code = groups(&desk.call("prepare_keys", json!({})));
    assert_eq!(desk.call("preview_sheet", json!({ "square": false }))["count"], 1, "it can be printed");
    let confirm = json!({ "places": [2, 5], "groups": [code[1], code[4]] });
    assert_eq!(desk.refused("confirm_recovery", confirm), ErrorCode::SheetGone, "it opens nothing yet");
    let folder = desk.vault();
    let before = all_files(&folder);
    let mut slip = code.clone();
    slip[4] = "000000".to_owned();
    assert_eq!(desk.call("change_keys", change(PASSPHRASE, &slip)), json!({ "wrong": [5] }));
    assert_eq!(desk.refused("change_keys", change("iets anders dan de zin", &code)), ErrorCode::WrongPassphrase);
    assert_eq!(all_files(&folder), before, "nothing was written");

    assert_eq!(desk.call("change_keys", change(PASSPHRASE, &code)), json!({ "wrong": [] }));
    assert_eq!(desk.call("app_state", json!({}))["changing_keys"], true);
    assert_eq!(desk.refused("prepare_keys", json!({})), ErrorCode::KeysChanging);
    assert_eq!(desk.refused("new_recovery_code", json!({})), ErrorCode::KeysChanging);
    // The program ends before it is done; the next unlock goes on.
    desk.call("lock", json!({}));
    assert_eq!(desk.refused("unlock", json!({ "passphrase": PASSPHRASE })), ErrorCode::WrongPassphrase);
    assert_eq!(desk.call("unlock", json!({ "passphrase": NEW }))["changing_keys"], true);
    let mut steps = 0;
    loop {
        let step = desk.call("continue_keys", json!({ "let_go": false }));
        assert_eq!((&step["kept_back"], &step["other_computers"]), (&json!([]), &json!(false)));
        steps += 1;
        if step["finished"] == true {
            break;
        }
        assert!(steps < 100, "it has an end: {step}");
    }
    let state = desk.call("app_state", json!({}));
    assert_eq!((&state["changing_keys"], &state["findings"]), (&json!(false), &json!([])));
    assert_eq!(desk.call("check_vault", json!({}))["findings"], json!([]));
    assert_eq!(desk.call("today", json!({}))["upkeep"], Value::Null, "the new sheet is proved");
    let proof = desk.call("prove_recovery", json!({ "groups": code }));
    assert_eq!(proof, json!({ "wrong": [], "opens": true }));
    let notes = desk.call("case", json!({ "case": case["id"] }))["notes"].clone();
    assert_eq!(notes[0]["note"]["facts"], "Zij wil eerst nadenken.");
    let again = desk.call("continue_keys", json!({ "let_go": false }));
    assert_eq!(again["finished"], true, "there is nothing left to do");
}

#[test]
fn a_back_up_from_before_the_keys_were_renewed_is_not_called_bad_when_it_is_checked() {
    let mut desk = Desk::new();
    let organisation = desk.organisation("Zorggroep Noorderlicht");
    desk.case(&organisation);
    let folder = desk.vault().with_file_name("stick");
    std::fs::create_dir(&folder).expect("a folder can be made");
    desk.call("choose_backup_folder", json!({ "path": folder }));
    desk.call("make_backup", json!({}));
    let good = |contents: &Value| (contents["cases"].clone(), contents["bad"].clone());
    assert_eq!(good(&desk.call("check_backup", json!({}))), (json!(1), json!([])));

    let code = groups(&desk.call("prepare_keys", json!({})));
    desk.call("change_keys", change(PASSPHRASE, &code));
    assert_eq!(good(&desk.call("check_backup", json!({}))), (json!(1), json!([])), "both keys are there");
    while desk.call("continue_keys", json!({ "let_go": false }))["finished"] != true {}
    assert_eq!(desk.refused("check_backup", json!({})), ErrorCode::BackupOtherKeys);
    let file = std::fs::read_dir(&folder).expect("a folder").next().expect("one back-up").expect("an entry").path();
    desk.call("choose_backup", json!({ "path": file }));
    let own = desk.call("preview_backup", json!({ "passphrase": PASSPHRASE, "code": null }));
    assert_eq!(good(&own), (json!(1), json!([])), "with its own passphrase it opens");
}
