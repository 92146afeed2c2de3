//! K1, M1, X1 and N1-window: promises that only the real window can break. The runs
//! themselves are tests of the window; here they are started and read.

use crate::campaign::{Outcome, Run, Trouble};
use std::path::Path;
use std::process::{Command, Output};

/// The tests of the window, as `cargo xtask e2e` finds them.
const LOCKS: &str = "it_locks_from_every_screen_and_dialog_within_two_seconds_and_keeps_every_letter";
const MEMORY: &str = "no_word_of_a_session_is_in_any_process_two_seconds_after_a_lock";
const PAYLOADS: &str = "no_payload_runs_in_any_field_or_on_any_screen";
/// A test without a lock or a dialog, for whoever wants to know whether the window works.
const SMALL: &str = "a_page_can_neither_run_words_nor_reach_beyond_the_door";
const ALL_PAYLOADS: usize = 500;
/// What is said of a figure on the way, as `luwte_e2e::measured` says it.
const MEASURED: &str = "measured: ";

/// Starts what follows it on a computer without a network: nothing but the loopback, over
/// which the driver speaks.
const WITHOUT_NETWORK: [&str; 6] =
    ["unshare", "--net", "--map-root-user", "sh", "-c", "ip link set lo up && exec \"$0\" \"$@\""];

pub(crate) fn locks(_: &Run) -> Result<Outcome, Trouble> {
    one_test(LOCKS, "every screen, a dialog of ours and one of the system")
}

pub(crate) fn memory(_: &Run) -> Result<Outcome, Trouble> {
    one_test(MEMORY, "a session typed, locked and searched for")
}

pub(crate) fn payloads(run: &Run) -> Result<Outcome, Trouble> {
    // The list has an end; a shorter run takes its payloads from everywhere in it.
    let count = run.at_most(ALL_PAYLOADS);
    one_test_of(PAYLOADS, "every payload in every field", Some(count))
}

/// The whole run of the window where there is no network.
pub(crate) fn without_network(_: &Run) -> Result<Outcome, Trouble> {
    // With the network everything is built, and the window seen to work.
    let before = end_to_end(&[], &[SMALL], None)?;
    if let Some(outcome) = impossible(&before) {
        return Ok(outcome);
    }
    if !passed(&before, SMALL) {
        return Ok(lost(&before));
    }
    let there = Command::new(WITHOUT_NETWORK[0]).args(&WITHOUT_NETWORK[1..]).args(["cat", "/proc/net/dev"]).output()?;
    let devices = String::from_utf8_lossy(&there.stdout).lines().filter_map(|line| line.split_once(':')).count();
    if !there.status.success() {
        let why = String::from_utf8_lossy(&there.stderr).trim().to_owned();
        return Ok(Outcome::not_run(format!("this computer does not let a program give up the network ({why})")));
    }
    if devices != 1 {
        return Err(Trouble::new(format!("{devices} network devices are left where only the loopback should be")));
    }
    let told = end_to_end(&WITHOUT_NETWORK, &[], None)?;
    let said = String::from_utf8_lossy(&told.stdout);
    let closing = said.lines().rev().find(|line| line.ends_with(" failed"));
    match closing {
        Some(closing) if told.status.success() => Ok(Outcome {
            done: format!("the whole run of the window with nothing but the loopback: {closing}"),
            ..Outcome::default()
        }),
        _ => Ok(lost(&told)),
    }
}

fn one_test(test: &str, done: &str) -> Result<Outcome, Trouble> {
    one_test_of(test, done, None)
}

fn one_test_of(test: &str, done: &str, count: Option<usize>) -> Result<Outcome, Trouble> {
    let told = end_to_end(&[], &[test], count)?;
    if let Some(outcome) = impossible(&told) {
        return Ok(outcome);
    }
    if !passed(&told, test) {
        return Ok(lost(&told));
    }
    Ok(Outcome { done: figures(&told).unwrap_or_else(|| done.to_owned()), ..Outcome::default() })
}

/// `cargo xtask e2e`, behind other words if there are any.
fn end_to_end(before: &[&str], tests: &[&str], count: Option<usize>) -> Result<Output, Trouble> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let words: Vec<&str> = before
        .iter()
        .copied()
        .chain([cargo.as_str(), "xtask", "e2e", "--no-install"])
        .chain(tests.iter().copied())
        .collect();
    let mut command = Command::new(words[0]);
    command.envs(count.map(|count| ("LUWTE_E2E_COUNT", count.to_string())));
    Ok(command.args(&words[1..]).current_dir(top).output()?)
}

fn passed(told: &Output, test: &str) -> bool {
    told.status.success() && String::from_utf8_lossy(&told.stdout).contains(&format!("{test} ... ok"))
}

/// When something is missing on this computer, `cargo xtask` says what.
fn impossible(told: &Output) -> Option<Outcome> {
    (told.status.code() == Some(2)).then(|| Outcome::not_run(String::from_utf8_lossy(&told.stderr).trim()))
}

fn figures(told: &Output) -> Option<String> {
    let said = String::from_utf8_lossy(&told.stderr);
    let figures: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix(MEASURED)).collect();
    (!figures.is_empty()).then(|| figures.join("; "))
}

fn lost(told: &Output) -> Outcome {
    let said = String::from_utf8_lossy(&told.stdout);
    // What the test says stands between its panic and the list of what failed.
    let why = said.lines().skip_while(|line| !line.contains("panicked at")).take(20).map(str::to_owned);
    let mut losses: Vec<String> = why.collect();
    if losses.is_empty() {
        losses.push("the run of the window failed before it could do anything".to_owned());
    }
    let done = figures(told).unwrap_or_else(|| "until the first failure".to_owned());
    Outcome { done, losses, short: None }
}
