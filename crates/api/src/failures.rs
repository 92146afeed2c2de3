//! The one mapping from what the vault says to what the door says.

use crate::error::{ApiError, ErrorCode};
use crate::wire::session::FindingView;
use casebook::practice::Practice;
use vault::backup::{BackupError, ReadBackupError, RestoreError};
use vault::{CreateError, DiskTrouble, Finding, Object, OpenError, RecoveryCodeError, SaveError};

impl From<DiskTrouble> for ApiError {
    fn from(trouble: DiskTrouble) -> Self {
        Self::new(match trouble {
            DiskTrouble::Full => ErrorCode::DiskFull,
            DiskTrouble::NotDownloaded => ErrorCode::FileNotDownloaded,
            DiskTrouble::ReadOnly | DiskTrouble::Denied => ErrorCode::FolderReadOnly,
            _ => ErrorCode::DiskFailed,
        })
    }
}

impl From<Finding> for ApiError {
    fn from(finding: Finding) -> Self {
        let code = match finding {
            Finding::Missing(_) => ErrorCode::FileMissing,
            Finding::Foreign(_) | Finding::Forged(_) | Finding::Swapped { .. } => ErrorCode::FileForeign,
            Finding::Older(_) => ErrorCode::FileOlder,
            Finding::NewerFormat { .. } | Finding::UnknownCode(_) => ErrorCode::VaultTooNew,
            Finding::NotDownloaded(_) => ErrorCode::FileNotDownloaded,
            Finding::Unreadable { trouble, .. } => return Self::from(trouble),
            _ => ErrorCode::FileDamaged,
        };
        Self::new(code).with(file(finding.object()))
    }
}

impl From<CreateError> for ApiError {
    fn from(error: CreateError) -> Self {
        match error {
            CreateError::NotEmpty => Self::new(ErrorCode::FolderNotEmpty),
            CreateError::Disk(trouble) => trouble.into(),
            _ => Self::new(ErrorCode::DiskFailed),
        }
    }
}

impl From<OpenError> for ApiError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::NotAVault => Self::new(ErrorCode::NoVault),
            OpenError::WrongPassphrase => Self::field(ErrorCode::WrongPassphrase, "passphrase"),
            OpenError::WrongRecoveryCode => Self::field(ErrorCode::WrongRecoveryCode, "code"),
            OpenError::InUse => Self::new(ErrorCode::VaultInUse),
            OpenError::File(finding) => finding.into(),
            OpenError::Save(error) => error.into(),
            OpenError::Disk(trouble) => trouble.into(),
            _ => Self::internal("open"),
        }
    }
}

impl From<SaveError> for ApiError {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::ChangedElsewhere(_) => Self::new(ErrorCode::ChangedElsewhere),
            SaveError::File(finding) => finding.into(),
            SaveError::WrongPassphrase => Self::field(ErrorCode::WrongPassphrase, "old"),
            SaveError::Rotating => Self::new(ErrorCode::KeysChanging),
            SaveError::Disk(trouble) => trouble.into(),
            SaveError::Unproven(_) => Self::new(ErrorCode::DiskFailed),
            SaveError::FewerRevisions(_) => Self::internal("revisions"),
            _ => Self::internal("save"),
        }
    }
}

impl From<BackupError> for ApiError {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::NotAVault => Self::new(ErrorCode::NoVault),
            BackupError::InVault => Self::field(ErrorCode::PlaceNotAllowed, "path"),
            BackupError::NotConnected => Self::new(ErrorCode::BackupNotConnected),
            BackupError::Taken => Self::field(ErrorCode::FileExists, "path"),
            BackupError::Busy => Self::new(ErrorCode::BackupBusy),
            BackupError::Unreadable { file, .. } => Self::new(ErrorCode::InputUnreadable).with(file),
            BackupError::Changing => Self::new(ErrorCode::ChangedElsewhere),
            BackupError::Disk(trouble) => trouble.into(),
            _ => Self::new(ErrorCode::DiskFailed),
        }
    }
}

impl From<ReadBackupError> for ApiError {
    fn from(error: ReadBackupError) -> Self {
        match error {
            ReadBackupError::NotABackup => Self::new(ErrorCode::NotABackup),
            ReadBackupError::Damaged => Self::new(ErrorCode::BackupDamaged),
            ReadBackupError::WrongPassphrase => Self::field(ErrorCode::WrongPassphrase, "passphrase"),
            ReadBackupError::WrongRecoveryCode => Self::field(ErrorCode::WrongRecoveryCode, "code"),
            ReadBackupError::File(finding) => finding.into(),
            ReadBackupError::Disk(DiskTrouble::Gone | DiskTrouble::NotAFile) => Self::new(ErrorCode::InputUnreadable),
            ReadBackupError::Disk(trouble) => trouble.into(),
            _ => Self::internal("back-up"),
        }
    }
}

impl From<RestoreError> for ApiError {
    fn from(error: RestoreError) -> Self {
        match error {
            RestoreError::NotEmpty => Self::new(ErrorCode::FolderNotEmpty),
            RestoreError::InVault => Self::field(ErrorCode::PlaceNotAllowed, "path"),
            RestoreError::Backup(error) => error.into(),
            RestoreError::Disk(trouble) => trouble.into(),
            _ => Self::new(ErrorCode::DiskFailed),
        }
    }
}

impl From<RecoveryCodeError> for ApiError {
    fn from(error: RecoveryCodeError) -> Self {
        let groups: Vec<String> = error.groups.iter().map(u8::to_string).collect();
        Self::field(ErrorCode::RecoveryGroup, "code").with(groups.join(", "))
    }
}

fn file(object: Object) -> String {
    object.path().to_string_lossy().into_owned()
}

/// A finding as the door shows it: a code, a file, and the case's number when known.
pub(crate) fn finding_view(finding: Finding, practice: &Practice) -> FindingView {
    let object = finding.object();
    let listing = match object {
        Object::Case(id) => practice.cases.get(id),
        _ => None,
    };
    FindingView {
        code: finding_code(finding).to_owned(),
        file: file(object),
        number: listing.map(|revision| revision.body.number.to_string()),
        case: if let Object::Case(id) = object { Some(id) } else { None },
        restorable: false,
    }
}

/// Stable codes; their sentences stand in `assets/messages/findings.json`.
fn finding_code(finding: Finding) -> &'static str {
    use Finding::{Damaged, Missing, Refused, Truncated};
    if let Missing(object) | Damaged(object) | Truncated(object) | Refused(object) = finding {
        match object {
            Object::Identity | Object::IdentityCopy => return "key-file",
            Object::Recovery => return "sheet-file",
            Object::Register => return "register",
            Object::Practice if matches!(finding, Missing(_)) => return "practice-missing",
            _ => {}
        }
    }
    match finding {
        Finding::Missing(Object::Attachment(_)) => "attachment-missing",
        Finding::Missing(_) => "missing",
        Finding::Foreign(_) | Finding::Swapped { .. } => "foreign",
        Finding::Forged(_) => "forged",
        Finding::Older(_) => "older",
        Finding::NewerFormat { .. } | Finding::UnknownCode(_) => "too-new",
        Finding::Unreadable { .. } => "unreadable",
        Finding::ConflictCopy(_) => "conflict-copy",
        Finding::NotDownloaded(_) => "not-downloaded",
        Finding::Merged(_) => "merged",
        Finding::Returned(_) => "returned",
        Finding::Restored(_) => "restored",
        Finding::Unsteady(_) => "unsteady",
        Finding::Adopted(_) => "unlisted",
        Finding::Repaired(_) => "repaired",
        Finding::Orphan(_) => "orphan",
        Finding::KeptDamaged(_) => "kept-damaged",
        Finding::Unproven(Object::Recovery) => "unproven",
        Finding::Unproven(_) => "key-changed",
        _ => "damaged",
    }
}
