//! Watching another program's calls with `strace`.

use crate::campaign::Trouble;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One call as strace wrote it down.
pub(crate) struct Call {
    /// The thread that made it.
    pub(crate) thread: u32,
    /// Its name.
    pub(crate) name: String,
    /// Everything between the brackets.
    pub(crate) arguments: String,
    /// What follows the equals sign.
    pub(crate) result: String,
}

impl Call {
    pub(crate) fn succeeded(&self) -> bool {
        !self.result.starts_with('-') && !self.result.starts_with('?')
    }

    /// The text arguments, which are the paths of calls that name files.
    pub(crate) fn texts(&self) -> Vec<&str> {
        self.arguments.split('"').skip(1).step_by(2).collect()
    }

    /// What the first argument, a descriptor, stands for: `-y` puts it in angle brackets.
    pub(crate) fn descriptor(&self) -> &str {
        let (_, rest) = self.arguments.split_once('<').unwrap_or_default();
        rest.split('>').next().unwrap_or_default()
    }
}

/// A command that runs a program under strace, which writes to a file.
pub(crate) fn watched(program: &Path, calls: &str, log: &Path, more: &[&str]) -> Command {
    let mut command = Command::new("strace");
    command.args(["-f", "-y", "-qq", "-o"]).arg(log).args(["-e", &format!("trace={calls}"), "-e", "signal=none"]);
    command.args(more).arg("--").arg(program);
    command
}

/// Whether strace works here.
pub(crate) fn works() -> Result<(), Trouble> {
    let tried = Command::new("strace").args(["-o", "/dev/null", "true"]).output();
    match tried {
        Ok(said) if said.status.success() => Ok(()),
        Ok(said) => Err(Trouble::new(String::from_utf8_lossy(&said.stderr).trim())),
        Err(_) => Err(Trouble::new("strace is not installed")),
    }
}

/// Reads what strace wrote, with the halves of interrupted lines put together.
pub(crate) fn read(log: &Path) -> Result<Vec<Call>, Trouble> {
    let text = String::from_utf8_lossy(&fs::read(log)?).into_owned();
    let mut begun: HashMap<u32, String> = HashMap::new();
    let mut calls = Vec::new();
    for line in text.lines() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let (Ok(thread), rest) = (thread.parse(), rest.trim_start()) else { continue };
        if let Some(start) = rest.strip_suffix(" <unfinished ...>") {
            begun.insert(thread, start.to_owned());
            continue;
        }
        let whole = match rest.strip_prefix("<... ").and_then(|rest| rest.split_once("resumed>")) {
            Some((_, end)) => begun.remove(&thread).unwrap_or_default() + end,
            None => rest.to_owned(),
        };
        calls.extend(parse(thread, &whole));
    }
    Ok(calls)
}

fn parse(thread: u32, line: &str) -> Option<Call> {
    let (name, rest) = line.split_once('(')?;
    let (arguments, result) = rest.rsplit_once(" = ")?;
    let arguments = arguments.trim_end().strip_suffix(')')?;
    Some(Call { thread, name: name.to_owned(), arguments: arguments.to_owned(), result: result.to_owned() })
}

/// What a save does to the disk must come in its order, or a power cut loses what was
/// called saved: the new file flushed and read back before it takes the place of the
/// old one, and the folders flushed before anybody is told. Gives every breach and how
/// many files were published.
pub(crate) fn order_of_saves(calls: &[Call], vault: &Path) -> (Vec<String>, usize) {
    let temporary = vault.join(".tmp");
    let inside = |text: &str| Path::new(text).starts_with(&temporary);
    let mut files: HashMap<PathBuf, Written> = HashMap::new();
    let mut unflushed: Vec<PathBuf> = Vec::new();
    let (mut breaches, mut published) = (Vec::new(), 0);
    for call in calls.iter().filter(|call| call.succeeded()) {
        let descriptor = PathBuf::from(call.descriptor());
        match call.name.as_str() {
            "write" if call.descriptor().starts_with("pipe:") && !unflushed.is_empty() => {
                let said =
                    call.texts().first().is_some_and(|text| text.starts_with("note") || text.starts_with("adviser"));
                if said {
                    breaches.push(format!("called saved before {} was flushed", kind(&unflushed[0])));
                    unflushed.clear();
                }
            }
            "write" | "pwrite64" if inside(call.descriptor()) => {
                *files.entry(descriptor).or_default() = Written::default();
            }
            "fsync" | "fdatasync" => {
                unflushed.retain(|folder| *folder != descriptor);
                if let Some(file) = files.get_mut(&descriptor) {
                    file.flushed = true;
                }
            }
            "read" | "pread64" => {
                if let Some(file) = files.get_mut(&descriptor) {
                    file.read_back = file.flushed;
                }
            }
            "renameat2" | "rename" | "renameat" => {
                let [from, to] = call.texts()[..] else { continue };
                let folder = Path::new(to).parent().unwrap_or(vault).to_owned();
                if !folder.starts_with(vault) {
                    continue;
                }
                if let Some(file) = files.remove(Path::new(from)) {
                    published += 1;
                    if !file.flushed {
                        breaches.push("a file was put in place before it was flushed".to_owned());
                    }
                    if !file.read_back {
                        breaches.push("a file was put in place before it was read back".to_owned());
                    }
                }
                unflushed.push(folder);
            }
            _ => {}
        }
    }
    (breaches, published)
}

#[derive(Default)]
struct Written {
    flushed: bool,
    read_back: bool,
}

fn kind(folder: &Path) -> String {
    format!("the folder {}", folder.file_name().unwrap_or_default().to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAVE: &str = r#"7 openat(AT_FDCWD</w>, "/v/.tmp/a.age", O_WRONLY|O_CREAT|O_EXCL) = 5</v/.tmp/a.age>
7 write(5</v/.tmp/a.age>, "age-encryption", 14) = 14
7 fsync(5</v/.tmp/a.age>) = 0
7 read(5</v/.tmp/a.age>,  <unfinished ...>
8 read(9</etc/x>, "", 1) = 0
7 <... read resumed>"age-encryption", 14) = 14
7 renameat2(AT_FDCWD</w>, "/v/.tmp/a.age", AT_FDCWD</w>, "/v/cases/b.age", RENAME_EXCHANGE) = 0
7 rename("/v/.tmp/a.age", "/v/prev/b.age") = 0
7 fsync(5</v/cases>) = 0
7 fsync(5</v/prev>) = 0
7 write(1<pipe:[1]>, "note x y 1\n", 11) = 11
"#;

    fn breaches(log: &str) -> Vec<String> {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        fs::write(file.path(), log).expect("it can be written");
        let calls = read(file.path()).expect("it can be read");
        order_of_saves(&calls, Path::new("/v")).0
    }

    #[test]
    fn each_step_of_a_save_that_is_left_out_is_named() {
        assert!(breaches(SAVE).is_empty());
        let without =
            |line: &str| SAVE.lines().filter(|l| !l.contains(line)).fold(String::new(), |all, l| all + l + "\n");
        assert_eq!(breaches(&without("fsync(5</v/.tmp")).len(), 2, "neither flushed nor read back after a flush");
        assert_eq!(breaches(&without("read")), ["a file was put in place before it was read back"]);
        assert_eq!(breaches(&without("fsync(5</v/cases>")), ["called saved before the folder cases was flushed"]);
        assert_eq!(breaches(&without("fsync(5</v/prev>")), ["called saved before the folder prev was flushed"]);
    }
}
