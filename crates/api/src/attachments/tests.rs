//! Attachments and quick notes through the door, on a real vault.
#![expect(clippy::disallowed_methods, reason = "the tests play the owner's computer: they make and read files")]

use crate::app::App;
use crate::clock::SystemClock;
use crate::commands::dispatch;
use crate::error::{ApiError, ErrorCode};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock};
use tempfile::TempDir;

const PASSPHRASE: &str = "zes rustige woorden achter een gesloten deur";

/// A vault that is open; making one costs seconds, so the tests take turns at one.
struct Desk {
    place: TempDir,
    app: App,
}

fn desk() -> std::sync::MutexGuard<'static, Desk> {
    static DESK: OnceLock<Mutex<Desk>> = OnceLock::new();
    let made = DESK.get_or_init(|| {
        let place = tempfile::tempdir().expect("a temporary folder");
        let app = App::new(&place.path().join("state"), Box::new(SystemClock)).expect("it can be written");
        let mut desk = Desk { place, app };
        let path = desk.place.path().join("vault");
        desk.call("create_vault", json!({ "path": path, "passphrase": PASSPHRASE }));
        Mutex::new(desk)
    });
    let mut desk = made.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if !desk.app.is_open() {
        desk.unlock();
    }
    desk
}

impl Desk {
    fn ask(&mut self, name: &str, request: Value) -> Result<Value, ApiError> {
        dispatch(&mut self.app, name, request)
    }

    fn call(&mut self, name: &str, request: Value) -> Value {
        self.ask(name, request).unwrap_or_else(|error| panic!("{name}: {:?} {:?}", error.code, error.detail))
    }

    fn refused(&mut self, name: &str, request: Value) -> ErrorCode {
        self.ask(name, request).expect_err("it is refused").code
    }

    fn unlock(&mut self) {
        self.call("unlock", json!({ "passphrase": PASSPHRASE }));
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.place.path().join(name);
        fs::write(&path, bytes).expect("it can be written");
        path
    }

    /// A new case with one attachment: the case and the entry.
    fn attached(&mut self, name: &str, bytes: &[u8]) -> (Value, Value) {
        let path = self.file(name, bytes);
        let case = self.call("new_case", json!({}))["id"].clone();
        let view = self.call("add_attachment", json!({ "path": path, "case": case }));
        (case, view["attachments"][0]["entry"].clone())
    }

    fn inbox_files(&self) -> usize {
        fs::read_dir(self.place.path().join("vault/inbox")).expect("a folder").count()
    }

    fn quick_note(&mut self, words: &str) -> Value {
        self.call("quick_note", json!({ "text": words }));
        let inbox = self.call("inbox", json!({}));
        let notes = inbox["notes"].as_array().expect("a list");
        notes.iter().find(|note| note["text"] == words).expect("it was just written")["id"].clone()
    }
}

fn png() -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(7, 5).write_to(&mut file, image::ImageFormat::Png).expect("it can be encoded");
    file.into_inner()
}

#[test]
fn an_attachment_is_listed_survives_locking_and_is_saved_elsewhere_as_it_was() {
    let mut desk = desk();
    let (case, entry) = desk.attached("brief.pdf", b"%PDF de brief");
    desk.call("lock", json!({}));
    assert_eq!(desk.refused("show_attachment", json!({ "case": case, "entry": entry })), ErrorCode::VaultLocked);
    desk.unlock();
    let view = desk.call("case", json!({ "case": case }))["attachments"][0].clone();
    assert_eq!(
        (&view["name"], &view["length"], &view["picture"], &view["there"]),
        (&json!("brief.pdf"), &json!(13), &json!(false), &json!(true))
    );
    let out = desk.place.path().join("kopie.pdf");
    let saved = desk.call("export_attachment", json!({ "path": out, "case": case, "entry": entry }));
    assert_eq!(saved["file"], "kopie.pdf");
    assert_eq!(fs::read(&out).expect("it is there"), b"%PDF de brief");
    assert_eq!(desk.refused("show_attachment", json!({ "case": case, "entry": entry })), ErrorCode::PictureUnreadable);
    let into_the_vault = desk.place.path().join("vault/kopie.pdf");
    let refused = desk.refused("export_attachment", json!({ "path": into_the_vault, "case": case, "entry": entry }));
    assert_eq!(refused, ErrorCode::PlaceNotAllowed);
    assert!(desk.place.path().join("brief.pdf").exists(), "the original is the owner's");
}

#[test]
fn a_removed_attachment_is_gone_from_the_list_and_its_bytes_stay() {
    let mut desk = desk();
    let (case, entry) = desk.attached("weg.txt", b"inhoud");
    let view = desk.call("remove_attachment", json!({ "case": case, "entry": entry }));
    assert_eq!(view["attachments"], json!([]));
    let name = format!("vault/attachments/{}.age", entry.as_str().expect("an id"));
    assert!(desk.place.path().join(name).exists(), "an earlier version still refers to it");
}

#[test]
fn a_picture_is_shown_under_an_id_of_its_own_until_it_is_hidden_or_the_vault_is_locked() {
    let mut desk = desk();
    let (case, entry) = desk.attached("foto.png", &png());
    let request = json!({ "case": case, "entry": entry });
    let id_of = |shown: &Value| shown["id"].as_str().expect("an id").parse().expect("an id");
    let shown = desk.call("show_attachment", request.clone());
    assert_eq!((&shown["width"], &shown["height"]), (&json!(7), &json!(5)));
    let first = id_of(&shown);
    assert!(desk.app.picture(first).is_some_and(|png| png.starts_with(b"\x89PNG")));
    assert!(desk.app.picture(uuid::Uuid::new_v4()).is_none());
    let second = id_of(&desk.call("show_attachment", request.clone()));
    assert!(desk.app.picture(first).is_none() && desk.app.picture(second).is_some());
    desk.call("hide_attachment", json!({}));
    assert!(desk.app.picture(second).is_none());
    let third = id_of(&desk.call("show_attachment", request));
    desk.call("lock", json!({}));
    assert!(desk.app.picture(third).is_none());
}

#[test]
fn the_name_that_is_proposed_is_harmless_and_a_file_that_is_lost_is_said_to_be() {
    let mut desk = desk();
    let (case, entry) = desk.attached("CON \u{202e}gnp.exe", b"MZ");
    let id = |value: &Value| value.as_str().expect("an id").parse().expect("an id");
    assert_eq!(desk.app.proposed_name(id(&case), id(&entry)).as_deref(), Some("CON gnp.exe"));
    let name = format!("vault/attachments/{}.age", entry.as_str().expect("an id"));
    fs::remove_file(desk.place.path().join(name)).expect("it is there");
    assert_eq!(desk.call("case", json!({ "case": case }))["attachments"][0]["there"], false);
    let out = desk.place.path().join("uit.exe");
    let refused = desk.refused("export_attachment", json!({ "path": out, "case": case, "entry": entry }));
    assert_eq!(refused, ErrorCode::FileMissing);
    assert!(!out.exists());
}

#[test]
fn a_quick_note_says_only_that_it_is_saved_and_is_sorted_after_unlocking() {
    let mut desk = desk();
    desk.call("lock", json!({}));
    assert_eq!(desk.call("quick_note", json!({ "text": "Zij belde." })), json!({}));
    assert_eq!(desk.refused("inbox", json!({})), ErrorCode::VaultLocked);
    assert_eq!(desk.refused("quick_note", json!({ "text": "  " })), ErrorCode::FieldRequired);
    desk.unlock();
    let before = desk.inbox_files();
    assert!(desk.call("today", json!({}))["quick_notes"].as_u64() >= Some(1));
    let id = desk.quick_note("Zij belde weer.");
    let case = desk.call("new_case", json!({}))["id"].clone();
    let view = desk.call("sort_quick_note", json!({ "id": id, "case": case }));
    assert_eq!(view["notes"][0]["note"]["facts"], "Zij belde weer.");
    assert_eq!(view["notes"][0]["entry"], id);
    assert_eq!(desk.inbox_files(), before);
}

#[test]
fn sorting_twice_after_a_crash_makes_nothing_twice() {
    let mut desk = desk();
    for new_case in [false, true] {
        let id = desk.quick_note(&format!("halverwege {new_case}"));
        let case = if new_case { Value::Null } else { desk.call("new_case", json!({}))["id"].clone() };
        let file = desk.place.path().join("vault/inbox").join(format!("{}.age", id.as_str().expect("an id")));
        let sealed = fs::read(&file).expect("it was written");
        let first = desk.call("sort_quick_note", json!({ "id": id, "case": case }));
        // As if the program had died between saving the case and removing the file.
        fs::write(&file, sealed).expect("it can be written");
        let again = desk.call("sort_quick_note", json!({ "id": id, "case": case }));
        assert_eq!(again["id"], first["id"]);
        assert_eq!(again["notes"].as_array().map(Vec::len), Some(1));
        assert!(!file.exists());
    }
}

#[test]
fn a_note_that_cannot_be_put_in_a_case_stays_in_the_inbox_and_throwing_away_must_be_confirmed() {
    let mut desk = desk();
    let id = desk.quick_note("blijft");
    let nowhere = uuid::Uuid::new_v4();
    assert_eq!(desk.refused("sort_quick_note", json!({ "id": id, "case": nowhere })), ErrorCode::CaseUnknown);
    let unsure = json!({ "id": id, "confirmed": false });
    assert_eq!(desk.refused("discard_quick_note", unsure), ErrorCode::NotConfirmed);
    let before = desk.inbox_files();
    desk.call("discard_quick_note", json!({ "id": id, "confirmed": true }));
    assert_eq!(desk.inbox_files(), before - 1);
}
