//! L4: a disk that is full at any point of a save costs nothing: it is said, what was
//! there stays, and the same save works once there is room.

use crate::acts;
use crate::campaign::{Outcome, Run, Trouble};
use crate::place::{Place, open_patiently, passphrase};
use casebook::case::Case;
use chrono::Utc;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use uuid::Uuid;
use vault::{DiskTrouble, SaveError, Vault};

/// The step, and the steps of one act: past all that it writes, with room to spare.
const STEP: u64 = 4096;
const STEPS: usize = 150;

/// What is being saved when the disk is full.
#[derive(Clone, Copy, Debug)]
enum Act {
    Note,
    NewCase,
    Adviser,
    Passphrase,
    Lock,
}

const ACTS: [Act; 5] = [Act::Note, Act::NewCase, Act::Adviser, Act::Passphrase, Act::Lock];

pub(crate) fn run(run: &Run) -> Result<Outcome, Trouble> {
    let probe = tempfile::tempdir()?;
    if let Err(trouble) = Disk::new(probe.path().to_owned(), 1 << 20) {
        return Ok(Outcome::not_run(format!("a disk in memory cannot be mounted here ({})", trouble.0)));
    }
    let told = std::sync::atomic::AtomicUsize::new(0);
    // A passphrase writes little and works long: fewer steps see it whole.
    let rounds: Vec<(Act, usize)> = ACTS
        .iter()
        .flat_map(|act| (0..if matches!(act, Act::Passphrase) { 8 } else { STEPS }).map(|step| (*act, step)))
        .collect();
    let total = run.at_most(rounds.len());
    let stride = rounds.len() / total;
    let lane = |_| Ok(());
    let mut outcome = run.rounds_in_lanes("full disks", total, lane, |(), round| {
        let (act, step) = rounds[round * stride];
        let (losses, full) = one(act, step)?;
        if full {
            told.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        }
        Ok(losses.into_iter().map(|loss| format!("{act:?}, {step} pages free: {loss}")).collect())
    })?;
    let told = told.into_inner();
    outcome.done =
        format!("{} in steps of 4 KiB over {} acts, {told} of them told that it is full", outcome.done, ACTS.len());
    if told == 0 && outcome.losses.is_empty() {
        outcome.losses.push("no save ever met a full disk, so nothing was tried".to_owned());
    }
    Ok(outcome)
}

/// One act on a disk with so many free pages; whether it was told to be full.
fn one(act: Act, step: usize) -> Result<(Vec<String>, bool), Trouble> {
    let place = Place::new()?;
    let mount = place.folder.path().join("disk");
    fs::create_dir_all(&mount)?;
    let mut disk = Disk::new(mount.clone(), 16 << 20)?;
    let (folder, state) = (mount.join("vault"), place.state());
    crate::place::copy_folder(&place.vault(), &folder)?;
    let mut vault = open_patiently(&folder, &state)?;
    let (id, kept) = (place.cases[0], Uuid::new_v4());
    let mut case = vault.case(id)?;
    acts::write_note(&mut case, &vault, kept, 1);
    vault.save_case(&case, Utc::now())?;
    disk.resize(disk.used()? + step as u64 * STEP)?;

    let fresh = Uuid::new_v4();
    let mut edited = match act {
        Act::NewCase => acts::new_case(&vault),
        _ => case.clone(),
    };
    acts::write_note(&mut edited, &vault, fresh, 2);
    let mut losses = Vec::new();
    let first = attempt(act, &mut vault, &edited);
    let full = match &first {
        Ok(()) => false,
        Err(SaveError::Disk(DiskTrouble::Full)) => true,
        Err(other) => {
            losses.push(format!("a full disk was told as: {other}"));
            true
        }
    };
    // What was there before must be there while the disk is still full.
    if vault.case(id).ok().and_then(|case| acts::note_count(&case, kept)) != Some(1) {
        losses.push("the version before is gone".to_owned());
    }
    disk.resize(16 << 20)?;
    if full && let Err(error) = attempt(act, &mut vault, &edited) {
        losses.push(format!("with room again the save still fails: {error}"));
    }
    match act {
        Act::Lock => losses.extend(vault.lock(Utc::now()).err().map(|error| format!("locking fails: {error}"))),
        _ => drop(vault),
    }
    losses.extend(look(act, &folder, &state, edited.id, (id, kept), fresh));
    Ok((losses, full))
}

fn attempt(act: Act, vault: &mut Vault, edited: &Case) -> Result<(), SaveError> {
    match act {
        Act::Note | Act::NewCase | Act::Lock => vault.save_case(edited, Utc::now()).map(drop),
        Act::Adviser => acts::save_adviser(vault, 7),
        Act::Passphrase => vault.change_passphrase(&passphrase(0), &passphrase(1)),
    }
}

/// Opens the vault again, and looks for everything that was saved.
fn look(act: Act, folder: &Path, state: &Path, id: Uuid, kept: (Uuid, Uuid), fresh: Uuid) -> Vec<String> {
    let mut vault = match open_patiently(folder, state) {
        Ok(vault) => vault,
        Err(error) => return vec![format!("the vault no longer opens: {error}")],
    };
    let mut losses = crate::kills::needing_a_person(&vault);
    let mut expect = |id, entry, count| {
        let found = vault.case(id).ok().and_then(|case| acts::note_count(&case, entry));
        if found != Some(count) {
            losses.push("a note that was called saved is gone".to_owned());
        }
    };
    expect(kept.0, kept.1, 1);
    match act {
        Act::Note | Act::NewCase | Act::Lock => expect(id, fresh, 2),
        Act::Adviser if acts::adviser_count(&vault) != Some(7) => losses.push("the practice was not saved".to_owned()),
        Act::Adviser | Act::Passphrase => {}
    }
    losses
}

/// A disk in memory of a given size; it goes with this value.
struct Disk(PathBuf);

impl Disk {
    fn new(at: PathBuf, size: u64) -> Result<Self, Trouble> {
        mount(&["-t", "tmpfs", "-o", &format!("size={size},mode=700"), "luwte-campaign"], &at)?;
        Ok(Self(at))
    }

    fn resize(&mut self, size: u64) -> Result<(), Trouble> {
        mount(&["-o", &format!("remount,size={size}")], &self.0)
    }

    /// What is in use, in bytes.
    fn used(&self) -> Result<u64, Trouble> {
        let said = Command::new("df").args(["--output=used", "-B", "1"]).arg(&self.0).output()?;
        let said = String::from_utf8(said.stdout)?;
        said.lines().nth(1).and_then(|line| line.trim().parse().ok()).ok_or_else(|| Trouble::new("df says nothing"))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // A lazy unmount works also while a lock on the folder is being let go.
        let _ = Command::new("umount").args(["--lazy"]).arg(&self.0).status();
    }
}

fn mount(options: &[&str], at: &Path) -> Result<(), Trouble> {
    let said = Command::new("mount").args(options).arg(at).output()?;
    if said.status.success() { Ok(()) } else { Err(Trouble::new(String::from_utf8_lossy(&said.stderr).trim())) }
}
