//! What is written into the vaults, so that it can be found again: every note says
//! which entry it is and how often it was written.

use casebook::CaseText;
use casebook::case::{Case, Facts, Note};
use casebook::practice::Adviser;
use chrono::{Datelike as _, Utc};
use taxonomy::ContactChannel;
use uuid::Uuid;
use vault::{SaveError, Vault};

/// The words of the note with this id after so many rewrites.
fn words(entry: Uuid, count: u32) -> String {
    format!("woorden {entry} {count}")
}

/// A filed-away draft with the next number, not saved yet.
pub(crate) fn new_case(vault: &Vault) -> Case {
    let now = Utc::now();
    let mut case = Case::new(Uuid::new_v4());
    let number = vault.next_number(now.year());
    case.facts.write(case.id, Facts::draft(number, now.date_naive()), vault.stamp(now));
    case
}

/// Writes or rewrites a note, so that `note_count` knows it.
pub(crate) fn write_note(case: &mut Case, vault: &Vault, entry: Uuid, count: u32) {
    write_words(case, vault, entry, &words(entry, count));
}

/// Writes or rewrites a note with any words.
pub(crate) fn write_words(case: &mut Case, vault: &Vault, entry: Uuid, words: &str) {
    let now = Utc::now();
    let note = Note {
        date: now.date_naive(),
        channel: ContactChannel::Phone,
        minutes: 30,
        with_whom: CaseText::from("melder"),
        facts: CaseText::from(words),
        impressions: CaseText::default(),
    };
    case.notes.write(entry, note, vault.stamp(now));
}

/// How often the note that a case holds under this id was written; `None` when it is
/// not there or says something else.
pub(crate) fn note_count(case: &Case, entry: Uuid) -> Option<u32> {
    let note = case.notes.get(entry)?;
    // EXPOSE: compared with the made-up words of this file.
    let text = note.body.facts.expose();
    let count = text.rsplit(' ').next()?.parse().ok()?;
    (text == words(entry, count)).then_some(count)
}

/// Saves the practice with a new name of its adviser that ends in a number.
pub(crate) fn save_adviser(vault: &mut Vault, count: u32) -> Result<(), SaveError> {
    let now = Utc::now();
    let mut practice = vault.practice().clone();
    let entry = practice.adviser.current().first().map_or_else(Uuid::new_v4, |known| known.entry);
    let name = CaseText::from(format!("Adviseur {count}").as_str());
    practice.adviser.write(entry, Adviser { name, certification: CaseText::default() }, vault.stamp(now));
    vault.save_practice(practice, now).map(drop)
}

/// The number that the name of the adviser ends in.
pub(crate) fn adviser_count(vault: &Vault) -> Option<u32> {
    let adviser = vault.practice().adviser.current().first().copied()?;
    // EXPOSE: compared with the made-up words of this file.
    adviser.body.name.expose().strip_prefix("Adviseur ")?.parse().ok()
}
