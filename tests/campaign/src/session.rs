//! A whole session through the one door, for the campaigns that watch what it leaves on
//! the disk: unlock, fifty notes, an attachment of 20 MB, a case of 50,000 revisions, the
//! check for names, a report, lock, a quick note and where it goes.

use crate::acts;
use crate::campaign::{Trouble, say};
use crate::door::Desk;
use crate::place::Place;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;
use std::path::Path;
use uuid::Uuid;

/// As large as a database or a file must be before a program would like a disk for it.
const REVISIONS: usize = 50_000;
const ATTACHMENT: usize = 20 << 20;

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

/// A text of the person's own, to attach. It stands in memory, outside what is searched.
pub(crate) fn file_to_attach() -> Result<tempfile::NamedTempFile, Trouble> {
    let file = tempfile::Builder::new().suffix(".txt").tempfile_in(crate::place::memory())?;
    let line = format!("{}\n", canaries().join(" een regel van een verslag "));
    std::fs::write(file.path(), line.repeat(ATTACHMENT / line.len()))?;
    Ok(file)
}

/// Runs the session in a copy of a vault that stands in this folder.
pub(crate) fn run(folder: &Path, notes: usize, attachment: &Path) -> Result<(), Trouble> {
    let place = Place::standing(folder)?;
    large_case(&place)?;
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
    desk.call("add_attachment", json!({ "case": case, "path": attachment }))?;
    desk.call("today", json!({}))?;
    desk.call("list_cases", json!({}))?;
    desk.call("case", json!({ "case": case }))?;
    desk.call("resembling", json!({ "name": words[2], "role": "accused", "case": null }))?;
    desk.call("check_vault", json!({}))?;
    let report = json!({ "organisation": organisation, "year": 2026, "language": "nl" });
    desk.call("preview_report", report)?;
    desk.call("lock", json!({}))?;
    desk.call("quick_note", json!({ "text": words[0] }))?;
    desk.unlock()?;
    let waiting = desk.call("inbox", json!({}))?["notes"].clone();
    let note = waiting[0]["id"].clone();
    desk.call("sort_quick_note", json!({ "id": note, "case": case }))?;
    desk.call("lock", json!({}))?;
    say("locked");
    Ok(())
}

/// A case with more revisions than a database likes to sort in memory.
fn large_case(place: &Place) -> Result<(), Trouble> {
    let mut vault = place.open()?;
    let (mut case, words) = (acts::new_case(&vault), canaries());
    for number in 0..REVISIONS {
        acts::write_words(&mut case, &vault, Uuid::new_v4(), &words[number % words.len()]);
    }
    let now = chrono::Utc::now();
    vault.save_case(&case, now)?;
    Ok(vault.lock(now)?)
}
