//! Frozen vaults: one for every format that was released, in `tests/fixtures/vaults`. They
//! are never changed; whoever reads them works on a copy.
//!
//! Each folder holds `vault`, as the program of that day left it; `README.md` with its
//! secrets; `content.txt`, what it was then; and `SHA256SUMS` of the other files.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::{all_files, copy_folder, fixture};

/// The list of sums in the folder of a frozen vault.
pub const SUMS: &str = "SHA256SUMS";

/// A frozen vault.
pub struct Frozen {
    /// Its folder.
    pub folder: PathBuf,
    /// What opens it.
    pub passphrase: String,
    /// The code on its recovery sheet.
    pub code: String,
    /// What was in it on the day that it was frozen.
    pub content: String,
}

impl Frozen {
    /// Every frozen vault.
    ///
    /// # Panics
    /// When the fixtures are not there.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let folders = fs::read_dir(fixture("vaults")).expect("the frozen vaults are in the repository");
        let mut folders: Vec<PathBuf> = folders.map(|entry| entry.expect("an entry").path()).collect();
        folders.sort();
        folders.into_iter().map(|folder| Self::read(&folder)).collect()
    }

    fn read(folder: &Path) -> Self {
        let text = |name: &str| fs::read_to_string(folder.join(name)).expect("a frozen vault has this file");
        let about = text("README.md");
        let secret = |start: &str| {
            let line = about.lines().find_map(|line| line.strip_prefix(start)).expect("it names its secrets");
            line.trim().trim_matches('`').to_owned()
        };
        let (passphrase, code) = (secret("Passphrase:"), secret("Recovery code:"));
        Self { folder: folder.to_owned(), passphrase, code, content: text("content.txt") }
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> String {
        self.folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Copies the vault to a folder beside which tests may write.
    #[must_use]
    pub fn copy(&self, place: &Path) -> PathBuf {
        let vault = place.join("vault");
        copy_folder(&self.folder.join("vault"), &vault);
        vault
    }
}

/// The sums of everything below a folder but the list itself, as `sha256sum` writes them.
///
/// # Panics
/// When a file cannot be read.
#[must_use]
pub fn sums(folder: &Path) -> String {
    let mut files = all_files(folder);
    files.sort();
    let mut sums = String::new();
    for (path, bytes) in files {
        let path = path.strip_prefix(folder).expect("it is below").to_string_lossy().replace('\\', "/");
        if path != SUMS {
            writeln!(sums, "{:x}  {path}", Sha256::digest(&bytes)).expect("writing to a string cannot fail");
        }
    }
    sums
}
