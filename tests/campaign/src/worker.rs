//! The program that is killed: it opens a vault, saves as fast as it can, and prints
//! what it was promised.

use crate::acts;
use crate::campaign::{Trouble, say};
use crate::place::{open_with_either, passphrase};
use chrono::Utc;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{Rng as _, SeedableRng as _};
use std::io::BufRead as _;
use std::path::Path;
use std::time::Duration;
use uuid::Uuid;
use vault::{OpenError, Vault};

/// Saves until it is killed, or at most `limit` times. Prints `ready`, and after each
/// promise `note CASE ENTRY COUNT`, `adviser COUNT` or `passphrase`.
pub(crate) fn save(vault: &Path, state: &Path, seed: u64, limit: usize) -> Result<(), Trouble> {
    let mut random = StdRng::seed_from_u64(seed);
    let mut open = open_with_either(vault, state)?;
    say("ready");
    let mut last = None;
    for count in 0..limit {
        let count = u32::try_from(count)?;
        match random.gen_range(0..100) {
            0..60 => last = Some(save_note(&mut open, &mut random, None, count)?),
            60..80 => last = Some(save_note(&mut open, &mut random, last, count)?),
            80..88 => {
                let mut case = acts::new_case(&open);
                let entry = Uuid::new_v4();
                acts::write_note(&mut case, &open, entry, count);
                open.save_case(&case, Utc::now())?;
                say(&format!("note {} {entry} {count}", case.id));
            }
            88..97 => {
                let next = acts::adviser_count(&open).unwrap_or(0) + 1;
                acts::save_adviser(&mut open, next)?;
                say(&format!("adviser {next}"));
            }
            _ => {
                // Locking writes the register and the pins anew.
                open.lock(Utc::now())?;
                open = open_with_either(vault, state)?;
                last = None;
            }
        }
    }
    open.lock(Utc::now())?;
    Ok(())
}

fn save_note(
    vault: &mut Vault,
    random: &mut StdRng,
    again: Option<(Uuid, Uuid)>,
    count: u32,
) -> Result<(Uuid, Uuid), Trouble> {
    let ids: Vec<Uuid> = vault.cases().iter().map(|case| case.id).collect();
    let fresh = || (*ids.choose(random).expect("the vault has cases"), Uuid::new_v4());
    let (id, entry) = again.unwrap_or_else(fresh);
    let mut case = vault.case(id)?;
    acts::write_note(&mut case, vault, entry, count);
    vault.save_case(&case, Utc::now())?;
    say(&format!("note {id} {entry} {count}"));
    Ok((id, entry))
}

/// Changes the passphrase once, from the first to the second.
pub(crate) fn change_passphrase(vault: &Path, state: &Path) -> Result<(), Trouble> {
    let mut open = open_with_either(vault, state)?;
    say("ready");
    open.change_passphrase(&passphrase(0), &passphrase(1))?;
    say("passphrase");
    Ok(())
}

/// Waits for a line, then tries to be the only writer: prints `open`, `in use`, or
/// `TWO` when another writer is at work in the same vault.
pub(crate) fn race(vault: &Path, state: &Path) -> Result<(), Trouble> {
    say("waiting");
    std::io::stdin().lock().read_line(&mut String::new())?;
    let mut open = match open_with_either(vault, state) {
        Ok(open) => open,
        Err(OpenError::InUse) => {
            say("in use");
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    };
    // A mark of its own, so that the lock is not asked about itself.
    let mark = vault.with_extension("writer");
    let alone = std::fs::OpenOptions::new().write(true).create_new(true).open(&mark).is_ok();
    say(if alone { "open" } else { "TWO" });
    save_note(&mut open, &mut StdRng::seed_from_u64(0), None, 1)?;
    std::thread::sleep(Duration::from_millis(15));
    if alone {
        std::fs::remove_file(&mark)?;
    }
    Ok(())
}
