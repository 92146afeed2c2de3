//! I1 and I2: whatever byte of whatever file is changed, cut off or added, it is
//! noticed, and nothing else is shown in its place.

use crate::acts;
use crate::campaign::{Outcome, Run, Trouble};
use crate::place::Place;
use casebook::{Attachment, CaseText};
use chrono::Utc;
use std::fs;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use uuid::Uuid;
use vault::{LocalState, Object, Vault};

/// Three ways to change a byte; the usual run uses one of them at each place, in turn.
const FLIPS: [u8; 3] = [0x01, 0x80, 0xFF];
/// Bytes after the end.
const TAILS: usize = 64;

/// What a processor has for itself, on a disk in memory: one vault with cases, and one
/// without, whose check reads nothing but what is being damaged.
struct Lane {
    cases: Opened,
    empty: Opened,
    /// The attachment, and what the case says of it.
    attachment: (Uuid, Attachment),
    note: Uuid,
    /// The files with the bytes they have when nothing is wrong.
    files: Vec<(Object, PathBuf, Vec<u8>)>,
}

struct Opened {
    place: Place,
    vault: Vault,
}

impl Opened {
    fn new(place: Place) -> Result<Self, Trouble> {
        // The first lock writes the register.
        place.open()?.lock(Utc::now())?;
        let vault = place.open()?;
        Ok(Self { place, vault })
    }
}

impl Lane {
    fn new() -> Result<Self, Trouble> {
        let (cases, empty) = (Opened::new(Place::in_memory()?)?, Opened::new(Place::without_cases()?)?);
        let source = cases.place.folder.path().join("picked");
        fs::write(&source, attached())?;
        let attachment = cases.vault.attach(&source).map_err(Trouble::new)?;
        let local = LocalState::open(&cases.place.state())?;
        vault::write_quick_note(&cases.place.vault(), &local, &CaseText::from(QUICK_NOTE), Utc::now())?;
        let note = cases.vault.inbox()?.notes.first().map(|note| note.id).unwrap_or_default();
        Self::of(cases, empty, attachment, note)
    }

    /// The same files for another processor, byte for byte.
    fn again(&self) -> Result<Self, Trouble> {
        let opened = |of: &Opened| Opened::new(of.place.again()?);
        Self::of(opened(&self.cases)?, opened(&self.empty)?, self.attachment.clone(), self.note)
    }

    fn of(cases: Opened, empty: Opened, attachment: (Uuid, Attachment), note: Uuid) -> Result<Self, Trouble> {
        let with_cases =
            [Object::Case(cases.place.cases[0]), Object::Attachment(attachment.0), Object::QuickNote(note)];
        let rest = [Object::Practice, Object::Register, Object::Identity, Object::IdentityCopy, Object::Recovery];
        let with_cases = with_cases.map(|object| (object, cases.place.vault().join(object.path())));
        let paths = rest.map(|object| (object, empty.place.vault().join(object.path())));
        let mut files = Vec::new();
        for (object, path) in with_cases.into_iter().chain(paths) {
            let bytes = fs::read(&path)?;
            files.push((object, path, bytes));
        }
        Ok(Self { cases, empty, attachment, note, files })
    }

    /// What is wrong with what the vault says of a file that is not as it was.
    fn judge(&mut self, object: Object) -> Option<String> {
        let vault = &mut self.cases.vault;
        let same = match object {
            Object::Case(id) => vault.case(id).ok().map(|case| {
                let entry = case.notes.current().first().map(|note| note.entry);
                entry.and_then(|entry| acts::note_count(&case, entry)) == Some(0)
            }),
            Object::Attachment(id) => {
                vault.read_attachment(id, &self.attachment.1, ATTACHED).ok().map(|bytes| *bytes == attached())
            }
            // EXPOSE: compared with the made-up words of this file.
            Object::QuickNote(id) => vault.quick_note(id).ok().map(|note| note.text.expose() == QUICK_NOTE),
            _ => {
                let found = self.empty.vault.check().findings;
                (!found.iter().any(|finding| finding.object() == object)).then_some(true)
            }
        };
        same.map(|same| if same { NOT_NOTICED.to_owned() } else { "WRONG CONTENT SHOWN".to_owned() })
    }

    /// Whether everything that is whole is read.
    fn reads_all(&mut self) -> bool {
        let objects: Vec<Object> = self.files.iter().map(|(object, ..)| *object).collect();
        objects.into_iter().all(|object| self.judge(object).is_some_and(|said| said == NOT_NOTICED))
    }
}

/// Longer than one piece of an age file, so that pieces could be left out.
const ATTACHED: usize = 70_000;
const QUICK_NOTE: &str = "een snelle notitie";
const NOT_NOTICED: &str = "not noticed";

/// The bytes that are attached.
fn attached() -> Vec<u8> {
    (0..ATTACHED).map(|place| (place % 251) as u8).collect()
}

/// Changes every byte of every file.
pub(crate) fn flips(run: &Run) -> Result<Outcome, Trouble> {
    let every = run.scale >= 3.0;
    let rounds = |length: usize| if every { length * FLIPS.len() } else { length };
    let mut outcome = exhaust(run, "changed bytes", rounds, |path, bytes, round| {
        let place = if every { round / FLIPS.len() } else { round };
        let flip = if every { FLIPS[round % FLIPS.len()] } else { FLIPS[place % FLIPS.len()] };
        patch(path, place, bytes[place] ^ flip)
    })?;
    let how = if every { "each byte three ways" } else { "each byte one of three ways" };
    outcome.done = format!("{} ({how}: 0x01, 0x80, 0xFF)", outcome.done);
    Ok(outcome)
}

/// Cuts every file at every length, and adds up to 64 bytes.
pub(crate) fn cuts(run: &Run) -> Result<Outcome, Trouble> {
    exhaust(
        run,
        "lengths",
        |length| length + TAILS,
        |path, bytes, round| {
            if round < bytes.len() {
                fs::OpenOptions::new().write(true).open(path)?.set_len(round as u64)?;
            } else {
                let mut file = fs::OpenOptions::new().append(true).open(path)?;
                file.write_all(&vec![0xA5; round - bytes.len() + 1])?;
            }
            Ok(())
        },
    )
}

fn patch(path: &Path, place: usize, byte: u8) -> Result<(), Trouble> {
    let mut file = fs::OpenOptions::new().write(true).open(path)?;
    file.seek(SeekFrom::Start(place as u64))?;
    file.write_all(&[byte])?;
    Ok(())
}

/// Shares all places of all files over the processors. A case, an attachment and a quick
/// note go through their own reader; the others through the check of the whole vault.
fn exhaust(
    run: &Run,
    what: &str,
    rounds: impl Fn(usize) -> usize,
    damage: impl Fn(&Path, &[u8], usize) -> Result<(), Trouble> + Sync,
) -> Result<Outcome, Trouble> {
    let model = Lane::new()?;
    let lengths: Vec<usize> = model.files.iter().map(|(_, _, bytes)| rounds(bytes.len())).collect();
    let total: usize = lengths.iter().sum();
    let model = Mutex::new(model);
    let (asked, refused) = (run.at_most(total), Mutex::new(0_usize));
    let stride = (total / asked).max(1);
    // Sealing draws at random, so that two vaults never have files of the same length.
    let lane = |_| model.lock().expect("no lane panics while it holds this").again();
    let mut outcome = run.rounds_in_lanes(what, asked, lane, |lane, number| {
        let (mut file, mut round) = (0, number * stride);
        while round >= lengths[file] {
            round -= lengths[file];
            file += 1;
        }
        let (object, path, bytes) = lane.files[file].clone();
        damage(&path, &bytes, round)?;
        let wrong = lane.judge(object);
        fs::write(&path, &bytes)?;
        if wrong.is_none() {
            *refused.lock().expect("no lane panics while it holds this") += 1;
        }
        Ok(wrong.into_iter().map(|wrong| format!("{object:?}, {what} {round}: {wrong}")).collect())
    })?;
    // The reader must still read what is whole, or refusing everything would pass.
    if !Lane::new()?.reads_all() {
        outcome.losses.push("a whole vault is refused too".to_owned());
    }
    outcome.done =
        format!("{} of {} files, {} noticed", outcome.done, lengths.len(), refused.into_inner().unwrap_or(0));
    Ok(outcome)
}
