//! Back-ups: where, when, what is in them, and putting one back.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use ts_rs::TS;

/// Where and when back-ups of this vault are made on this computer.
#[derive(Serialize, TS)]
pub struct BackupState {
    /// The folder, as the system writes it; `null` when none was chosen.
    pub folder: Option<String>,
    /// Whether that folder looks like one that a program copies to a cloud.
    pub cloud: bool,
    /// `close`, `daily` or `hand`.
    pub rhythm: String,
    /// How many are kept.
    pub keep: u32,
    /// Whether one is due and the folder is not there.
    pub waiting: bool,
    /// The last one.
    pub last: Option<LastBackupView>,
    /// The day of the last rehearsal.
    pub rehearsed: Option<String>,
}

/// The last back-up.
#[derive(Serialize, TS)]
pub struct LastBackupView {
    /// When, RFC 3339.
    pub at: String,
    /// Its name.
    pub file: String,
    /// Its length in bytes; a number that a window can hold.
    pub size: f64,
    /// How many cases are in it.
    pub cases: u32,
}

/// A folder for back-ups, which the person picked.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BackupFolder {
    /// The folder.
    #[ts(skip)]
    pub path: PathBuf,
}

/// When back-ups are made.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BackupRhythm {
    /// `close`, `daily` or `hand`.
    pub rhythm: String,
    /// How many are kept, 1-100.
    pub keep: u32,
}

/// A back-up file, which the person picked or named.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BackupPath {
    /// The file.
    #[ts(skip)]
    pub path: PathBuf,
}

/// A back-up that was picked, before a secret was typed.
#[derive(Serialize, TS)]
pub struct ChosenBackup {
    /// Its name.
    pub file: String,
    /// Its length in bytes.
    pub size: f64,
    /// How many cases it holds.
    pub cases: u32,
}

/// What opens a back-up: one of the two.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BackupSecret {
    /// The passphrase.
    pub passphrase: Option<String>,
    /// The 48 digits of the recovery sheet.
    pub code: Option<String>,
}

/// What is in a back-up.
#[derive(Serialize, TS)]
pub struct BackupContents {
    /// Its name.
    pub file: String,
    /// Its length in bytes.
    pub size: f64,
    /// Cases that open, or that are in it when nothing was opened.
    pub cases: u32,
    /// Attachments that open.
    pub attachments: u32,
    /// The day of the last change in it.
    pub last_change: Option<String>,
    /// Whether everything was opened, or only every byte compared.
    pub opened: bool,
    /// Files that do not open or are missing.
    pub bad: Vec<String>,
}

/// Where a back-up is put back.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RestoreBackup {
    /// The folder.
    #[ts(skip)]
    pub path: PathBuf,
    /// Whether a folder of its own is made in it when there is something in it already.
    pub beside: bool,
}

/// What *Vandaag* says of back-ups.
#[derive(Serialize, TS)]
pub struct BackupCard {
    /// `none`, `failed`, `damaged`, `waiting`, `old` or `rehearse`.
    pub kind: String,
    /// Days since the last back-up.
    pub days: u32,
}
