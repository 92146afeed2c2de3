//! The yardstick of the field: the same notes in SQLCipher, through its own shell over
//! a pipe, with its default key work done once beforehand.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

struct Shell {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Shell {
    /// Opens the shell on a database beside the vault; `None` when it is not installed.
    fn open(place: &Path) -> Option<Self> {
        let mut child = Command::new("sqlcipher")
            .arg(place.join("yardstick.db"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let (input, output) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        let mut shell = Self { child, input, output };
        shell.ask("PRAGMA key = 'een wachtzin'; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS note (c INTEGER, body TEXT); CREATE INDEX IF NOT EXISTS n ON note (c);")?;
        Some(shell)
    }

    /// Runs statements and waits until they are done.
    fn ask(&mut self, statements: &str) -> Option<()> {
        writeln!(self.input, "{statements}\n.print done").ok()?;
        self.input.flush().ok()?;
        let mut line = String::new();
        while line.trim() != "done" {
            line.clear();
            if self.output.read_line(&mut line).ok()? == 0 {
                return None;
            }
        }
        Some(())
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        // The process ends with its input; a failure to stop it earlier harms nobody.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Inserts notes one by one, each durable.
pub(crate) fn insert_notes(place: &Path, rounds: usize) -> Option<Vec<Duration>> {
    let mut shell = Shell::open(place)?;
    let body = "Zij vertelt over het rooster en wat er is gezegd. ".repeat(24);
    let mut times = Vec::new();
    for round in 0..rounds {
        let insert = format!("INSERT INTO note VALUES ({round}, '{body}');");
        let mut done = None;
        times.push(crate::stopwatch::time(|| done = shell.ask(&insert)));
        done?;
    }
    Some(times)
}

/// Reads the notes of one case.
pub(crate) fn select_notes(place: &Path, rounds: usize) -> Option<Vec<Duration>> {
    let mut shell = Shell::open(place)?;
    let mut times = Vec::new();
    for round in 0..rounds {
        let select = format!("SELECT body FROM note WHERE c = {round};");
        let mut done = None;
        times.push(crate::stopwatch::time(|| done = shell.ask(&select)));
        done?;
    }
    Some(times)
}
