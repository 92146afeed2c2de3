//! Back-ups as the running program makes, opens and puts them back.
#![expect(clippy::disallowed_methods, reason = "these tests read and spoil files of the vault")]

use luwte_tests::{Desk, PASSPHRASE};
use serde_json::json;
use std::fs;

#[test]
fn what_is_open_stays_open_until_the_lock_and_the_next_start_is_with_what_was_put_back() {
    let mut desk = Desk::new();
    desk.app.remember_folder(true);
    let case = desk.organisation("Zorggroep");
    desk.case(&case);
    let (file, again) = (desk.beside("b.zip"), desk.beside("terug"));
    desk.call("make_backup_at", json!({ "path": file }));
    desk.call("choose_backup", json!({ "path": file }));
    desk.call("preview_backup", json!({ "passphrase": PASSPHRASE, "code": null }));
    let state = desk.call("restore_backup", json!({ "path": again, "beside": false }));
    assert_eq!((state["stage"].as_str(), desk.app.is_open()), (Some("open"), true), "only a lock closes a vault");
    assert_eq!(desk.call("list_cases", json!({})).as_array().map(Vec::len), Some(1));
    desk.app.close();
    let mut next = desk.next_process();
    let state = next.call("app_state", json!({}));
    assert_eq!((state["stage"].as_str(), state["vault_name"].as_str()), (Some("locked"), Some("terug")));
    next.call("unlock", json!({ "passphrase": PASSPHRASE }));
    assert_eq!(next.call("list_cases", json!({})).as_array().map(Vec::len), Some(1));
}

#[test]
fn a_back_up_made_after_the_lock_is_opened_after_the_next_unlock_and_what_is_bad_is_said() {
    let mut desk = Desk::new();
    let organisation = desk.organisation("Zorggroep");
    let case = desk.case(&organisation);
    let stick = desk.beside("stick");
    fs::create_dir(&stick).expect("a folder can be made");
    desk.call("choose_backup_folder", json!({ "path": stick }));
    let after_a_lock = |desk: &mut Desk| {
        desk.app.close();
        desk.clock.wait_seconds(1);
        assert!(desk.app.planned_backup().expect("a folder was chosen").make_if_due(), "something changed");
        assert!(desk.app.unproved_backup(None).is_none(), "there is no key");
        desk.unlock();
        let tried = desk.app.unproved_backup(None).expect("nobody has opened it").prove();
        assert!(tried.is_some() && desk.app.unproved_backup(tried.as_deref()).is_none(), "each is opened once");
        desk.call("today", json!({}))["backup"]["kind"].clone()
    };
    assert_eq!(after_a_lock(&mut desk), json!(null));
    let file = desk.vault().join(format!("cases/{}.age", case["id"].as_str().expect("an id")));
    let mut bytes = fs::read(&file).expect("a file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&file, &bytes).expect("it can be written");
    desk.case(&organisation);
    assert_eq!(after_a_lock(&mut desk), json!("damaged"));
    let found = desk.call("check_backup", json!({}));
    assert_eq!(found["bad"].as_array().map(Vec::len), Some(1));
}
