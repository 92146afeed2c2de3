//! Running one command at a time: a line that says what it does, and on failure the
//! command itself, so that it can be typed again by hand.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Why a command of this tool stopped.
pub(crate) struct Failure {
    /// What the person reads.
    pub(crate) sentence: String,
    /// 1 = the project is wrong; 2 = something has to be installed or typed first.
    pub(crate) exit: u8,
}

impl Failure {
    /// Something is wrong with the project.
    pub(crate) fn wrong(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), exit: 1 }
    }

    /// Something has to happen before this command can work.
    pub(crate) fn before(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), exit: 2 }
    }
}

/// Prints one line. A closed pipe is no reason to stop.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Prints why this program stops.
pub(crate) fn complain(sentence: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{sentence}");
}

/// The top folder of the project: the one this is run in, as cargo says. A program that
/// was built in one checkout and reused in another has the first one's path in it.
pub(crate) fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    here.parent().expect("xtask stands one folder below the top").to_owned()
}

/// The folder in which this program was built; its neighbours are built there too.
pub(crate) fn binaries() -> Result<PathBuf, Failure> {
    let here = std::env::current_exe().map_err(|e| Failure::wrong(format!("Cannot find this program itself: {e}.")))?;
    Ok(here.parent().expect("a program stands in a folder").to_owned())
}

/// The folder for everything that is built, outside version control.
pub(crate) fn target() -> Result<PathBuf, Failure> {
    Ok(binaries()?.parent().expect("cargo builds in target/debug").to_owned())
}

/// Cargo, in the top folder.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    command
}

/// A command of the front end, in its folder.
pub(crate) fn npm(arguments: &[&str]) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.args(arguments).current_dir(root().join("ui"));
    command
}

/// Says what it does, does it, and stops on failure.
pub(crate) fn run(what: &str, command: &mut Command) -> Result<(), Failure> {
    say(&format!("\u{2192} {what}"));
    let status = command.status().map_err(|e| cannot_start(command, &e))?;
    if status.success() { Ok(()) } else { Err(failed(what, command)) }
}

/// Says what it does, does it, and gives back what it printed.
pub(crate) fn printed(what: &str, command: &mut Command) -> Result<String, Failure> {
    say(&format!("\u{2192} {what}"));
    let output = command.stderr(Stdio::inherit()).output().map_err(|e| cannot_start(command, &e))?;
    if !output.status.success() {
        return Err(failed(what, command));
    }
    String::from_utf8(output.stdout).map_err(|_| Failure::wrong(format!("{what}: the answer is not text.")))
}

/// How many tests ran, over several runs of `cargo test`.
#[derive(Default)]
pub(crate) struct Tally {
    passed: u64,
    failed: u64,
}

impl Tally {
    /// Runs tests, shows what they print, and adds up their closing lines.
    pub(crate) fn run(&mut self, what: &str, command: &mut Command) -> Result<(), Failure> {
        say(&format!("\u{2192} {what}"));
        let mut child = command.stdout(Stdio::piped()).spawn().map_err(|e| cannot_start(command, &e))?;
        let out = child.stdout.take().expect("stdout was asked for as a pipe");
        for line in BufReader::new(out).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line);
            self.add(&line);
            say(line.trim_end());
        }
        let status = child.wait().map_err(|e| cannot_start(command, &e))?;
        if status.success() { Ok(()) } else { Err(failed(what, command)) }
    }

    fn add(&mut self, line: &str) {
        let Some(counts) = line.trim().strip_prefix("test result: ") else { return };
        let words: Vec<&str> = counts.split([' ', ';']).filter(|w| !w.is_empty()).collect();
        for pair in words.windows(2) {
            let number = pair[0].parse().unwrap_or(0);
            match pair[1] {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                _ => {}
            }
        }
    }

    /// The closing line.
    pub(crate) fn close(&self) {
        say(&format!("{} passed, {} failed", self.passed, self.failed));
    }
}

fn cannot_start(command: &Command, error: &std::io::Error) -> Failure {
    Failure::before(format!("Could not start `{}`: {error}.", shown(command)))
}

fn failed(what: &str, command: &Command) -> Failure {
    Failure::wrong(format!("Failed: {what}. The command was:\n    {}", shown(command)))
}

fn shown(command: &Command) -> String {
    let mut line = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    match command.get_current_dir().and_then(|dir| dir.strip_prefix(root()).ok().map(Path::to_owned)) {
        Some(dir) if dir.as_os_str().is_empty() => line,
        Some(dir) => format!("cd {} && {line}", dir.display()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_lines_of_all_test_programs_are_added_up() {
        let mut tally = Tally::default();
        tally.add("test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s");
        tally.add("test a_case_is_counted_once ... ok");
        tally.add("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out");
        assert_eq!((tally.passed, tally.failed), (15, 2));
    }

    #[test]
    fn a_failed_command_can_be_typed_again() {
        assert_eq!(shown(&npm(&["run", "check"])), "cd ui && npm run check");
    }
}
