//! K1: the real window locks from every screen, in time, asking nothing, losing no letter.
//! The run itself is a test of the window; here it is started and read.

use crate::campaign::{Outcome, Run, Trouble};
use std::path::Path;
use std::process::Command;

/// The test of the window, as `cargo xtask e2e` finds it.
const TEST: &str = "it_locks_from_every_screen_and_dialog_within_two_seconds_and_keeps_every_letter";

pub(crate) fn locks(_: &Run) -> Result<Outcome, Trouble> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let told = Command::new(program).args(["xtask", "e2e", TEST, "--no-install"]).current_dir(top).output()?;
    let said = String::from_utf8_lossy(&told.stdout);
    match told.status.code() {
        Some(0) if said.contains(&format!("{TEST} ... ok")) => Ok(Outcome {
            done: "every screen, a dialog of ours and one of the system".to_owned(),
            ..Outcome::default()
        }),
        Some(2) => Ok(Outcome::not_run(String::from_utf8_lossy(&told.stderr).trim())),
        _ => {
            // What the test says stands between its panic and the list of what failed.
            let why = said.lines().skip_while(|line| !line.contains("panicked at")).take(20).map(str::to_owned);
            let mut losses: Vec<String> = why.collect();
            if losses.is_empty() {
                losses.push("the run of the window failed before it could lock".to_owned());
            }
            Ok(Outcome { done: "every screen until the first failure".to_owned(), losses, short: None })
        }
    }
}
