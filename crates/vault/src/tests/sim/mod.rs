//! A simulated disk, what a power cut may leave of it, and what must be true of that.

mod crash;
mod disk;
mod fault;
mod judge;
mod operations;
mod play;
pub(crate) mod scrypt;

pub(crate) use crash::Wet;
pub(crate) use disk::{Disk, Effect, Sabotage, SimFs};
pub(crate) use fault::{ERRORS, Error};
pub(crate) use judge::{Expected, Judge};
pub(crate) use play::{Play, Refused, Scenario, Step};

use super::merging::write_there;
use super::{Copy, now, original};
use crate::Object;
use crate::store::{Revisions, case_revisions, practice_revisions};
use casebook::CaseText;
use casebook::case::Case;
use casebook::practice::{Organisation, Practice};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use uuid::Uuid;

/// Where the vault stands on a simulated disk.
pub(crate) fn root() -> PathBuf {
    PathBuf::from("/disk/vault")
}

/// Where this computer's own state stands.
pub(crate) fn state() -> PathBuf {
    PathBuf::from("/disk/state")
}

/// Where back-ups go.
pub(crate) fn stick() -> PathBuf {
    PathBuf::from("/disk/stick")
}

/// The original vault on a simulated disk.
pub(crate) fn reference() -> Disk {
    let mut disk = Disk::default();
    disk.0.insert(PathBuf::from("/disk"), None);
    disk.0.insert(stick(), None);
    for (name, at) in [("vault", root()), ("state", state())] {
        disk.load(&original().folder.path().join(name), &at);
    }
    disk
}

/// A disk with nothing on it but this computer's own state.
pub(crate) fn empty() -> Disk {
    let mut disk = reference();
    disk.0.retain(|path, _| !path.starts_with(root()));
    disk
}

/// What another computer wrote in the original vault.
pub(crate) struct Theirs {
    pub(crate) case: Case,
    pub(crate) case_file: Vec<u8>,
    pub(crate) practice: Practice,
    pub(crate) practice_file: Vec<u8>,
}

impl Theirs {
    pub(crate) fn case_revisions(&self) -> (Object, Revisions) {
        (Object::Case(self.case.id), case_revisions(&self.case))
    }

    pub(crate) fn practice_revisions(&self) -> (Object, Revisions) {
        (Object::Practice, practice_revisions(&self.practice))
    }
}

/// A note and an organisation that were added elsewhere, made once.
pub(crate) fn theirs() -> &'static Theirs {
    static THEIRS: OnceLock<Theirs> = OnceLock::new();
    THEIRS.get_or_init(|| written("daar geschreven"))
}

fn written(words: &str) -> Theirs {
    let there = write_there(&Copy::new(), words);
    let mut vault = there.open();
    let case = vault.case(there.cases[0]).expect("the case opens");
    let mut practice = vault.practice().clone();
    practice.organisations.write(Uuid::new_v4(), Organisation::named(CaseText::from(words)), vault.stamp(now()));
    vault.save_practice(practice, now()).expect("there is room");
    let file = |path: &Path| std::fs::read(there.root().join(path)).expect("it was saved");
    Theirs {
        case_file: file(&Object::Case(case.id).path()),
        practice_file: file(&Object::Practice.path()),
        practice: vault.practice().clone(),
        case,
    }
}

/// The same on a third computer.
pub(crate) fn third() -> &'static Theirs {
    static THIRD: OnceLock<Theirs> = OnceLock::new();
    THIRD.get_or_init(|| written("op een derde computer geschreven"))
}

/// The original vault with copies of what a third computer wrote, which a sync program put
/// beside the files.
pub(crate) fn conflict() -> Disk {
    let (third, mut disk) = (third(), reference());
    let copies = [
        (format!("cases/{}.sync-conflict-20260102-030405-ABCDEFG.age", third.case.id), &third.case_file),
        ("practice (1).age".to_owned(), &third.practice_file),
    ];
    for (name, bytes) in copies {
        disk.0.insert(root().join(name), Some(disk::Content::new(bytes.clone())));
    }
    disk
}
