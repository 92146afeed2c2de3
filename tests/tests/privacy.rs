//! The canary: every free-text field of a case holds a word of its own, and none of
//! those words is found anywhere outside the open vault.

use luwte_tests::{Desk, PASSPHRASE, all_files};
use serde_json::json;

/// Words that stand nowhere else; each names the field it is planted in.
const CANARIES: [&str; 13] = [
    "kwartelnootfeit",
    "kwartelnootindruk",
    "kwartelnootmetwie",
    "kwartelnaam",
    "kwartelalias",
    "kwartelcontact",
    "kwarteldetail",
    "kwarteltaak",
    "kwarteltoestemming",
    "kwartelcluster",
    "kwartelroute",
    "kwartelafdeling",
    "kwartelintervisie",
];

fn fill(desk: &mut Desk) -> serde_json::Value {
    desk.example_year();
    let organisation = desk.id_of("Stichting De Voorbeeldhof");
    let case = desk.case(&organisation);
    let id = &case["id"];
    let note = json!({
        "date": "2025-11-20", "channel": "phone", "minutes": 30, "with_whom": CANARIES[2],
        "facts": CANARIES[0], "impressions": CANARIES[1],
    });
    desk.call("save_note", json!({ "case": id, "entry": null, "note": note }));
    let person = json!({
        "entry": null, "role": "accused", "name": CANARIES[3], "aliases": CANARIES[4], "contact": CANARIES[5], "details": CANARIES[6],
    });
    desk.call("save_person", json!({ "case": id, "person": person }));
    let task = json!({ "entry": null, "due": "2026-12-01", "reason": CANARIES[7], "done": null });
    desk.call("save_task", json!({ "case": id, "task": task }));
    let consent = json!({
        "entry": null, "kind": "use_in_intervision", "state": "given", "date": "2026-11-20", "written": false, "scope": CANARIES[8],
    });
    desk.call("save_consent", json!({ "case": id, "consent": consent }));
    let mut facts = desk.call("case", json!({ "case": id }))["facts"].clone();
    facts["intake"] = json!("2025-11-20");
    facts["cluster"] = json!(CANARIES[9]);
    facts["contact_route"] = json!(CANARIES[10]);
    facts["department"] = json!(CANARIES[11]);
    desk.call("save_facts", json!({ "case": id, "facts": facts }));
    let summary = json!({
        "case": id, "language": "nl", "month": "2026-11", "traits": [], "angle": "",
        "situation": CANARIES[12], "action": CANARIES[12], "dilemma": CANARIES[12], "own_role": CANARIES[12],
    });
    desk.call("save_intervision_draft", json!({ "text": summary, "reason": CANARIES[12] }));
    case
}

fn holds(bytes: &[u8], word: &str) -> bool {
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(word.len()).any(|w| w.eq_ignore_ascii_case(word.as_bytes()))
        || bytes.windows(wide.len()).any(|w| w == wide)
}

#[test]
fn no_word_of_a_case_stands_in_any_file_beside_the_report_or_the_vault() {
    let mut desk = Desk::new();
    let case = fill(&mut desk);
    let organisation = desk.id_of("Stichting De Voorbeeldhof");
    let report = json!({
        "path": desk.beside("verslag.pdf"), "organisation": organisation, "year": 2025, "language": "nl",
        "figures": desk.beside("cijfers.json"), "make_final": true,
    });
    desk.call("save_report", report);
    let text = json!({
        "case": case["id"], "language": "nl", "month": "2026-11", "traits": [], "angle": "",
        "situation": format!("Een melder vertelt over {}.", CANARIES[3]), "action": "", "dilemma": "Wat is hier nodig?", "own_role": "",
    });
    let check = desk.call("check_intervision", text.clone());
    assert_eq!(check["findings"][0]["found"], CANARIES[3], "the planted name is found in the summary");
    let save = json!({ "path": desk.beside("intervisie.pdf"), "text": text, "reason": "", "confirmed": true });
    assert!(desk.ask("save_intervision", save).is_err(), "a summary with a name in it is not saved");
    desk.call("lock", json!({}));
    for (path, bytes) in all_files(desk.place.path()) {
        for word in CANARIES {
            assert!(!holds(&bytes, word), "{word} stands in {}", path.display());
        }
        assert!(!holds(&bytes, PASSPHRASE), "the passphrase stands in {}", path.display());
    }
    let pdf = desk.beside("verslag.pdf");
    let printed = std::process::Command::new("pdftotext").arg(&pdf).arg("-").output().expect("pdftotext is installed");
    assert!(printed.status.success() && holds(&printed.stdout, "Voorbeeldhof"), "the report was really written");
    for word in CANARIES {
        assert!(!holds(&printed.stdout, word), "{word} is printed in the report");
    }
}

#[test]
fn no_error_of_the_door_repeats_what_was_typed() {
    let mut desk = Desk::new();
    let case = fill(&mut desk);
    let attempts = [
        (
            "save_note",
            json!({ "case": case["id"], "entry": null, "note": { "date": "geen datum", "facts": CANARIES[0] } }),
        ),
        ("save_facts", json!({ "case": case["id"], "facts": { "cluster": CANARIES[9] } })),
        (
            "save_intervision_draft",
            json!({ "text": { "case": case["id"], "situation": CANARIES[12] }, "reason": CANARIES[12] }),
        ),
        ("unlock", json!({ "passphrase": CANARIES[0] })),
        ("recover", json!({ "code": CANARIES[0], "passphrase": CANARIES[1] })),
        ("save_person", json!({ "case": case["id"], "person": { "name": CANARIES[3], "role": CANARIES[6] } })),
    ];
    for (name, request) in attempts {
        let error = desk.ask(name, request).expect_err("the request is broken");
        let said = serde_json::to_string(&error).expect("errors can be written") + &format!("{error:?}");
        assert!(CANARIES.iter().all(|word| !said.contains(word)), "{name} repeats what was typed");
    }
}
