//! The rules of this house that no compiler knows.
//!
//! Each check reads text files and reports lines; it never changes anything.

mod documents;
mod source;
mod words;

use crate::step::{Failure, root, say};
use std::fs;
use std::path::Path;

/// One text file of the project.
pub(crate) struct File {
    /// Path from the top folder, with `/`.
    pub(crate) path: String,
    /// What is in it.
    pub(crate) text: String,
}

impl File {
    /// Whether the name ends in one of these extensions.
    fn is(&self, extensions: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
    }
}

/// What the checks found.
#[derive(Default)]
pub(crate) struct Findings {
    /// These fail the check.
    wrong: Vec<String>,
    /// These are only said.
    noted: Vec<String>,
}

impl Findings {
    fn wrong(&mut self, place: &str, sentence: &str) {
        self.wrong.push(format!("{place}: {sentence}"));
    }

    fn note(&mut self, place: &str, sentence: &str) {
        self.noted.push(format!("{place}: {sentence}"));
    }
}

/// Folders that hold nothing written by hand.
const SKIPPED: &[&str] = &[".git", "target", "node_modules", "dist", "gen"];
/// What counts as text.
const TEXT: &[&str] = &[
    "rs", "toml", "md", "json", "ts", "svelte", "html", "css", "typ", "sql", "txt", "csv", "js", "yml", "yaml", "sh",
    "lock",
];

/// Runs every check.
pub(crate) fn run() -> Result<(), Failure> {
    say("\u{2192} Rules of the house");
    let mut files = Vec::new();
    collect(&root(), "", &mut files).map_err(|e| Failure::wrong(format!("Cannot read the project: {e}.")))?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut findings = Findings::default();
    documents::check(&files, &mut findings);
    source::check(&files, &mut findings);
    words::check(&files, &mut findings);
    for line in &findings.noted {
        say(&format!("  note  {line}"));
    }
    for line in &findings.wrong {
        say(&format!("  wrong {line}"));
    }
    match findings.wrong.len() {
        0 => Ok(()),
        1 => Err(Failure::wrong("One rule of the house is broken; see above.")),
        many => Err(Failure::wrong(format!("{many} rules of the house are broken; see above."))),
    }
}

fn collect(folder: &Path, path: &str, files: &mut Vec<File>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
        let kind = entry.file_type()?;
        if kind.is_dir() {
            if !SKIPPED.contains(&name.as_str()) {
                collect(&entry.path(), &path, files)?;
            }
        } else if kind.is_file() {
            let is_text = name.rsplit_once('.').is_none_or(|(_, extension)| TEXT.contains(&extension));
            if let (true, Ok(text)) = (is_text, fs::read_to_string(entry.path())) {
                files.push(File { path, text });
            }
        }
    }
    Ok(())
}
