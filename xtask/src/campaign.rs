//! `cargo xtask campaign`: the long runs behind `docs/reliability.md`.

use crate::setup::{self, Install, Job};
use crate::step::{Failure, binaries, cargo, root, run as step, target};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The package with the campaigns.
const PACKAGE: &str = "luwte-campaign";
/// Only our own crates are optimised anew, as for the measurements; also the tests that
/// a campaign builds itself.
const OPTIMISED: (&str, &str) = ("CARGO_PROFILE_DEV_OPT_LEVEL", "2");

/// Builds what is needed and hands over; the words are those of the campaigns' program.
pub(crate) fn run(words: &[&str]) -> Result<(), Failure> {
    let (prove, list) = (words.contains(&"--prove"), words.contains(&"--list"));
    let own = ["--prove", "--list", "--write", "--no-install"];
    let rest: Vec<&str> = words.iter().copied().filter(|word| !own.contains(word)).collect();
    setup::packages(&[Job::Core, Job::Campaign], Install::from_flag(words.contains(&"--no-install")))?;
    if prove {
        return against_mistakes(&rest);
    }
    let mut build = cargo(&["build", "--package", PACKAGE, "--package", "cli"]);
    step("Building the campaigns", build.env(OPTIMISED.0, OPTIMISED.1))?;
    let mut campaigns = program(&apart()?);
    campaigns.env(OPTIMISED.0, OPTIMISED.1);
    if list {
        return step("The campaigns", campaigns.arg("list"));
    }
    campaigns.arg("run").args(rest);
    if words.contains(&"--write") {
        campaigns.arg("--write").arg(root().join("docs/reliability.md"));
    }
    step("Trying to break what is promised", &mut campaigns)
}

/// A copy of the programs, so that what a campaign has built on the way, as those of the
/// window do, does not take the place of the one that runs.
fn apart() -> Result<PathBuf, Failure> {
    let (from, to) = (binaries()?, target()?.join("campaign"));
    let copied = std::fs::create_dir_all(&to).and_then(|()| {
        let files = [PACKAGE, "luwte"].map(|name| format!("{name}{}", std::env::consts::EXE_SUFFIX));
        files.iter().try_for_each(|file| {
            // One that still runs keeps its own.
            let _ = std::fs::remove_file(to.join(file));
            std::fs::copy(from.join(file), to.join(file)).map(drop)
        })
    });
    copied.map_err(|error| Failure::wrong(format!("The campaigns cannot be put in {}: {error}.", to.display())))?;
    Ok(to)
}

/// The vault with its mistakes is built apart, so that nothing else ever meets it.
fn against_mistakes(words: &[&str]) -> Result<(), Failure> {
    let place = target()?.join("sabotage");
    let arguments = ["build", "--package", PACKAGE, "--no-default-features", "--features", "sabotage"];
    step("Building the mistakes", cargo(&arguments).arg("--target-dir").arg(&place))?;
    let mut campaigns = program(&place.join("debug"));
    step("Each campaign against its mistake", campaigns.arg("prove").args(words))
}

fn program(folder: &Path) -> Command {
    let mut command = Command::new(folder.join(format!("{PACKAGE}{}", std::env::consts::EXE_SUFFIX)));
    command.current_dir(root());
    command
}
