//! Trying spoiled input on one part of the app, millions of times: in a process of its
//! own, so that a crash is seen from outside and its input can be made again from its
//! number.

use crate::campaign::{Outcome, Run, Trouble, say};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Inputs that one process tries before a fresh one takes over.
const CHUNK: usize = 500;
/// Longer than this on one input is a hang.
const HANG: Duration = Duration::from_secs(1);

/// A part of the app that reads what others made.
pub(crate) trait Target {
    /// Tries one input, made from this source of choices; gives what went wrong.
    fn round(&mut self, random: &mut StdRng) -> Result<Vec<String>, Trouble>;
    /// Sees that good input is still taken.
    fn finish(&mut self) -> Result<Vec<String>, Trouble>;
}

/// How to make a target by its name.
fn target(name: &str) -> Result<Box<dyn Target>, Trouble> {
    Ok(match name {
        "images" => Box::new(crate::images::Images::new()?),
        "open" => Box::new(crate::readers::Files::new()?),
        "merge" => Box::new(crate::readers::Merging::new()?),
        "names" => Box::new(crate::readers::Names::new()?),
        #[cfg(feature = "door")]
        "import" => Box::new(crate::door::Import::new()?),
        #[cfg(feature = "door")]
        "requests" => Box::new(crate::door::Requests::new()?),
        _ => return Err(Trouble::new(format!("no target {name} in this build"))),
    })
}

/// In the process: tries `count` inputs from number `first` on, and prints losses.
pub(crate) fn work(name: &str, seed: u64, first: usize, count: usize) -> Result<(), Trouble> {
    let mut target = target(name)?;
    for number in first..first + count {
        let mut random = StdRng::seed_from_u64(seed.wrapping_add(number as u64));
        let started = Instant::now();
        let mut losses = target.round(&mut random)?;
        if started.elapsed() > HANG {
            losses.push(format!("{} ms for one input", started.elapsed().as_millis()));
        }
        losses.iter().for_each(|loss| say(&format!("LOSS input {number}: {loss}")));
    }
    target.finish()?.iter().for_each(|loss| say(&format!("LOSS {loss}")));
    say("finished");
    Ok(())
}

pub(crate) fn images(run: &Run) -> Result<Outcome, Trouble> {
    chunks(run, "images", run.rounds(200_000))
}

/// As many inputs as fit in the time of this target.
pub(crate) fn target_for_minutes(run: &Run, name: &str) -> Result<Outcome, Trouble> {
    let mut outcome = chunks(run, name, run.count.unwrap_or(usize::MAX / 2))?;
    // There is no number to reach here, only time to spend.
    let none = outcome.done.starts_with("0 ");
    outcome.short = none.then(|| "no input in the time there was".to_owned());
    run.note_reduced(run.count.is_some() || run.scale < 1.0);
    Ok(outcome)
}

fn chunks(run: &Run, name: &str, inputs: usize) -> Result<Outcome, Trouble> {
    let size = CHUNK.min(inputs);
    let chunks = inputs.div_ceil(size);
    let mut outcome = run.rounds_in_lanes(
        &format!("times {size} {name}"),
        chunks,
        |_| Ok(()),
        |(), chunk| {
            let first = chunk * size;
            if let Verdict::Said(losses) = one(name, run.seed, first, size)? {
                return Ok(losses);
            }
            // The process died: halves again and again, to know on which input.
            let (mut from, mut width) = (first, size);
            while width > 1 {
                let half = width / 2;
                if let Verdict::Died(_) = one(name, run.seed, from, half)? {
                    width = half;
                } else {
                    (from, width) = (from + half, width - half);
                }
            }
            let again = one(name, run.seed, from, 1)?;
            let how = if let Verdict::Died(how) = again { how } else { "the process died once, not again".to_owned() };
            let losses = vec![format!("seed {} input {from}: {how}", run.seed)];
            Ok(losses)
        },
    )?;
    outcome.done = outcome.done.replace(" times ", " × ");
    Ok(outcome)
}

enum Verdict {
    Said(Vec<String>),
    Died(String),
}

fn one(name: &str, seed: u64, first: usize, count: usize) -> Result<Verdict, Trouble> {
    let out = tempfile::NamedTempFile::new()?;
    // A name without a folder in a spoiled request lands in the present one.
    let here = tempfile::tempdir()?;
    let mut child = Command::new(std::env::current_exe()?)
        .current_dir(here.path())
        .args(["worker", "fuzz", name, &seed.to_string(), &first.to_string(), &count.to_string()])
        .stdout(Stdio::from(out.reopen()?))
        .stderr(Stdio::null())
        .spawn()?;
    let patience = Instant::now() + Duration::from_secs(30) + HANG * u32::try_from(count)?;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if Instant::now() > patience {
            child.kill()?;
            child.wait()?;
            return Ok(Verdict::Died("it never came back".to_owned()));
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let said = std::fs::read_to_string(out.path())?;
    if !status.success() || !said.ends_with("finished\n") {
        return Ok(Verdict::Died(format!("{status} {}", said.lines().last().unwrap_or_default())));
    }
    Ok(Verdict::Said(said.lines().filter_map(|line| line.strip_prefix("LOSS ")).map(str::to_owned).collect()))
}
