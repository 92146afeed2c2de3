//! L1: a program that is killed while it saves has lost nothing that it called saved.

use crate::acts;
use crate::campaign::{Outcome, Run, Trouble};
use crate::place::Place;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;
use uuid::Uuid;
use vault::{Finding, Vault};

const KILLS: usize = 10_000;
/// One in so many kills hits a change of the passphrase, which takes seconds.
const PASSPHRASE_EVERY: usize = 150;
/// A vault that grew for ever would make later kills rarer and slower.
const ROUNDS_PER_VAULT: usize = 40;

/// One vault that is saved into and killed again and again, with all that was promised.
struct Lane {
    place: Place,
    notes: HashMap<(Uuid, Uuid), u32>,
    adviser: Option<u32>,
    age: usize,
}

pub(crate) fn run(run: &Run) -> Result<Outcome, Trouble> {
    let lane = |_| Ok(Lane { place: Place::new()?, notes: HashMap::new(), adviser: None, age: 0 });
    let promised = std::sync::atomic::AtomicUsize::new(0);
    let mut outcome = run.rounds_in_lanes("kills", run.rounds(KILLS), lane, |lane, round| {
        let mut random = StdRng::seed_from_u64(run.seed ^ round as u64);
        if lane.age >= ROUNDS_PER_VAULT {
            lane.anew()?;
        }
        lane.age += 1;
        let change = round % PASSPHRASE_EVERY == PASSPHRASE_EVERY / 2;
        let said = lane.kill(&mut random, round, change)?;
        promised.fetch_add(said, std::sync::atomic::Ordering::Relaxed);
        let losses = lane.verify()?;
        // What follows must not be measured by what is lost already; and the real cost
        // of a new passphrase would be paid at every unlock.
        if change || !losses.is_empty() {
            lane.anew()?;
        }
        Ok(losses.into_iter().map(|loss| format!("kill {round}: {loss}")).collect())
    })?;
    outcome.done = format!("{}, {} acknowledged saves", outcome.done, promised.into_inner());
    Ok(outcome)
}

impl Lane {
    fn anew(&mut self) -> Result<(), Trouble> {
        self.place.anew()?;
        (self.notes, self.adviser, self.age) = (HashMap::new(), None, 0);
        Ok(())
    }

    /// Starts the worker, kills it, and writes down what it promised.
    fn kill(&mut self, random: &mut StdRng, round: usize, change: bool) -> Result<usize, Trouble> {
        let act = if change { "change-passphrase" } else { "save" };
        let mut child = Command::new(std::env::current_exe()?)
            .args(["worker", act])
            .args([self.place.vault(), self.place.state()])
            .arg(round.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut lines = BufReader::new(child.stdout.take().expect("stdout was asked for")).lines();
        // Most kills hit a save; some hit the unlock, where interrupted saves are settled.
        if random.gen_ratio(9, 10) {
            lines.next().transpose()?;
        }
        let longest = if change { 4_000_000 } else { 120_000 };
        std::thread::sleep(Duration::from_micros(random.gen_range(0..longest)));
        child.kill()?;
        child.wait()?;
        let mut promises = 0;
        for line in lines {
            let line = line?;
            let words: Vec<&str> = line.split(' ').collect();
            match words[..] {
                ["note", case, entry, count] => {
                    self.notes.insert((case.parse()?, entry.parse()?), count.parse()?);
                }
                ["adviser", count] => self.adviser = Some(count.parse()?),
                _ => continue,
            }
            promises += 1;
        }
        Ok(promises)
    }

    /// Opens the vault as its owner would and looks for every promise.
    fn verify(&self) -> Result<Vec<String>, Trouble> {
        let mut vault = match self.place.open() {
            Ok(vault) => vault,
            Err(error) => return Ok(vec![format!("the vault does not open: {error}")]),
        };
        let mut losses = needing_a_person(&vault);
        let mut cases = HashMap::new();
        for ((case, entry), count) in &self.notes {
            if !cases.contains_key(case) {
                match vault.case(*case) {
                    Ok(open) => drop(cases.insert(*case, open)),
                    Err(error) => {
                        losses.push(format!("a case with saved notes does not open: {error}"));
                        continue;
                    }
                }
            }
            let kept = cases.get(case).and_then(|case| acts::note_count(case, *entry));
            if kept.is_none_or(|kept| kept < *count) {
                losses.push(format!("a note that was saved at step {count} stands at {kept:?}"));
            }
        }
        if self.adviser.is_some() && acts::adviser_count(&vault) < self.adviser {
            losses.push("a saved practice went back to an earlier version".to_owned());
        }
        Ok(losses)
    }
}

/// What a person would have to look at. The vault mends the rest itself and says so.
pub(crate) fn needing_a_person(vault: &Vault) -> Vec<String> {
    let mended = |finding: &&Finding| matches!(finding, Finding::Adopted(_) | Finding::Repaired(_));
    let warnings = vault.warnings().iter().filter(|finding| !mended(finding));
    let checked = vault.check();
    let found = checked.findings.iter().filter(|finding| !mended(finding) && !vault.warnings().contains(finding));
    warnings.chain(found).map(|finding| format!("a person would have to look at {finding:?}")).collect()
}
