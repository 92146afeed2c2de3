//! Words that cannot be saved at the moment of a lock are sealed, survive the process,
//! and go into the vault after the next unlock.
#![expect(clippy::disallowed_methods, reason = "tests arrange and look at files themselves")]

use luwte_tests::{Desk, PASSPHRASE};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const WORDS: &str = "Nog net getypt over het rooster";

fn note(case: &Value) -> Value {
    let body = json!({ "date": "2026-11-21", "channel": "phone", "minutes": 0, "with_whom": "", "facts": WORDS, "impressions": "" });
    json!({ "case": case, "entry": null, "note": body })
}

fn facts(desk: &mut Desk, case: &Value) -> Vec<String> {
    let view = desk.call("case", json!({ "case": case }));
    let notes = view["notes"].as_array().expect("a case has notes");
    notes.iter().map(|note| note["note"]["facts"].as_str().unwrap_or_default().to_owned()).collect()
}

fn files(folder: &Path) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    entries.map(|entry| fs::read(entry.expect("it can be listed").path()).expect("it can be read")).collect()
}

#[test]
fn words_kept_at_a_lock_are_sealed_and_stand_in_the_case_after_unlocking() {
    let mut desk = Desk::new();
    let organisation = desk.organisation("Zorggroep");
    let case = desk.case(&organisation)["id"].clone();
    desk.app.keep_words("save_note", note(&case));
    desk.app.keep_words("save_settings", json!({ "language": "en" }));
    assert!(desk.app.lock_keeping_words().is_empty(), "this computer's folder took them");
    assert!(!desk.app.is_open());
    let kept = files(&desk.beside("state").join("words"));
    assert_eq!(kept.len(), 1);
    assert!(kept[0].starts_with(b"age-encryption.org/v1"));
    assert!(!kept[0].windows(7).any(|bytes| bytes == b"rooster"), "nothing can be read in it");
    let state = desk.call("unlock", json!({ "passphrase": PASSPHRASE }));
    assert_eq!(state["findings"], json!([]));
    assert_eq!(facts(&mut desk, &case), [WORDS]);
    assert!(files(&desk.beside("state").join("words")).is_empty());
    desk.call("lock", json!({}));
    desk.call("unlock", json!({ "passphrase": PASSPHRASE }));
    assert_eq!(facts(&mut desk, &case), [WORDS], "they are saved once");
}

#[test]
fn words_that_no_disk_takes_are_handed_to_the_next_process() {
    let mut desk = Desk::new();
    let organisation = desk.organisation("Zorggroep");
    let case = desk.case(&organisation)["id"].clone();
    let folder = desk.beside("state").join("words");
    fs::remove_dir_all(&folder).expect("it is our own");
    fs::write(&folder, "in the way").expect("a file can stand there");
    desk.app.keep_words("save_note", note(&case));
    let sealed = desk.app.lock_keeping_words();
    assert!(sealed.starts_with(b"age-encryption.org/v1"));
    desk.app.take_words(sealed);
    desk.call("unlock", json!({ "passphrase": PASSPHRASE }));
    assert_eq!(facts(&mut desk, &case), [WORDS]);
}

#[test]
fn words_that_still_cannot_be_saved_are_said_to_wait_and_stay_sealed() {
    let mut desk = Desk::new();
    let organisation = desk.organisation("Zorggroep");
    let case = desk.case(&organisation)["id"].clone();
    let gone = json!("11111111-2222-4333-8444-555555555555");
    desk.app.keep_words("save_note", note(&gone));
    desk.app.keep_words("save_note", note(&case));
    assert!(desk.app.lock_keeping_words().is_empty());
    for _ in 0..2 {
        let state = desk.call("unlock", json!({ "passphrase": PASSPHRASE }));
        assert_eq!(state["findings"][0]["code"], "words-waiting");
        assert_eq!(facts(&mut desk, &case), [WORDS], "the others are saved, once");
        assert_eq!(files(&desk.beside("state").join("words")).len(), 1);
        assert!(desk.app.lock_keeping_words().is_empty());
    }
}

#[test]
fn words_of_a_melding_that_could_not_be_begun_become_one() {
    let mut desk = Desk::new();
    let none = json!("00000000-0000-0000-0000-000000000000");
    desk.app.keep_words("save_note", note(&none));
    assert!(desk.app.lock_keeping_words().is_empty());
    desk.call("unlock", json!({ "passphrase": PASSPHRASE }));
    let cases = desk.call("list_cases", json!({}));
    let case = cases[0]["id"].clone();
    assert_eq!(facts(&mut desk, &case), [WORDS]);
}
