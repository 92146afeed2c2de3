//! What a newcomer types: `cargo xtask run`, `cargo xtask test`, and the small
//! commands behind them. Only the standard library, so that it compiles in seconds.
//!
//! Exit codes: 0 done, 1 something is wrong with the project, 2 something has to be
//! installed or typed differently first.
#![expect(clippy::disallowed_methods, reason = "this tool holds no case; it reads sources and arranges build folders")]

mod app;
mod bench;
mod campaign;
mod checks;
mod codegen;
mod node;
mod setup;
mod step;
mod tidy;
mod window;

use std::process::ExitCode;
use step::{Failure, complain, say};

const USAGE: &str = "\
cargo xtask run [--demo]     open the app; --demo opens it on a vault of invented cases.
                             Without a display the same job is done by the command line
cargo xtask test [--core]    every check and test, the real window included, no display needed;
                             --core leaves out what needs WebKit or Node
cargo xtask e2e [NAME]       only the run of the real window; NAME for the tests with that in their
                             name, those of the campaigns included
cargo xtask bench            the table of docs/performance.md, measured here
cargo xtask campaign         the long runs of docs/reliability.md; NAME... for some of them, --list,
                             --hours H (100 minutes), --write for the results on that page,
                             --prove to show that each notices the mistake it is there for
cargo xtask codegen          write ui/src/api/bindings.gen.ts; --check only compares
cargo xtask tidy             the rules of this house that no compiler knows
cargo xtask deny             licences, advisories and forbidden crates (needs cargo-deny)

--no-install                 with run, test, e2e, bench and campaign: never install system packages";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match dispatch(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            complain(&failure.sentence);
            ExitCode::from(failure.exit)
        }
    }
}

fn dispatch(words: &[&str]) -> Result<(), Failure> {
    let (command, options) = words.split_first().unwrap_or((&"help", &[]));
    if *command == "campaign" {
        return campaign::run(options);
    }
    let allowed: &[&str] = match *command {
        "run" => &["--demo", "--no-install"],
        "test" => &["--core", "--no-install"],
        "e2e" | "bench" => &["--no-install"],
        "codegen" => &["--check"],
        _ => &[],
    };
    let names: Vec<&str> = options.iter().copied().filter(|o| *command == "e2e" && !o.starts_with('-')).collect();
    if let Some(unknown) = options.iter().find(|o| !allowed.contains(o) && !names.contains(o)) {
        return Err(Failure::before(format!("`{unknown}` does not belong to `{command}`.\n\n{USAGE}")));
    }
    let has = |option: &str| options.contains(&option);
    let install = setup::Install::from_flag(has("--no-install"));
    match *command {
        "run" => app::run(has("--demo"), install),
        "test" => checks::test(has("--core"), install),
        "e2e" => checks::window_only(&names, install),
        "bench" => bench::run(install),
        "codegen" if has("--check") => codegen::check(),
        "codegen" => codegen::write(),
        "tidy" => tidy::run(),
        "deny" => checks::deny(),
        "help" | "--help" | "-h" => {
            say(USAGE);
            Ok(())
        }
        other => Err(Failure::before(format!("There is no command `{other}`.\n\n{USAGE}"))),
    }
}
