//! Opens and verifies every file of an open vault.

use crate::attachment_check::check_attachments;
use crate::complete::{expected_cases, missing_cases};
use crate::copies::recognise;
use crate::db::Care;
use crate::finding::Finding;
use crate::header;
use crate::inbox;
use crate::object::Object;
use crate::pins::Pins;
use crate::publish::TEMP;
use crate::store::{Store, keys_mark};
use crate::unlock::{Heads, read_heads};
use casebook::practice::Practice;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io;
use std::path::Path;
use uuid::Uuid;

/// What a check of the whole vault found.
#[derive(Debug)]
pub struct Check {
    /// How many files are as they should be.
    pub good: usize,
    /// What is wrong with the others.
    pub findings: Vec<Finding>,
    /// Which case each attachment belongs to.
    pub owners: HashMap<Uuid, Uuid>,
}

/// `noticed` is what this session's unlock found: a copy that it repaired is whole
/// again, and the owner must still learn that it was not.
pub(crate) fn check(store: &Store, pins: &Pins, practice: &Practice, noticed: &[Finding]) -> Check {
    let mut judged: Vec<Result<(), Finding>> = Vec::new();
    let mut owners = HashMap::new();
    for object in [Object::Identity, Object::IdentityCopy, Object::Recovery] {
        let repaired = Finding::Repaired(object);
        let was_bad = noticed.contains(&repaired);
        judged.push(check_keys(store, pins, object).and(if was_bad { Err(repaired) } else { Ok(()) }));
    }
    let practice_now = twice(store, Object::Practice, || store.load_practice().map(|(_, mark)| mark.generation));
    judged.push(check_age(pins, Object::Practice, practice_now));
    let register = twice(store, Object::Register, || store.load(Object::Register, Care::Full).map(drop));
    // Until the first lock there is none, and it can be made again at any time.
    if !matches!(register, Err(Finding::Missing(_))) {
        judged.push(register);
    }
    judged.extend(inbox::check(store, practice));
    match read_heads(&store.folder) {
        Ok(heads) => {
            let mut cases = Vec::with_capacity(heads.cases.len());
            for (id, head) in &heads.cases {
                let object = Object::Case(*id);
                let opened = head.and_then(|_| twice(store, object, || store.load_case(*id)));
                let generation = opened.map(|(case, mark)| {
                    cases.push((case.id, case.attachments));
                    mark.generation
                });
                judged.push(check_age(pins, object, generation));
            }
            let missing = missing_cases(&expected_cases(practice, pins), &heads);
            let complete = missing.is_empty() && cases.len() == heads.cases.len();
            let (attachments, of) = check_attachments(store, &cases, &heads, complete);
            judged.extend(attachments);
            owners = of;
            let strangers = heads.strangers.iter().filter(|path| !is_what_stands(store, &heads, path));
            let copies = strangers.filter_map(|path| recognise(store, path));
            judged.extend(copies.map(|copy| Err(Finding::ConflictCopy(copy.object))));
            judged.extend(missing.into_iter().map(Err));
        }
        Err(error) => {
            let cases = expected_cases(practice, pins);
            judged.extend(cases.into_iter().map(|id| Err(Finding::unreadable(Object::Case(id), &error))));
        }
    }
    judged.extend(store.check_kept().into_iter().map(Err));
    Check {
        good: judged.iter().filter(|judgement| judgement.is_ok()).count(),
        findings: judged.into_iter().filter_map(Result::err).collect(),
        owners,
    }
}

/// Whether a file in `.tmp/` is the second name of what stands in its place.
fn is_what_stands(store: &Store, heads: &Heads, path: &Path) -> bool {
    let of = store.header_at(path, Object::Practice).filter(|_| path.starts_with(store.folder.root.join(TEMP)));
    let stands = |header| {
        let mut cases = heads.cases.iter().filter_map(|(_, seen)| seen.ok());
        cases.any(|(case, _)| case == header) || store.folder.header(Object::Practice).ok() == Some(Some(header))
    };
    of.is_some_and(stands)
}

/// Reads a bad file a second time: when that says something else, the bytes are not to
/// blame but what reads them.
pub(crate) fn twice<T>(store: &Store, object: Object, load: impl Fn() -> Result<T, Finding>) -> Result<T, Finding> {
    let finding = match load() {
        Err(finding @ (Finding::Damaged(_) | Finding::Truncated(_) | Finding::Foreign(_))) => finding,
        judged => return judged,
    };
    // Piece by piece, because what is damaged may be of any size.
    let sum = || {
        let mut sum = Sha256::new();
        let mut file = store.folder.fs.open(&store.folder.path(object)).ok()?;
        io::copy(&mut file, &mut sum).ok().map(|_| sum.finalize())
    };
    let steady = sum() == sum() && matches!(load(), Err(again) if again == finding);
    Err(if steady { finding } else { Finding::Unsteady(object) })
}

fn check_age(pins: &Pins, object: Object, generation: Result<u64, Finding>) -> Result<(), Finding> {
    if pins.is_older(object, generation?) { Err(Finding::Older(object)) } else { Ok(()) }
}

/// An identity file opens only with its secret, which is not kept; but its bytes were
/// pinned when it was proved.
fn check_keys(store: &Store, pins: &Pins, object: Object) -> Result<(), Finding> {
    let read = store.folder.fs.read(&store.folder.path(object), object.size_cap());
    let sealed = read.map_err(|error| Finding::unreadable(object, &error))?;
    header::scan(&sealed, object)?;
    let proved = pins.get(object).is_some_and(|pin| pin.header == keys_mark(&sealed).header);
    if proved { Ok(()) } else { Err(Finding::Unproven(object)) }
}
