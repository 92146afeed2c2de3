//! A whole session through the one door, for the campaigns that watch what it leaves on
//! the disk: unlock, fifty notes, the check for names, a summary, a report, lock.

use crate::campaign::{Trouble, say};
use crate::door::Desk;
use crate::place::Place;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;
use std::path::Path;

/// Words that stand in the vault and may stand nowhere else. They are put together
/// here, so that no program holds one of them as a constant.
pub(crate) fn canaries() -> Vec<String> {
    ["notitie", "indruk", "persoon", "afdeling", "taak"]
        .iter()
        .map(|what| format!("kanarie{}{what}zq7", "-piet-"))
        .collect()
}

/// Every way in which a canary may lie on a disk.
pub(crate) fn spellings() -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for canary in canaries() {
        all.push(canary.as_bytes().to_vec());
        all.push(canary.encode_utf16().flat_map(u16::to_le_bytes).collect());
        // In base64 a word looks three ways, by its place; the ends depend on neighbours.
        for shift in 0..3 {
            let text = BASE64_STANDARD.encode([vec![b' '; shift], canary.as_bytes().to_vec()].concat());
            all.push(text.as_bytes()[4..text.len() - 4].to_vec());
        }
    }
    all
}

/// How often any canary stands in these bytes.
pub(crate) fn hits(bytes: &[u8], spellings: &[Vec<u8>]) -> usize {
    let firsts: Vec<(u8, &[u8])> = spellings.iter().map(|s| (s[0], s.as_slice())).collect();
    let at = |place: usize| firsts.iter().any(|(first, s)| bytes[place] == *first && bytes[place..].starts_with(s));
    (0..bytes.len()).filter(|place| at(*place)).count()
}

/// Runs the session in a copy of a vault that stands in this folder.
pub(crate) fn run(folder: &Path, notes: usize) -> Result<(), Trouble> {
    let place = Place::standing(folder)?;
    let mut desk = Desk::at(place)?;
    let words = canaries();
    let organisation = desk.organisation("Gemeente Voorbeeldstad")?;
    let made = desk.call("new_case", json!({}))?;
    let mut facts = made["facts"].clone();
    facts["organisation"] = organisation.clone();
    facts["behaviours"] = json!(["bullying"]);
    let case = made["id"].clone();
    desk.call("save_facts", json!({ "case": case, "facts": facts }))?;
    desk.call("file_case", json!({ "case": case }))?;
    for number in 0..notes {
        let note = json!({
            "date": "2026-03-02", "channel": "phone", "minutes": 30, "with_whom": words[2],
            "facts": format!("{} {number} {}", words[0], "een lang gesprek ".repeat(40)), "impressions": words[1],
        });
        desk.call("save_note", json!({ "case": case, "entry": null, "note": note }))?;
    }
    desk.call("today", json!({}))?;
    desk.call("list_cases", json!({}))?;
    desk.call("case", json!({ "case": case }))?;
    desk.call("resembling", json!({ "name": words[2], "role": "accused", "case": null }))?;
    desk.call("check_vault", json!({}))?;
    let report = json!({ "organisation": organisation, "year": 2026, "language": "nl" });
    desk.call("preview_report", report)?;
    desk.call("lock", json!({}))?;
    say("locked");
    Ok(())
}
