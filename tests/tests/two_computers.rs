//! What two computers write apart, and what is shown of it.
#![expect(clippy::disallowed_methods, reason = "a sync program copies files")]

use api::error::ErrorCode;
use luwte_tests::{Desk, PASSPHRASE};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn texts(words: &str) -> Value {
    json!({
        "summary": words, "activities": "", "risk_profile": "", "comparison": "", "developments": "",
        "evaluation": "", "recommendations": "",
    })
}

fn summary(case: &Value, words: &str) -> Value {
    json!({
        "case": case, "language": "nl", "month": "2026-11", "traits": [], "angle": "", "situation": words,
        "action": "", "dilemma": "", "own_role": "",
    })
}

/// What a computer writes: her name, the texts of a report and a summary of a case.
fn write(desk: &mut Desk, organisation: &Value, case: &Value, words: &str) {
    desk.call("practice", json!({}));
    desk.call("save_adviser", json!({ "name": words, "certification": "" }));
    let seen = desk.call("report", json!({ "organisation": organisation, "year": 2026, "language": "nl" }));
    let texts = json!({ "organisation": organisation, "year": 2026, "texts": texts(words), "after": seen["shown"] });
    desk.call("save_report_texts", texts);
    let seen = desk.call("intervision", summary(case, ""));
    let draft = json!({ "text": summary(case, words), "reason": "", "after": seen["shown"] });
    desk.call("save_intervision_draft", draft);
}

/// The one entry of which there are versions.
fn only(view: &Value) -> Option<Value> {
    let all = view["versions"].as_array().expect("a list");
    assert!(all.len() < 2, "{} entries", all.len());
    all.first().cloned()
}

fn say(entry: &Value, words: impl Fn(&Value) -> Value) -> BTreeSet<String> {
    let versions = entry["versions"].as_array().expect("a list");
    versions.iter().map(|version| words(version).as_str().expect("words").to_owned()).collect()
}

/// A command, what it is asked, what a version in its answer says, and the case it is of.
type Look<'a> = (&'a str, &'a Value, fn(&Value) -> Value, &'a Value);

#[test]
fn a_name_a_report_and_a_summary_that_two_computers_wrote_are_two_versions_to_choose_from() {
    let mut here = Desk::new();
    here.call("save_adviser", json!({ "name": "Ada", "certification": "" }));
    let organisation = here.organisation("Zorggroep");
    let case = here.case(&organisation)["id"].clone();
    here.call("lock", json!({}));
    let mut there = here.elsewhere();
    there.unlock();
    here.call("unlock", json!({ "passphrase": PASSPHRASE }));
    write(&mut there, &organisation, &case, "daar");
    write(&mut here, &organisation, &case, "hier");
    write(&mut here, &organisation, &case, "hier, daarna");
    for desk in [&mut here, &mut there] {
        desk.call("lock", json!({}));
    }
    let file = Path::new("cases").join(format!("{}.age", case.as_str().expect("an id")));
    for (name, copy) in [(Path::new("practice.age"), "practice (1).age"), (&file, "cases/kopie.age")] {
        fs::copy(there.vault().join(name), here.vault().join(copy)).expect("the sync program does this");
    }
    here.call("unlock", json!({ "passphrase": PASSPHRASE }));
    let (report, ask) = (json!({ "organisation": organisation, "year": 2026, "language": "nl" }), summary(&case, ""));
    let both: BTreeSet<String> = ["daar", "hier, daarna"].map(str::to_owned).into();
    let looks: [Look<'_>; 3] = [
        ("practice", &json!({}), |version| version["adviser"]["name"].clone(), &Value::Null),
        ("report", &report, |version| version["report_texts"]["summary"].clone(), &Value::Null),
        ("intervision", &ask, |version| version["summary_draft"]["text"]["situation"].clone(), &case),
    ];
    for (command, request, words, case) in looks {
        let entry = only(&here.call(command, request.clone())).expect("two versions");
        assert_eq!(say(&entry, words), both, "{command}");
        let versions = entry["versions"].as_array().expect("a list");
        let daar = versions.iter().find(|version| words(version) == "daar").expect("one of both");
        let choice =
            json!({ "case": case, "kind": entry["kind"], "entry": entry["entry"], "version": daar["version"] });
        here.call("choose_version", choice);
        assert!(only(&here.call(command, request.clone())).is_none(), "{command}: chosen");
    }
    assert_eq!(here.call("report", report)["texts"]["summary"], "daar");
    assert_eq!(here.call("practice", json!({}))["adviser"]["name"], "daar");
    assert_eq!(here.call("intervision", ask)["draft"]["situation"], "daar");
}

#[test]
fn what_is_typed_follows_what_stood_on_the_screen_and_not_what_came_in_meanwhile() {
    for begun in [true, false] {
        let mut here = Desk::new();
        let organisation = here.organisation("Zorggroep");
        let case = here.case(&organisation)["id"].clone();
        if begun {
            write(&mut here, &organisation, &case, "eerst");
        }
        here.call("lock", json!({}));
        let mut there = here.elsewhere();
        there.unlock();
        write(&mut there, &organisation, &case, "daar");
        there.call("lock", json!({}));
        here.call("unlock", json!({ "passphrase": PASSPHRASE }));
        let report = json!({ "organisation": organisation, "year": 2026, "language": "nl" });
        let texts_seen = here.call("report", report.clone())["shown"].clone();
        let summary_seen = here.call("intervision", summary(&case, ""))["shown"].clone();
        assert_eq!((texts_seen.is_null(), summary_seen.is_null()), (!begun, !begun));
        let file = Path::new("cases").join(format!("{}.age", case.as_str().expect("an id")));
        for name in [Path::new("practice.age"), &file] {
            fs::copy(there.vault().join(name), here.vault().join(name)).expect("it comes in");
        }
        // Another save brings it into memory.
        here.organisation("Gemeente");
        for words in ["hier", "hier, daarna"] {
            let texts =
                json!({ "organisation": organisation, "year": 2026, "texts": texts(words), "after": texts_seen });
            here.call("save_report_texts", texts);
            let draft = json!({ "text": summary(&case, words), "reason": "", "after": summary_seen });
            here.call("save_intervision_draft", draft);
        }
        let both: BTreeSet<String> = ["daar", "hier, daarna"].map(str::to_owned).into();
        let entry = only(&here.call("report", report)).expect("two versions");
        assert_eq!(say(&entry, |version| version["report_texts"]["summary"].clone()), both, "begun: {begun}");
        let entry = only(&here.call("intervision", summary(&case, ""))).expect("two versions");
        assert_eq!(
            say(&entry, |version| version["summary_draft"]["text"]["situation"].clone()),
            both,
            "begun: {begun}"
        );
        let save = json!({
            "path": here.beside("verslag.pdf"), "organisation": organisation, "year": 2026, "language": "nl",
            "threshold": null, "make_final": false,
        });
        assert_eq!(here.refused("save_report", save), ErrorCode::TwoVersions, "she chooses first");
    }
}
