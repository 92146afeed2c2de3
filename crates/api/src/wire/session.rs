//! Vaults, passphrases, settings.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use ts_rs::TS;
use uuid::Uuid;

/// What the window has to show: the wizard, the lock screen or the work.
#[derive(Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// No vault is known on this computer.
    NoVault,
    /// A vault is known and locked.
    Locked,
    /// The vault is open.
    Open,
}

/// The state of the app, free of case content.
#[derive(Serialize, TS)]
pub struct AppState {
    /// Where the app stands.
    pub stage: Stage,
    /// Last part of the vault folder's name.
    pub vault_name: String,
    /// The settings of this computer.
    pub settings: Settings,
    /// Moment of the last durable write known on this computer, RFC 3339.
    pub saved_at: Option<String>,
    /// The path of the vault when nothing is there now, as when a stick is not connected.
    pub missing_folder: Option<String>,
    /// What was noticed at unlock; empty when locked.
    pub findings: Vec<FindingView>,
    /// Whether the keys are being changed, so that `continue_keys` has something to do.
    pub changing_keys: bool,
    /// Today, as the clock of this computer has it.
    pub today: String,
    /// Version of the program.
    pub version: String,
}

/// Settings of this computer, readable before unlocking.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// `nl` or `en`.
    pub language: String,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// Text size in percent: 90, 100, 115, 130 or 150.
    pub text_size: u32,
    /// Minutes without work after which Luwte locks, 1-60.
    pub lock_minutes: u32,
    /// Lock before the computer sleeps.
    pub lock_on_sleep: bool,
    /// Lock when the screen is locked or another user is shown.
    pub lock_on_screen_lock: bool,
}

/// Something found in the vault folder, in codes and neutral ids.
#[derive(Serialize, TS)]
pub struct FindingView {
    /// Stable code, for example `damaged`; the sentence stands in `assets/messages`.
    pub code: String,
    /// The file, relative to the vault folder.
    pub file: String,
    /// The number of the case, when it is one and known.
    pub number: Option<String>,
    /// The case, when it is one.
    pub case: Option<Uuid>,
    /// Whether `restore_previous` can put it right; found out by a check only.
    pub restorable: bool,
}

/// What to put back from the kept versions.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RestorePrevious {
    /// The case; `null` for the practice.
    pub case: Option<Uuid>,
}

/// A proposed passphrase.
#[derive(Serialize, TS)]
pub struct Suggestion {
    /// Six Dutch words.
    pub words: Vec<String>,
}

/// A passphrase to be judged.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RatePassphrase {
    /// As typed.
    pub passphrase: String,
}

/// How strong a passphrase is.
#[derive(Serialize, TS)]
pub struct Rating {
    /// `too_short`, `weak`, `fair` or `strong`; the first two are refused.
    pub strength: String,
    /// `length`, `keyboard`, `repeat`, `sequence`, `date`, `common` or `guessable` for what
    /// is refused.
    pub reason: Option<String>,
    /// Whether letters outside ASCII are used, which are hard to type elsewhere.
    pub not_ascii: bool,
}

/// A new vault in a folder that the person picked.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CreateVault {
    /// An empty or new folder.
    #[ts(skip)]
    pub path: PathBuf,
    /// The passphrase.
    pub passphrase: String,
}

/// An existing vault to work with.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UseVault {
    /// The vault folder.
    #[ts(skip)]
    pub path: PathBuf,
}

/// The recovery code, shown once.
#[derive(Serialize, TS)]
pub struct RecoveryGroups {
    /// Eight groups of six digits.
    pub groups: Vec<String>,
}

/// The recovery sheet as pages.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PreviewSheet {
    /// Whether the digits stand on it as a QR code as well.
    pub square: bool,
}

/// The recovery sheet as a PDF.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveSheet {
    /// Where the PDF goes.
    #[ts(skip)]
    pub path: PathBuf,
    /// Whether the digits stand on it as a QR code as well.
    pub square: bool,
}

/// All groups of the recovery sheet, to prove that it opens the vault.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProveRecovery {
    /// The eight groups as typed.
    pub groups: Vec<String>,
}

/// What the typed sheet is worth.
#[derive(Serialize, TS)]
pub struct SheetProof {
    /// Numbers of the groups with a typing error, from 1.
    pub wrong: Vec<u8>,
    /// Whether it opens the vault; if no group is wrong and it does not, it is an older sheet.
    pub opens: bool,
}

/// What keeping the vault safe asks of her, one thing at a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Upkeep {
    /// The recovery sheet was never proved.
    SheetUnproved,
    /// The recovery sheet was proved when it was made, two weeks ago, and not since.
    SheetNew,
    /// The last proof of the recovery sheet is a year old.
    SheetOld,
}

/// Groups copied from the recovery sheet, to prove that it exists.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ConfirmRecovery {
    /// Which group, from 1.
    pub places: Vec<u32>,
    /// The digits typed, in the same order.
    pub groups: Vec<String>,
}

/// The groups that were not right.
#[derive(Serialize, TS)]
pub struct WrongGroups {
    /// Numbers of the groups, from 1; empty when all were right.
    pub wrong: Vec<u32>,
}

/// Unlock with the passphrase.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Unlock {
    /// The passphrase.
    pub passphrase: String,
}

/// Unlock with the recovery sheet and set a new passphrase.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Recover {
    /// The 48 digits, with or without separators.
    pub code: String,
    /// The new passphrase.
    pub passphrase: String,
}

/// A new passphrase for the same vault.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChangePassphrase {
    /// The present one.
    pub old: String,
    /// The next one.
    pub new: String,
}

/// Other keys, a new passphrase and the sheet that was prepared for them.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChangeKeys {
    /// The present passphrase.
    pub old: String,
    /// The next one.
    pub new: String,
    /// Which groups of the new sheet were typed over, from 1.
    pub places: Vec<u32>,
    /// Their digits, in the same order.
    pub groups: Vec<String>,
}

/// Some more files to be sealed with the new keys.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ContinueKeys {
    /// Whether the former keys go although files are kept back, or another computer may
    /// hold some.
    pub let_go: bool,
}

/// How far a change of keys is.
#[derive(Serialize, TS)]
pub struct KeysStep {
    /// Files that were sealed anew since unlocking.
    pub done: u32,
    /// Files that follow, as far as is known.
    pub left: u32,
    /// Files that only the former keys open, and why.
    pub kept_back: Vec<FindingView>,
    /// Another computer wrote in this vault too.
    pub other_computers: bool,
    /// Nothing more can be done before one of these changes, or she lets go.
    pub waiting: bool,
    /// The former keys open nothing any more.
    pub finished: bool,
}

/// What a check of every file found.
#[derive(Serialize, TS)]
pub struct CheckResult {
    /// Files that opened and were what they should be.
    pub good: u32,
    /// Everything else.
    pub findings: Vec<FindingView>,
}
