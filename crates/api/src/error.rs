//! What can go wrong, as the door says it: a code, a place, never text of a case.

use serde::Serialize;
use ts_rs::TS;

/// What went wrong. The sentences in Dutch and English stand in
/// `assets/messages/errors.json`; a code exists only if a reader must be told
/// something different.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorCode {
    /// No vault is open.
    VaultLocked,
    /// The passphrase does not open the vault.
    WrongPassphrase,
    /// The recovery code does not open the vault.
    WrongRecoveryCode,
    /// Groups of the recovery code have a typing error; the detail names them.
    RecoveryGroup,
    /// The digits of the recovery sheet are shown once, and that was before.
    SheetGone,
    /// The keys of the vault are being changed; that has to be done first.
    KeysChanging,
    /// The folder holds no vault.
    NoVault,
    /// The folder is not empty.
    FolderNotEmpty,
    /// The vault is open in another window or program.
    VaultInUse,
    /// A file is damaged or cut short.
    FileDamaged,
    /// A file belongs to another vault.
    FileForeign,
    /// A file is older than what this computer saved last.
    FileOlder,
    /// A file is not there.
    FileMissing,
    /// A sync program has not brought a file to this computer yet.
    FileNotDownloaded,
    /// A file was made by a newer Luwte.
    VaultTooNew,
    /// A file was changed by somebody else since it was opened.
    ChangedElsewhere,
    /// The disk is full.
    DiskFull,
    /// The folder may not be written to.
    FolderReadOnly,
    /// The disk did not do what was asked.
    DiskFailed,
    /// The folder for a file that leaves the vault is not there.
    FolderMissing,
    /// A file that leaves the vault may not be put in this place.
    PlaceNotAllowed,
    /// The file the person picked cannot be read.
    InputUnreadable,
    /// The file is larger than an attachment may be.
    AttachmentTooLarge,
    /// The attachment is no picture that can be shown.
    PictureUnreadable,
    /// This computer does not know yet for whom to seal a quick note.
    InboxUnknown,
    /// The new passphrase is the one that somebody may know.
    PassphraseSame,
    /// The passphrase is too short or too easy to guess.
    PassphraseWeak,
    /// A field must be filled in.
    FieldRequired,
    /// A field holds something that cannot be there.
    FieldInvalid,
    /// There is no such organisation.
    OrganisationUnknown,
    /// There is no such case.
    CaseUnknown,
    /// The case is closed; it must be reopened first.
    CaseClosed,
    /// The organisation has no meldingen in that year.
    YearEmpty,
    /// The year was made final with other settings.
    YearFrozen,
    /// Two computers wrote a version each, and she did not choose yet.
    TwoVersions,
    /// The year cannot be made final yet.
    YearIncomplete,
    /// Rows of an import are broken; nothing was imported.
    ImportRefused,
    /// Names are left in the text.
    NamesLeft,
    /// The name check could not be done; nothing may be saved.
    NameCheckFailed,
    /// Consent is not noted and no reason was given.
    ReasonRequired,
    /// The preview was not confirmed.
    NotConfirmed,
    /// The file is not a back-up of a vault.
    NotABackup,
    /// Bytes of a back-up are not what was written.
    BackupDamaged,
    /// The folder for back-ups is not there, for example a stick.
    BackupNotConnected,
    /// No place for back-ups was chosen, or none was made yet.
    BackupNotSet,
    /// The vault has other keys than when the back-up was made.
    BackupOtherKeys,
    /// Another back-up of this vault is being made.
    BackupBusy,
    /// There is a file by that name already.
    FileExists,
    /// Something unexpected; nothing was changed.
    Internal,
}

impl ErrorCode {
    /// Every code, for the test that holds codes and sentences together.
    pub const ALL: &'static [Self] = &[
        Self::VaultLocked,
        Self::WrongPassphrase,
        Self::WrongRecoveryCode,
        Self::RecoveryGroup,
        Self::SheetGone,
        Self::KeysChanging,
        Self::NoVault,
        Self::FolderNotEmpty,
        Self::VaultInUse,
        Self::FileDamaged,
        Self::FileForeign,
        Self::FileOlder,
        Self::FileMissing,
        Self::FileNotDownloaded,
        Self::VaultTooNew,
        Self::ChangedElsewhere,
        Self::DiskFull,
        Self::FolderReadOnly,
        Self::DiskFailed,
        Self::FolderMissing,
        Self::PlaceNotAllowed,
        Self::InputUnreadable,
        Self::AttachmentTooLarge,
        Self::PictureUnreadable,
        Self::InboxUnknown,
        Self::PassphraseSame,
        Self::PassphraseWeak,
        Self::FieldRequired,
        Self::FieldInvalid,
        Self::OrganisationUnknown,
        Self::CaseUnknown,
        Self::CaseClosed,
        Self::YearEmpty,
        Self::YearFrozen,
        Self::TwoVersions,
        Self::YearIncomplete,
        Self::ImportRefused,
        Self::NamesLeft,
        Self::NameCheckFailed,
        Self::ReasonRequired,
        Self::NotConfirmed,
        Self::NotABackup,
        Self::BackupDamaged,
        Self::BackupNotConnected,
        Self::BackupNotSet,
        Self::BackupOtherKeys,
        Self::BackupBusy,
        Self::FileExists,
        Self::Internal,
    ];
}

/// An error as it leaves the door.
#[derive(Debug, Serialize, TS)]
pub struct ApiError {
    /// What went wrong.
    pub code: ErrorCode,
    /// The field it is about, if any.
    pub field: Option<String>,
    /// A file name, a number or a count that belongs in the sentence.
    pub detail: Option<String>,
    /// A longer explanation that replaces the sentence, for the command line.
    #[serde(skip)]
    pub explained: Option<String>,
}

impl ApiError {
    /// An error without a place.
    #[must_use]
    pub fn new(code: ErrorCode) -> Self {
        Self { code, field: None, detail: None, explained: None }
    }

    /// An error about one field.
    #[must_use]
    pub fn field(code: ErrorCode, field: &str) -> Self {
        Self { code, field: Some(field.to_owned()), detail: None, explained: None }
    }

    /// Adds a file name, a number or a count.
    #[must_use]
    pub fn with(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// A request that the window or the command line should never make.
    #[must_use]
    pub fn bad_request(place: &str) -> Self {
        Self::field(ErrorCode::FieldInvalid, place)
    }

    /// Something that should be impossible; `place` is a fixed word of the code.
    #[must_use]
    pub fn internal(place: &'static str) -> Self {
        Self::new(ErrorCode::Internal).with(place)
    }
}
