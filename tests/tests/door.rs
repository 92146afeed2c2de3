//! What the adviser does in a day, through the door.

use api::error::ErrorCode;
use luwte_tests::{Desk, PASSPHRASE};
use serde_json::{Value, json};

#[test]
fn a_note_is_there_after_locking_and_unlocking() {
    let mut desk = Desk::new();
    let organisation = desk.organisation("Gemeente Voorbeeldstad");
    let case = desk.case(&organisation);
    desk.note(&case, "Zij belt over het rooster.", "Klinkt moe.");
    desk.call("lock", json!({}));
    assert_eq!(desk.refused("case", json!({ "case": case["id"] })), ErrorCode::VaultLocked);
    desk.call("unlock", json!({ "passphrase": PASSPHRASE }));
    let again = desk.call("case", json!({ "case": case["id"] }));
    assert_eq!(again["number"], "2026-001");
    assert_eq!(again["notes"][0]["note"]["facts"], "Zij belt over het rooster.");
    assert_eq!(again["notes"][0]["note"]["impressions"], "Klinkt moe.");
}

#[test]
fn typing_on_is_one_revision_and_a_later_session_is_another() {
    let mut desk = Desk::new();
    let organisation = desk.organisation("Zorggroep");
    let case = desk.case(&organisation);
    let entry = desk.note(&case, "Zij", "");
    let note = |facts: &str| json!({ "date": "2026-11-20", "channel": "phone", "minutes": 30, "with_whom": "", "facts": facts, "impressions": "" });
    desk.call("save_note", json!({ "case": case["id"], "entry": entry, "note": note("Zij belt") }));
    desk.call("lock", json!({}));
    desk.clock.wait_seconds(60);
    desk.call("unlock", json!({ "passphrase": PASSPHRASE }));
    desk.call("save_note", json!({ "case": case["id"], "entry": entry, "note": note("Zij belt terug") }));
    let history = desk.call("note_history", json!({ "case": case["id"], "entry": entry }));
    let words: Vec<_> = history.as_array().expect("a list").iter().map(|h| h["note"]["facts"].clone()).collect();
    assert_eq!(words, [json!("Zij belt terug"), json!("Zij belt")]);
}

#[test]
fn a_draft_without_an_organisation_cannot_be_filed_and_keeps_its_words() {
    let mut desk = Desk::new();
    let draft = desk.call("new_case", json!({}));
    desk.note(&draft, "Halverwege het gesprek.", "");
    assert_eq!(desk.refused("file_case", json!({ "case": draft["id"] })), ErrorCode::FieldRequired);
    let again = desk.call("case", json!({ "case": draft["id"] }));
    assert_eq!(again["draft"], true);
    assert_eq!(again["notes"][0]["note"]["facts"], "Halverwege het gesprek.");
}

#[test]
fn closing_needs_an_outcome_and_plans_aftercare() {
    let mut desk = Desk::new();
    let organisation = desk.organisation("Zorggroep");
    let case = desk.case(&organisation);
    let close = |outcome: &str| json!({ "case": case["id"], "outcome": outcome, "closing_reason": "goal_reached", "closed": "2026-11-21", "aftercare_on": "2026-12-19" });
    assert_eq!(desk.refused("close_case", close("ongoing")), ErrorCode::FieldRequired);
    let closed = desk.call("close_case", close("resolved_by_reporter"));
    assert_eq!(closed["facts"]["closed"], "2026-11-21");
    assert_eq!(closed["tasks"][0]["due"], "2026-12-19");
    assert_eq!(
        desk.refused("save_facts", json!({ "case": case["id"], "facts": closed["facts"] })),
        ErrorCode::CaseClosed
    );
    let reopened = desk.call("reopen_case", json!({ "case": case["id"] }));
    assert_eq!(reopened["facts"]["outcome"], "ongoing");
}

#[test]
fn unknown_not_asked_and_declined_come_back_as_they_were_said() {
    let mut desk = Desk::new();
    let organisation = desk.organisation("Zorggroep");
    let case = desk.case(&organisation);
    let mut facts = case["facts"].clone();
    facts["gender"] = json!("declined");
    facts["age_band"] = json!("unknown");
    facts["contract_type"] = json!("not_asked");
    let saved = desk.call("save_facts", json!({ "case": case["id"], "facts": facts }));
    assert_eq!(saved["facts"]["gender"], "declined");
    assert_eq!(saved["facts"]["age_band"], "unknown");
    assert_eq!(saved["facts"]["contract_type"], "not_asked");
}

#[test]
fn a_name_that_resembles_the_accused_of_another_case_is_a_conflict() {
    let mut desk = Desk::new();
    let organisation = desk.organisation("Zorggroep");
    let case = desk.case(&organisation);
    let person =
        json!({ "entry": null, "role": "accused", "name": "Jan Jansen", "aliases": "", "contact": "", "details": "" });
    desk.call("save_person", json!({ "case": case["id"], "person": person }));
    let found = desk.call("resembling", json!({ "name": "J. Jans", "role": "reporter", "case": null }));
    assert_eq!(found[0]["number"], "2026-001");
    assert_eq!(found[0]["conflict"], true);
}

#[test]
fn a_summary_that_is_being_written_is_there_after_locking() {
    let mut desk = Desk::new();
    let organisation = desk.organisation("Zorggroep");
    let (case, other) = (desk.case(&organisation), desk.case(&organisation));
    let text = |case: &Value, situation: &str| {
        json!({
            "case": case["id"], "language": "en", "month": "2026-12", "traits": ["gender", "level"], "angle": "normative",
            "situation": situation, "action": "Ik heb geluisterd.", "dilemma": "Wat nu?", "own_role": "Onrust.",
        })
    };
    let draft = |situation: &str| json!({ "text": text(&case, situation), "reason": "Om te leren." });
    assert_eq!(desk.call("intervision", text(&case, ""))["draft"], Value::Null, "nothing was begun");
    desk.call("save_intervision_draft", draft("Een mel"));
    desk.call("save_intervision_draft", draft("Een melder loopt vast. 漢👍"));
    desk.call("lock", json!({}));
    assert_eq!(desk.refused("save_intervision_draft", draft("Te laat.")), ErrorCode::VaultLocked);
    desk.call("unlock", json!({ "passphrase": PASSPHRASE }));
    let view = desk.call("intervision", text(&case, ""));
    assert_eq!(view["draft"], text(&case, "Een melder loopt vast. 漢👍"));
    assert_eq!(view["reason"], "Om te leren.");
    assert_eq!(desk.call("intervision", text(&other, ""))["draft"], Value::Null, "every case has its own");
    let save =
        json!({ "path": desk.beside("s.txt"), "text": view["draft"], "reason": view["reason"], "confirmed": true });
    desk.call("save_intervision", save);
    assert_eq!(desk.call("intervision", text(&case, ""))["draft"], view["draft"], "a saved summary can be changed");
}

#[test]
fn a_summary_with_choices_that_cannot_be_shown_is_not_kept() {
    let mut desk = Desk::new();
    let organisation = desk.organisation("Zorggroep");
    let case = desk.case(&organisation);
    for (field, value) in [
        ("language", json!("fr")),
        ("month", json!("december")),
        ("angle", json!("sideways")),
        ("traits", json!(["height"])),
        ("traits", json!(["gender", "age", "level", "relation"])),
    ] {
        let mut text = json!({
            "case": case["id"], "language": "nl", "month": "", "traits": [], "angle": "",
            "situation": "", "action": "", "dilemma": "", "own_role": "",
        });
        text[field] = value;
        let refused = desk.refused("save_intervision_draft", json!({ "text": text, "reason": "" }));
        assert_eq!(refused, ErrorCode::FieldInvalid, "{field}");
    }
}

#[test]
fn a_request_with_an_unknown_field_is_refused() {
    let mut desk = Desk::new();
    assert_eq!(desk.refused("today", json!({ "extra": 1 })), ErrorCode::FieldInvalid);
    assert_eq!(desk.refused("no_such_command", json!({})), ErrorCode::FieldInvalid);
}

#[test]
fn a_forgotten_passphrase_is_replaced_with_the_recovery_sheet() {
    let mut desk = Desk::new();
    desk.call("lock", json!({}));
    let new = "een heel andere wachtzin van dezelfde lengte";
    let mut wrong = desk.recovery.clone();
    wrong.replace_range(0..1, if wrong.starts_with('1') { "2" } else { "1" });
    assert_eq!(desk.refused("recover", json!({ "code": wrong, "passphrase": new })), ErrorCode::RecoveryGroup);
    let code = desk.recovery.clone();
    desk.call("recover", json!({ "code": code, "passphrase": new }));
    desk.call("lock", json!({}));
    assert_eq!(desk.refused("unlock", json!({ "passphrase": PASSPHRASE })), ErrorCode::WrongPassphrase);
    desk.call("unlock", json!({ "passphrase": new }));
}

#[test]
fn a_weak_passphrase_is_refused_before_anything_is_made() {
    let mut desk = Desk::new();
    let folder = desk.beside("other");
    let request = json!({ "path": folder, "passphrase": "wachtwoord2026" });
    assert_eq!(desk.refused("create_vault", request), ErrorCode::PassphraseWeak);
    assert!(!folder.exists());
}
