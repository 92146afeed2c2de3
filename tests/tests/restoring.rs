//! A back-up that is put back while another vault is open.

use luwte_tests::{Desk, PASSPHRASE};
use serde_json::json;

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
