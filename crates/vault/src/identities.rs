//! The three sealed copies of the identity: opening one, proving the others, and making
//! one again that does not open.

use crate::finding::{Finding, OpenError};
use crate::header::{self, HEAD_BYTES};
use crate::kept::Kept;
use crate::keys::Keys;
use crate::object::Object;
use crate::pins::Pins;
use crate::publish::{Displaced, Folder};
use crate::register::Mark;
use crate::restore::is_destroyed;
use crate::seal::{self, NONCE_BYTES};
use crate::secret::Passphrase;
use crate::store::{Proof, Store, keys_mark, opens_as};
use secrecy::SecretString;
use std::io;
use std::path::Path;

/// Opens the identity with the passphrase, from the first sealed copy that opens and
/// that `belongs` accepts. Two vaults may have one passphrase, so a copy that opens may
/// still have come from the other one.
pub(crate) fn keys_by_passphrase(
    folder: &Folder,
    passphrase: &SecretString,
    belongs: impl Fn(&Keys) -> Result<(), Finding>,
) -> Result<(Keys, Object), OpenError> {
    let mut wrong = false;
    let mut findings = Vec::new();
    let mut undecided = None;
    let mut foreign = None;
    for object in [Object::Identity, Object::IdentityCopy] {
        match read_keys(folder, object, passphrase) {
            Ok(Some(keys)) => match belongs(&keys) {
                Ok(()) => return Ok((keys, object)),
                Err(finding @ Finding::Foreign(_)) => foreign = Some(finding),
                Err(_) => undecided = undecided.or(Some((keys, object))),
            },
            Ok(None) => wrong = true,
            Err(finding) => findings.push(finding),
        }
    }
    // What is wrong with the practice is told by reading it whole.
    if let Some(opened) = undecided {
        return Ok(opened);
    }
    if let Some(foreign) = foreign {
        return Err(OpenError::File(foreign));
    }
    let newer = findings.iter().copied().find(|finding| matches!(finding, Finding::NewerFormat { .. }));
    let missing = findings.iter().all(|finding| matches!(finding, Finding::Missing(_)));
    Err(match (newer, wrong, findings.first()) {
        (Some(newer), ..) => OpenError::File(newer),
        (None, true, _) => OpenError::WrongPassphrase,
        (None, false, Some(first)) if !missing => OpenError::File(*first),
        (None, false, _) => OpenError::NotAVault,
    })
}

/// Whether the practice is sealed for this identity, from one small read; of a practice
/// that is destroyed, whether an earlier version was.
pub(crate) fn practice_belongs(folder: &Folder, keys: &Keys) -> Result<(), Finding> {
    let object = Object::Practice;
    let judge = |path: &Path| {
        let head = folder.fs.read_head(path, HEAD_BYTES + NONCE_BYTES);
        seal::belongs(&head.map_err(|error| Finding::unreadable(object, &error))?.bytes, keys, object)
    };
    judge(&folder.path(object)).or_else(|found| {
        let earlier = || Kept::list(folder).of(object).iter().any(|path| judge(path).is_ok());
        if is_destroyed(found) && earlier() { Ok(()) } else { Err(found) }
    })
}

/// Opens one sealed identity file; `None` when the secret is not the right one.
pub(crate) fn read_keys(folder: &Folder, object: Object, secret: &SecretString) -> Result<Option<Keys>, Finding> {
    let sealed =
        folder.fs.read(&folder.path(object), object.size_cap()).map_err(|error| Finding::unreadable(object, &error))?;
    seal::open_keys(&sealed, secret, object)
}

/// Keys as they count on this computer: former ones that were renewed here open nothing
/// any more, also when somebody put back an identity file from before the end. Says whether
/// that was so.
pub(crate) fn without_retired(keys: Keys, pins: &Pins) -> (Keys, bool) {
    match keys.former_name() {
        Some(former) if pins.are_retired(&former) => (keys.without_former(), true),
        _ => (keys, false),
    }
}

/// Proves the sealed copy that was not used. A copy that was proved on this computer
/// before is known by its bytes; any other is opened once, and made again when it does
/// not open, because a vault with one copy of its identity is one accident from lost.
pub(crate) fn prove_copies(
    store: &Store,
    pins: &mut Pins,
    opened_from: Option<Object>,
    passphrase: &Passphrase,
    findings: &mut Vec<Finding>,
) {
    for object in [Object::Identity, Object::IdentityCopy, Object::Recovery] {
        let read = store.folder.fs.read(&store.folder.path(object), object.size_cap());
        let mark = read.as_ref().ok().map(|sealed| keys_mark(sealed));
        let proved_before = mark.is_some_and(|mark| pins.get(object).is_some_and(|pin| pin.header == mark.header));
        if proved_before {
            continue;
        }
        if object == Object::Recovery {
            findings.extend(judge_recovery(read, pins, &store.keys));
            continue;
        }
        let opens = Some(object) == opened_from
            || read.is_ok_and(|sealed| opens_as(&sealed, &passphrase.0, &store.keys, object));
        let proved = if opens { mark } else { repair(store, object, passphrase, findings) };
        if let Some(mark) = proved {
            pins.see(object, mark);
        }
    }
}

fn repair(store: &Store, object: Object, passphrase: &Passphrase, findings: &mut Vec<Finding>) -> Option<Mark> {
    let repaired = store.save_keys(object, &passphrase.0, Proof::Opening, Displaced::Previous);
    findings.push(if repaired.is_ok() { Finding::Repaired(object) } else { Finding::Damaged(object) });
    repaired.ok()
}

/// Only the code on paper can prove `recovery.age`; without it a look must do.
fn judge_recovery(read: io::Result<Vec<u8>>, pins: &mut Pins, keys: &Keys) -> Option<Finding> {
    let object = Object::Recovery;
    match read {
        // It was proved before it was written down there.
        Ok(sealed) if keys.last().is_some_and(|last| last.of(object) == Some(&sealed)) => {
            pins.see(object, keys_mark(&sealed));
            None
        }
        Err(error) => Some(Finding::unreadable(object, &error)),
        Ok(sealed) => match header::scan(&sealed, object) {
            Err(finding) => Some(finding),
            Ok(_) if pins.get(object).is_some() => Some(Finding::Unproven(object)),
            Ok(_) => {
                pins.see(object, keys_mark(&sealed));
                None
            }
        },
    }
}
