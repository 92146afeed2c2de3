//! A terminal at which the commands of LEESMIJ.txt are typed, with the stock programs.
//!
//! age asks for its secret on a terminal, so `script` (util-linux) plays one. Which `age`
//! and which `sqlite3` are used can be said with `LUWTE_AGE` and `LUWTE_SQLITE3`, so that
//! other versions than the ones of this computer can be tried.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

/// The stock programs, and the variables that name others.
const PROGRAMS: [(&str, &str); 2] = [("age", "LUWTE_AGE"), ("sqlite3", "LUWTE_SQLITE3")];

/// Says which programs are used, and fails when one is not there.
///
/// # Panics
/// When a program is not installed.
pub fn need_stock_programs() {
    for (name, variable) in PROGRAMS {
        let program = std::env::var(variable).unwrap_or_else(|_| name.to_owned());
        let found = Command::new(program).arg("--version").stdout(Stdio::null()).status();
        assert!(found.is_ok_and(|status| status.success()), "this test needs `{name}`: apt install age sqlite3");
    }
}

/// The indented lines of one half of the page.
#[must_use]
pub fn commands(half: &str) -> Vec<&str> {
    half.lines().filter_map(|line| line.strip_prefix("    ")).collect()
}

/// The Dutch and the English half of the page.
///
/// # Panics
/// When it has no two halves.
#[must_use]
pub fn halves(page: &str) -> [&str; 2] {
    let (dutch, english) = page.split_once("IN ENGLISH").expect("the page has two halves");
    [dutch, english]
}

/// Runs commands at a terminal in a folder and types what `secret` says to each question.
/// Answers what stood on the screen.
///
/// # Panics
/// When a command fails.
pub fn typing<'a>(folder: &Path, commands: &str, secret: impl Fn(&str) -> &'a str) -> String {
    let place = tempfile::tempdir().expect("a temporary folder");
    let file = place.path().join("commands.sh");
    let other = PROGRAMS.iter().filter_map(|(name, variable)| Some((name, std::env::var(variable).ok()?)));
    let instead: String = other.map(|(name, path)| format!("{name}() {{ '{path}' \"$@\"; }}\n")).collect();
    fs::write(&file, format!("set -eo pipefail\n{instead}{commands}\n")).expect("it can be written");
    let mut child = Command::new("script")
        .args(["--quiet", "--return", "--command", &format!("bash '{}'", file.display()), "/dev/null"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("`script` is part of util-linux, which every Debian has");
    let mut keyboard = child.stdin.take().expect("it is piped");
    let mut screen = child.stdout.take().expect("it is piped");
    let (mut shown, mut answered, mut piece) = (Vec::new(), 0, [0; 4096]);
    loop {
        let count = screen.read(&mut piece).expect("the terminal can be read");
        if count == 0 {
            break;
        }
        shown.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&shown).into_owned();
        let prompts: Vec<&str> = text.split("Enter passphrase").skip(1).filter(|rest| rest.contains(": ")).collect();
        for prompt in prompts.iter().skip(answered) {
            let asked = prompt.split(": ").next().unwrap_or_default();
            keyboard.write_all(format!("{}\n", secret(asked)).as_bytes()).expect("the terminal listens");
            answered += 1;
        }
    }
    let shown = String::from_utf8_lossy(&shown).into_owned();
    assert!(child.wait().expect("it ends").success(), "a command failed:\n{shown}");
    shown
}

/// The lines on the screen. age wipes its prompt with escape codes, which end in K and
/// stand before the answer; a newer sqlite3 draws a box around its answers.
pub fn lines(shown: &str) -> impl Iterator<Item = &str> {
    let answers = shown.lines().map(|line| line.rsplit("\u{1b}[K").next().unwrap_or_default());
    answers.map(|line| line.trim_matches(|c: char| c.is_whitespace() || c == '\u{2502}'))
}

/// How often a database was said to be whole.
#[must_use]
pub fn oks(shown: &str) -> usize {
    lines(shown).filter(|line| *line == "ok").count()
}
