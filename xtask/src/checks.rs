//! `cargo xtask test`: every check, cheapest first.

use crate::setup::{self, Install, Job, finds};
use crate::step::{Failure, Tally, cargo, npm, run, say};
use crate::{codegen, node, tidy, window};

/// Runs everything; `core` leaves out what needs WebKit or Node.
pub(crate) fn test(core: bool, install: Install) -> Result<(), Failure> {
    let mut tally = Tally::default();
    let outcome = test_steps(core, install, &mut tally);
    tally.close();
    outcome
}

fn test_steps(core: bool, install: Install, tally: &mut Tally) -> Result<(), Failure> {
    if core {
        setup::packages(&[Job::Core, Job::CoreTests], install)?;
    } else {
        setup::packages(&[Job::Core, Job::CoreTests, Job::Window, Job::WindowTests], install)?;
        node::ready(install)?;
    }
    run("Formatting", &mut cargo(&["fmt", "--all", "--check"]))?;
    tidy::run()?;
    codegen::check()?;
    if core {
        let lints = ["clippy", "--all-targets", "--", "-D", "warnings"];
        run("Lints of the core", &mut cargo(&lints))?;
        return tally.run("Tests of the core", &mut cargo(&["test", "--no-fail-fast"]));
    }
    run("Types and tests of the front end", &mut npm(&["run", "check"]))?;
    run("Building the front end", &mut npm(&["run", "build"]))?;
    run("Lints", &mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    tally.run("Tests", &mut cargo(&["test", "--workspace", "--exclude", window::TESTS, "--no-fail-fast"]))?;
    build_app()?;
    window::test(&[], tally)
}

/// Only the run of the window, with what it needs; with names only those tests.
pub(crate) fn window_only(names: &[&str], install: Install) -> Result<(), Failure> {
    setup::packages(&[Job::Core, Job::Window, Job::WindowTests], install)?;
    node::ready(install)?;
    run("Building the front end", &mut npm(&["run", "build"]))?;
    build_app()?;
    let mut tally = Tally::default();
    let outcome = window::test(names, &mut tally);
    tally.close();
    outcome
}

/// The same features as the tests have, so that little is compiled twice; and a web
/// view that a driver may enter.
fn build_app() -> Result<(), Failure> {
    let arguments = ["build", "--workspace", "--exclude", "xtask", "--exclude", window::TESTS];
    run("Building the app", cargo(&arguments).args(["--features", "luwte-desktop/webdriver"]))
}

/// Licences, advisories and forbidden crates.
pub(crate) fn deny() -> Result<(), Failure> {
    if !finds(if cfg!(windows) { "cargo-deny.exe" } else { "cargo-deny" }) {
        say("cargo-deny is a program of its own.");
        return Err(Failure::before("Run `cargo install cargo-deny --locked` first, and then this command again."));
    }
    run("Licences, advisories and forbidden crates", &mut cargo(&["deny", "check"]))
}
