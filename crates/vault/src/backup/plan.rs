//! Where back-ups of a vault go and when: settings of this computer, kept outside the
//! vault, and readable while it is locked. Paths, counters and hashes; no word of a case.

use crate::backup::contents::Contents;
use crate::finding::DiskTrouble;
use chrono::{DateTime, NaiveDate, Utc};
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// How many back-ups are kept when she says nothing.
pub const USUAL_KEEP: u32 = 10;

/// When a back-up is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rhythm {
    /// At each close, when something changed.
    Close,
    /// Once a day, when something changed.
    Daily,
    /// Only when she asks.
    Hand,
}

impl Rhythm {
    /// Its word in a file and at the door.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Close => "close",
            Self::Daily => "daily",
            Self::Hand => "hand",
        }
    }

    /// Reads [`Rhythm::word`].
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Close, Self::Daily, Self::Hand].into_iter().find(|rhythm| rhythm.word() == word)
    }
}

/// The last back-up that was made and proved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LastBackup {
    /// When.
    pub at: DateTime<Utc>,
    /// The day on the owner's calendar.
    pub day: NaiveDate,
    /// Its name in the folder.
    pub name: String,
    /// Its length.
    pub size: u64,
    /// How many cases are in it.
    pub cases: usize,
    /// The fingerprint of what was copied.
    pub(crate) fingerprint: String,
}

/// Where and when back-ups of one vault are made on this computer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BackupPlan {
    /// The vault's id, which names its back-ups.
    pub vault_id: Uuid,
    /// The vault folder.
    pub vault: PathBuf,
    /// Where the back-ups go.
    pub folder: PathBuf,
    /// When.
    pub rhythm: Rhythm,
    /// How many are kept.
    pub keep: u32,
    /// The last one.
    pub last: Option<LastBackup>,
    /// Whether one should have been made and the folder was not there.
    pub waiting: bool,
    /// Whether the last attempt failed for another reason.
    pub failed: bool,
    /// The name of the newest one in which everything was opened and is good; it stays.
    pub proved: Option<String>,
    /// Whether something was bad in the newest one that was opened. Until one is good
    /// again none goes.
    pub damaged: bool,
}

impl BackupPlan {
    pub(crate) fn write(&self) -> Result<String, DiskTrouble> {
        let line = |path: &Path| {
            let text = path.to_str().filter(|text| !text.contains(['\n', '\r']));
            text.map(str::to_owned).ok_or(DiskTrouble::Other(io::ErrorKind::InvalidData))
        };
        let mut text = format!(
            "vault-id={}\nvault={}\nfolder={}\nrhythm={}\nkeep={}\nwaiting={}\nfailed={}\nproved={}\ndamaged={}\n",
            self.vault_id,
            line(&self.vault)?,
            line(&self.folder)?,
            self.rhythm.word(),
            self.keep,
            self.waiting,
            self.failed,
            self.proved.as_deref().unwrap_or_default(),
            self.damaged,
        );
        if let Some(LastBackup { at, day, name, size, cases, fingerprint }) = &self.last {
            let at = at.to_rfc3339();
            write!(text, "at={at}\nday={day}\nname={name}\nsize={size}\ncases={cases}\nfingerprint={fingerprint}\n")
                .expect("writing to a string cannot fail");
        }
        Ok(text)
    }

    pub(crate) fn read(text: &str) -> Option<Self> {
        let value = |key: &str| {
            let mut lines = text.lines().filter_map(|line| line.split_once('='));
            lines.find(|(name, _)| *name == key).map(|(_, value)| value)
        };
        let last = || {
            Some(LastBackup {
                at: DateTime::parse_from_rfc3339(value("at")?).ok()?.to_utc(),
                day: value("day")?.parse().ok()?,
                name: value("name")?.to_owned(),
                size: value("size")?.parse().ok()?,
                cases: value("cases")?.parse().ok()?,
                fingerprint: value("fingerprint")?.to_owned(),
            })
        };
        Some(Self {
            vault_id: value("vault-id")?.parse().ok()?,
            vault: value("vault")?.into(),
            folder: value("folder")?.into(),
            rhythm: Rhythm::parse(value("rhythm")?)?,
            keep: value("keep")?.parse().ok()?,
            waiting: value("waiting")? == "true",
            failed: value("failed") == Some("true"),
            proved: value("proved").filter(|name| !name.is_empty()).map(str::to_owned),
            damaged: value("damaged") == Some("true"),
            last: last(),
        })
    }

    /// Whether the last back-up waits for somebody with the keys to open it.
    #[must_use]
    pub fn unproved(&self) -> bool {
        self.last.as_ref().is_some_and(|last| self.proved.as_deref() != Some(last.name.as_str()))
    }

    /// What was found when everything in a back-up was opened.
    pub(crate) fn note_opened(&mut self, name: &str, contents: &Contents) {
        self.damaged = !contents.bad.is_empty();
        if !self.damaged {
            self.proved = Some(name.to_owned());
        }
    }

    /// The last back-up is not what was written any more: one is made as if it were not there.
    pub(crate) fn note_spoiled(&mut self) {
        self.damaged = true;
        if let Some(last) = &mut self.last {
            last.fingerprint.clear();
        }
    }

    /// Where the last back-up stands.
    #[must_use]
    pub fn last_file(&self) -> Option<PathBuf> {
        self.last.as_ref().map(|last| self.folder.join(&last.name))
    }
}
