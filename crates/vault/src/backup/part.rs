//! What belongs in a back-up: everything that is needed to decrypt, and nothing else.

use crate::fs::VaultFs;
use crate::header::HEAD_BYTES;
use crate::object::Object;
use crate::{create::README_NAME, header};
use sha2::{Digest, Sha256};
use std::io;
use std::path::{Path, PathBuf};
use uuid::Uuid;

const README_CAP: u64 = 1024 * 1024;

/// One file of a back-up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Part {
    /// `LEESMIJ.txt`.
    Readme,
    /// The identity, the practice, a case, an attachment or a quick note.
    File(Object),
}

/// The files that have a name of their own.
const FIXED: [Part; 5] = [
    Part::Readme,
    Part::File(Object::Identity),
    Part::File(Object::IdentityCopy),
    Part::File(Object::Recovery),
    Part::File(Object::Practice),
];

/// The folders whose files are called after an id.
pub(crate) const FOLDERS: [&str; 3] = ["cases", "attachments", "inbox"];

fn part_in(folder: &str, id: Uuid) -> Option<Part> {
    Some(match folder {
        "cases" => Part::File(Object::Case(id)),
        "attachments" => Part::File(Object::Attachment(id)),
        "inbox" => Part::File(Object::QuickNote(id)),
        _ => return None,
    })
}

impl Part {
    /// Its name in the back-up, which is its path in the vault.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Readme => README_NAME.to_owned(),
            // With this stroke on every system.
            Self::File(object) if object.parent().is_empty() => object.file_name(),
            Self::File(object) => format!("{}/{}", object.parent(), object.file_name()),
        }
    }

    /// Reads [`Part::name`]; any other name is not ours.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        if let Some(fixed) = FIXED.into_iter().find(|part| part.name() == name) {
            return Some(fixed);
        }
        let (folder, file) = name.split_once('/')?;
        part_in(folder, Object::id_from_name(file)?)
    }

    /// When it is copied. What is copied later may be newer, and that must be a legal
    /// vault, so that saving can go on meanwhile: a case may be newer than the practice
    /// and a note may be both in the inbox and sorted into a case, never in neither; the
    /// attachments of a case are there before it names them.
    fn turn(self) -> u8 {
        match self {
            Self::Readme => 0,
            Self::File(Object::QuickNote(_)) => 2,
            Self::File(Object::Case(_)) => 3,
            Self::File(Object::Attachment(_)) => 4,
            Self::File(_) => 1,
        }
    }

    /// Where it stands in a vault.
    pub(crate) fn path(self, root: &Path) -> PathBuf {
        // Every part of the name is one of ours, so joining them cannot leave the folder.
        self.name().split('/').fold(root.to_owned(), |path, step| path.join(step))
    }

    /// The largest size that is copied at all.
    pub(crate) fn size_cap(self) -> u64 {
        match self {
            Self::Readme => README_CAP,
            Self::File(object) => object.size_cap(),
        }
    }

    /// What tells one version of this file from another, from its beginning; `None` when
    /// it does not begin as it should.
    pub(crate) fn version(self, head: &[u8]) -> Option<String> {
        match self {
            Self::Readme => Some(header::hex(&Sha256::digest(head))),
            Self::File(object) => header::scan(head, object).ok().map(header::HeaderId::hex),
        }
    }
}

/// The parts of the vault in this folder, in their order.
pub(crate) fn parts(fs: &dyn VaultFs, root: &Path) -> io::Result<Vec<Part>> {
    let mut parts = Vec::new();
    let listed = fs.list(root)?;
    parts.extend(FIXED.into_iter().filter(|part| listed.iter().any(|entry| entry.name == part.name())));
    for folder in FOLDERS {
        match fs.list(&root.join(folder)) {
            Ok(listed) => {
                let ids = listed.iter().filter_map(|entry| Object::id_from_name(&entry.name));
                parts.extend(ids.filter_map(|id| part_in(folder, id)));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    parts.sort_unstable_by_key(|part| (part.turn(), *part));
    Ok(parts)
}

/// A line of the fingerprint of a vault.
pub(crate) fn line(part: Part, size: u64, version: Option<&str>) -> String {
    format!("{} {size} {}\n", part.name(), version.unwrap_or("-"))
}

/// The fingerprint of a vault: names, sizes and header ids. It changes with every save
/// and costs one small read a file.
pub(crate) fn fingerprint(fs: &dyn VaultFs, root: &Path) -> io::Result<String> {
    let mut digest = Sha256::new();
    for part in parts(fs, root)? {
        let head = fs.read_head(&part.path(root), HEAD_BYTES)?;
        digest.update(line(part, head.len, part.version(&head.bytes).as_deref()));
    }
    Ok(header::hex(&digest.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back_and_no_other_name_is_ours() {
        let id = Uuid::new_v4();
        let all = FIXED.into_iter().chain(FOLDERS.iter().filter_map(|folder| part_in(folder, id)));
        assert_eq!(all.clone().count(), FIXED.len() + FOLDERS.len());
        for part in all {
            assert_eq!(Part::parse(&part.name()), Some(part));
        }
        for foreign in [
            "../vault.age",
            "/vault.age",
            "VAULT.AGE",
            "register.age",
            "prev/vault.age",
            "cases/../vault.age",
            "cases/x.age",
            "cases\\x.age",
            "cases/",
            "",
            "C:vault.age",
            &format!("cases/{}.age", id.to_string().to_uppercase()),
            &format!("cases/{id}.age/"),
            &format!("cases/./{id}.age"),
        ] {
            assert_eq!(Part::parse(foreign), None, "{foreign}");
        }
    }
}
