//! What a file of the vault is: the things that have a name, a kind and an id.

use std::path::{Path, PathBuf};
use uuid::Uuid;

/// One file of the vault.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Object {
    /// `vault.age`: the identity file, sealed with the passphrase.
    Identity,
    /// `vault.bak.age`: the same, sealed a second time.
    IdentityCopy,
    /// `recovery.age`: the same, sealed with the recovery code.
    Recovery,
    /// `practice.age`.
    Practice,
    /// `register.age`, which can always be made again.
    Register,
    /// `cases/<id>.age`.
    Case(Uuid),
    /// `attachments/<id>.age`: the bytes of an attachment, as they are.
    Attachment(Uuid),
    /// `inbox/<id>.age`: a note that was written while the vault was locked.
    QuickNote(Uuid),
}

/// Files larger than this are not what they say they are.
const IDENTITY_CAP: u64 = 64 * 1024;
const DATABASE_CAP: u64 = 256 * 1024 * 1024;
const ATTACHMENT_CAP: u64 = 2 * 1024 * 1024 * 1024;
const QUICK_NOTE_CAP: u64 = 256 * 1024;

impl Object {
    /// Where the file stands in the vault folder.
    #[must_use]
    pub fn path(self) -> PathBuf {
        match self {
            Self::Identity => "vault.age".into(),
            Self::IdentityCopy => "vault.bak.age".into(),
            Self::Recovery => "recovery.age".into(),
            Self::Practice => "practice.age".into(),
            Self::Register => "register.age".into(),
            Self::Case(_) | Self::Attachment(_) | Self::QuickNote(_) => Path::new(self.parent()).join(self.file_name()),
        }
    }

    /// The folder the file stands in, relative to the vault.
    pub(crate) fn parent(self) -> &'static str {
        match self {
            Self::Case(_) => "cases",
            Self::Attachment(_) => "attachments",
            Self::QuickNote(_) => "inbox",
            _ => "",
        }
    }

    /// The file's own name.
    pub(crate) fn file_name(self) -> String {
        match self {
            Self::Case(id) | Self::Attachment(id) | Self::QuickNote(id) => format!("{id}.age"),
            other => other.path().to_string_lossy().into_owned(),
        }
    }

    /// The word for the kind, as it stands in `meta.kind` and in a pin.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::IdentityCopy => "identity-copy",
            Self::Recovery => "recovery",
            Self::Practice => "practice",
            Self::Register => "register",
            Self::Case(_) => "case",
            Self::Attachment(_) => "attachment",
            Self::QuickNote(_) => "quick-note",
        }
    }

    /// The id in `meta.object_id`: a case has its own, every other database the vault's.
    pub(crate) fn id(self, vault_id: Uuid) -> Uuid {
        if let Self::Case(id) | Self::Attachment(id) | Self::QuickNote(id) = self { id } else { vault_id }
    }

    /// Reads back what [`Object::kind`] and [`Object::id`] wrote of what has versions.
    pub(crate) fn from_kind(kind: &str, id: Uuid) -> Option<Self> {
        Some(match kind {
            "identity" => Self::Identity,
            "identity-copy" => Self::IdentityCopy,
            "recovery" => Self::Recovery,
            "practice" => Self::Practice,
            "register" => Self::Register,
            "case" => Self::Case(id),
            _ => return None,
        })
    }

    /// The largest size that is read at all.
    pub(crate) fn size_cap(self) -> u64 {
        match self {
            Self::Identity | Self::IdentityCopy | Self::Recovery => IDENTITY_CAP,
            Self::Practice | Self::Register | Self::Case(_) => DATABASE_CAP,
            Self::Attachment(_) => ATTACHMENT_CAP,
            Self::QuickNote(_) => QUICK_NOTE_CAP,
        }
    }

    /// The id in the name of a file that is called after one: a lower-case hyphenated id
    /// and `.age`.
    pub(crate) fn id_from_name(name: &str) -> Option<Uuid> {
        let id: Uuid = name.strip_suffix(".age")?.parse().ok()?;
        (format!("{id}.age") == name).then_some(id)
    }

    /// The id of what a sync program keeps the place of with a file of this name.
    pub(crate) fn id_from_stub(name: &str) -> Option<Uuid> {
        let named = name.strip_prefix('.').and_then(|name| name.strip_suffix(".icloud"));
        let named = named.or_else(|| name.strip_suffix(".nextcloud")).or_else(|| name.strip_suffix(".owncloud"));
        Self::id_from_name(named?)
    }
}
