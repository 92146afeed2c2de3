//! L2 and L6: tests that reach inside the vault, asked for more than in a run of the
//! tests. They live in the vault's own package; here they only get their time.

use crate::campaign::{Outcome, Run, Trouble};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Times as many crash states at each moment as in a run of the tests.
const TIMES: usize = 4;
const INTERLEAVINGS: usize = 10_000;

pub(crate) fn crash_states(run: &Run) -> Result<Outcome, Trouble> {
    let times = run.rounds(TIMES);
    let tests = [
        "tests::crash::no_power_cut_loses_what_was_acknowledged_or_leaves_something_to_mend",
        // The same states with a flush left out must lose something.
        "tests::crash::a_flush_that_is_left_out_is_found",
        // So many operations that a run of the tests takes only some.
        "tests::crash::whichever_operation_fails_and_however_nothing_is_lost_and_trying_again_works",
        "tests::crash::whichever_operation_of_a_change_of_keys_fails_nothing_is_lost_and_trying_again_works",
    ];
    let done = format!("{times} times the states of a run of the tests, which are 100,000 or more");
    ask(run, &tests, ("LUWTE_SCALE_L2", times), done)
}

pub(crate) fn interleavings(run: &Run) -> Result<Outcome, Trouble> {
    let rounds = run.rounds(INTERLEAVINGS);
    let tests = [
        "tests::convergence::any_interleaving_of_computers_and_sync_programs_loses_nothing_and_ends_the_same",
        // The same without what the vault keeps must lose something.
        "tests::convergence::a_vault_that_keeps_no_earlier_versions_loses_something",
    ];
    ask(run, &tests, ("LUWTE_SCALE_L6", rounds), format!("{rounds} interleavings"))
}

/// A test that two real programs and their waiting for each other make long.
#[cfg(feature = "door")]
pub(crate) fn syncthing(_: &Run) -> Result<Outcome, Trouble> {
    const TEST: &str = "what_two_computers_wrote_in_one_note_while_one_was_offline_is_in_both_vaults_at_the_end";
    if Command::new("syncthing").arg("--version").output().is_err() {
        return Ok(Outcome::not_run("syncthing is not installed"));
    }
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args([
        "test",
        "--quiet",
        "--package",
        "luwte-tests",
        "--test",
        "syncthing",
        "--",
        "--ignored",
        "--exact",
        TEST,
    ]);
    let told = cargo.stderr(Stdio::inherit()).output()?;
    let said = String::from_utf8_lossy(&told.stdout).into_owned();
    if told.status.success() && said.contains("1 passed") {
        return Ok(Outcome { done: "one note, two versions, two vaults".to_owned(), ..Outcome::default() });
    }
    let why = said.lines().skip_while(|line| !line.contains("panicked at")).take(3).map(str::to_owned);
    Ok(Outcome { done: "one note".to_owned(), losses: why.chain(["it failed".to_owned()]).collect(), short: None })
}

/// Builds the tests of the vault; gives the program.
fn build() -> Result<PathBuf, Trouble> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["test", "--quiet", "--package", "vault", "--lib", "--no-run", "--message-format", "json"]);
    let said = String::from_utf8(cargo.stderr(Stdio::inherit()).output()?.stdout)?;
    let messages = said.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let mut programs = messages.filter_map(|message| message["executable"].as_str().map(PathBuf::from));
    programs.next_back().ok_or_else(|| Trouble::new("the tests of the vault do not build"))
}

fn ask(run: &Run, tests: &[&str], size: (&str, usize), done: String) -> Result<Outcome, Trouble> {
    let program = build()?;
    // Building is not part of the time.
    let budget = run.until.saturating_duration_since(Instant::now()).max(Duration::from_secs(60));
    let until = Instant::now() + budget;
    let said = tempfile::NamedTempFile::new()?;
    let mut command = Command::new(program);
    command.arg("--exact").args(tests).env(size.0, size.1.to_string());
    let mut child = command.stdout(said.reopen()?).stderr(Stdio::null()).spawn()?;
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if run.count.is_none() && Instant::now() > until {
            child.kill()?;
            child.wait()?;
            let reason = format!("not run to an end: {} seconds are too few for this size", budget.as_secs());
            return Ok(Outcome { short: Some(reason), ..Outcome::default() });
        }
        run.progress(|| format!("{} s at work", started.elapsed().as_secs()));
        std::thread::sleep(Duration::from_millis(100));
    };
    let said = std::fs::read_to_string(said.path())?;
    let ran = tests.len();
    if status.success() && !said.contains(&format!("{ran} passed")) {
        return Err(Trouble::new("the vault has no such test"));
    }
    let losses = said.lines().filter(|line| line.contains("lost") || line.contains("differ")).take(5);
    let mut losses: Vec<String> = losses.map(|line| line.trim().to_owned()).collect();
    if status.success() {
        losses.clear();
    } else if losses.is_empty() {
        losses.push(said.lines().find(|line| line.contains("panicked")).unwrap_or("a test failed").to_owned());
    }
    Ok(Outcome { done, losses, short: None })
}
