//! From a folder and a secret to an open vault.

use crate::complete::{expected_cases, listed_cases, missing_cases, removed_cases};
use crate::copies::{gather, strangers};
use crate::finding::{Finding, OpenError};
use crate::fs::{Head, Held, VaultFs};
use crate::header::{self, HEAD_BYTES, HeaderId};
use crate::inbox;
use crate::kept::Kept;
use crate::keys::Keys;
use crate::local::LocalState;
use crate::merge::Mergeable;
use crate::object::Object;
use crate::pins::Pins;
use crate::publish::{Displaced, Folder, PREVIOUS, TEMP};
use crate::register::{Mark, Register};
use crate::restore::is_destroyed;
use crate::seal::{self, NONCE_BYTES};
use crate::secret::Passphrase;
use crate::store::{Proof, Store, keys_mark, opens_as};
use crate::sweep::sweep;
use casebook::case::{Case, CaseNumber};
use casebook::practice::Practice;
use chrono::{DateTime, Utc};
use secrecy::SecretString;
use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;

/// Everything that an unlock finds.
pub(crate) struct Opened {
    pub(crate) store: Store,
    pub(crate) pins: Pins,
    pub(crate) locks: Vec<Box<dyn Held>>,
    pub(crate) practice: Practice,
    pub(crate) practice_mark: Mark,
    pub(crate) register: Register,
    pub(crate) register_mark: Option<Mark>,
    /// Whether the register on the disk is not the one in memory.
    pub(crate) register_stale: bool,
    /// Cases that are in the folder and not in the list of cases.
    pub(crate) unlisted: Vec<(Uuid, CaseNumber)>,
    pub(crate) findings: Vec<Finding>,
}

/// The real folder and the lock on it, which also holds between two users of one
/// disk who keep their own local state.
pub(crate) fn enter(fs: Arc<dyn VaultFs>, folder: &Path) -> Result<(Folder, Vec<Box<dyn Held>>), OpenError> {
    let root = fs.resolve(folder).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => OpenError::NotAVault,
        _ => OpenError::Disk((&error).into()),
    })?;
    let locks = match fs.lock(&root) {
        Ok(held) => vec![held],
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Err(OpenError::InUse),
        // Some network disks know no locks; the lock in the local state remains.
        Err(_) => Vec::new(),
    };
    Ok((Folder { fs, root }, locks))
}

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

/// Reads everything else, once the keys are there.
pub(crate) fn open(
    folder: Folder,
    mut locks: Vec<Box<dyn Held>>,
    keys: Keys,
    opened_from: Object,
    passphrase: &Passphrase,
    local: &LocalState,
    now: DateTime<Utc>,
) -> Result<Opened, OpenError> {
    locks.extend(local.lock(keys.vault_id)?);
    for name in ["cases", "attachments", "inbox", PREVIOUS, TEMP] {
        // On a read-only disk the vault still opens; saving will say what is wrong.
        let _ = folder.fs.create_dir(&folder.root.join(name));
    }
    let mut pins = local.pins(&keys, &folder.root);
    let mut store = Store::new(folder, keys, local.device());
    sweep(&store);
    let mut findings = Vec::new();

    let (heads, practice, register) = std::thread::scope(|scope| {
        let heads = scope.spawn(|| read_heads(&store.folder));
        let register = scope.spawn(|| store.load_register());
        let practice = store.load_practice();
        let joined = "a reading thread has no reason to panic";
        (heads.join().expect(joined), practice, register.join().expect(joined))
    });
    let mut heads = heads.map_err(|error| OpenError::Disk((&error).into()))?;
    let mut practice = store.practice_or_kept(practice, &mut pins, now, &mut findings);
    // Nothing is written with an identity that is not the one of this vault.
    if matches!(practice, Ok(_) | Err(Finding::Missing(_))) {
        let removed = practice.as_ref().map(|(practice, _)| removed_cases(practice)).unwrap_or_default();
        let gathered = gather(&mut store, &mut pins, &heads.strangers, &removed, now);
        findings.extend(gathered.findings);
        for (object, mark) in gathered.saved {
            match object {
                Object::Case(id) => heads.see(id, mark),
                _ => practice = store.load_practice(),
            }
        }
    }
    let (mut practice, mut practice_mark) = practice?;
    let mut lost = Lost::default();
    if let Some((whole, mark)) = lost.look(&mut store, &mut pins, Object::Practice, practice_mark, now, &mut findings) {
        (practice, practice_mark) = (whole, mark);
    }
    inbox::sweep(&store.folder, &practice);
    inbox::remember(local, &store.folder, &practice);
    // Only now is it certain that this identity is the one of this vault.
    prove_copies(&store, &mut pins, opened_from, passphrase, &mut findings);
    if pins.is_older(Object::Practice, practice_mark.generation) {
        findings.push(Finding::Older(Object::Practice));
        store.older.insert(Object::Practice);
    }
    pins.see(Object::Practice, practice_mark);
    let (mut register, register_mark) = match register {
        Ok((register, mark)) => (register, Some(mark)),
        Err(Finding::Missing(_)) => (Register::default(), None),
        Err(finding) => {
            store.set_register_aside(finding);
            findings.push(finding);
            (Register::default(), None)
        }
    };
    let stale = reconcile(&mut store, &mut pins, &mut register, &heads, &mut lost, now, &mut findings);
    let listed = listed_cases(&practice);
    findings.extend(missing_cases(&expected_cases(&practice, &pins), &heads));
    let unlisted = register
        .summaries()
        .iter()
        .filter(|summary| !listed.contains_key(&summary.id))
        .map(|summary| (summary.id, summary.facts.number))
        .collect();
    let register_stale = stale || register_mark.is_none();
    Ok(Opened {
        store,
        pins,
        locks,
        practice,
        practice_mark,
        register,
        register_mark,
        register_stale,
        unlisted,
        findings,
    })
}

/// Proves the sealed copy that was not used. A copy that was proved on this computer
/// before is known by its bytes; any other is opened once, and made again when it does
/// not open, because a vault with one copy of its identity is one accident from lost.
fn prove_copies(
    store: &Store,
    pins: &mut Pins,
    opened_from: Object,
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
        let opens =
            object == opened_from || read.is_ok_and(|sealed| opens_as(&sealed, &passphrase.0, &store.keys, object));
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

/// Header and length of a case file, or what is wrong with it at first sight.
type Seen = Result<(HeaderId, u64), Finding>;

/// What stands in `cases/`, and beside the files of the vault.
pub(crate) struct Heads {
    /// Files with the name of a case: their header and length.
    pub(crate) cases: Vec<(Uuid, Seen)>,
    /// Other files, there and in the folder of the vault itself.
    pub(crate) strangers: Vec<PathBuf>,
}

impl Heads {
    /// A case file that was just written.
    fn see(&mut self, id: Uuid, mark: Mark) {
        self.cases.retain(|(known, _)| *known != id);
        self.cases.push((id, Ok((mark.header, mark.size))));
    }
}

/// One small read of every case file.
pub(crate) fn read_heads(folder: &Folder) -> io::Result<Heads> {
    let cases = folder.root.join("cases");
    let mut heads = Heads { cases: Vec::new(), strangers: strangers(folder) };
    let listed = match folder.fs.list(&cases) {
        Ok(listed) => listed,
        // The folder was lost or not synced yet: every listed case is then missing.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(heads),
        Err(error) => return Err(error),
    };
    let mut stubs = Vec::new();
    for entry in listed {
        let Some(id) = Object::id_from_name(&entry.name) else {
            stubs.extend(Object::id_from_stub(&entry.name));
            continue;
        };
        let object = Object::Case(id);
        let head = folder.fs.read_head(&cases.join(&entry.name), HEAD_BYTES);
        let judged = match head {
            Ok(Head { len, .. }) if len > object.size_cap() => Err(Finding::Refused(object)),
            Ok(head) => header::scan(&head.bytes, object).map(|header| (header, head.len)),
            Err(error) => Err(Finding::unreadable(object, &error)),
        };
        heads.cases.push((id, judged));
    }
    let there: HashSet<Uuid> = heads.cases.iter().map(|(id, _)| *id).collect();
    stubs.retain(|id| !there.contains(id));
    heads.cases.extend(stubs.into_iter().map(|id| (id, Err(Finding::NotDownloaded(Object::Case(id))))));
    Ok(heads)
}

/// The search for what a sync program silently wrote over; `prev/` is listed only when a
/// file is not the one this computer saw last.
#[derive(Default)]
struct Lost(Option<Kept>);

impl Lost {
    fn look<T: Mergeable>(
        &mut self,
        store: &mut Store,
        pins: &mut Pins,
        object: Object,
        mark: Mark,
        now: DateTime<Utc>,
        findings: &mut Vec<Finding>,
    ) -> Option<(T, Mark)> {
        pins.get(object).filter(|pin| pin.header != mark.header)?;
        let kept = self.0.get_or_insert_with(|| Kept::list(&store.folder));
        // What could not be put back, on a read-only disk for example, is looked for again.
        let (whole, mark) = store.put_back::<T>(pins, kept, object, now).ok()??;
        pins.saved(object, mark);
        findings.push(Finding::Returned(object));
        Some((whole, mark))
    }
}

/// Brings the register in line with the case files; says whether it had to change.
fn reconcile(
    store: &mut Store,
    pins: &mut Pins,
    register: &mut Register,
    heads: &Heads,
    lost: &mut Lost,
    now: DateTime<Utc>,
    findings: &mut Vec<Finding>,
) -> bool {
    let mut stale = false;
    let mut usable = HashSet::with_capacity(heads.cases.len());
    for (id, judged) in &heads.cases {
        let (id, object) = (*id, Object::Case(*id));
        let known = register.mark(id);
        let opened = match judged {
            Ok((header, len)) => match known {
                Some(mark) if mark.header == *header && mark.size == *len => Ok(mark),
                _ => {
                    stale = true;
                    let cut = known.is_some_and(|mark| mark.header == *header && *len < mark.size);
                    refresh(store, register, id).map_err(|found| if cut { Finding::Truncated(object) } else { found })
                }
            },
            Err(finding) => Err(*finding),
        };
        match opened {
            Ok(mut mark) => {
                if let Some((case, whole)) = lost.look::<Case>(store, pins, object, mark, now, findings) {
                    stale = true;
                    mark = whole;
                    if let Some(summary) = casebook::CaseSummary::of(&case) {
                        register.put(summary, mark);
                    }
                }
                if pins.is_older(object, mark.generation) {
                    findings.push(Finding::Older(object));
                    store.older.insert(object);
                }
                pins.see(object, mark);
                usable.insert(id);
            }
            Err(finding) => findings.push(finding),
        }
    }
    let before = register.summaries().len();
    register.retain(|id| usable.contains(&id));
    stale || register.summaries().len() != before
}

fn refresh(store: &Store, register: &mut Register, id: Uuid) -> Result<Mark, Finding> {
    let (case, mark) = store.load_case(id)?;
    let summary = casebook::CaseSummary::of(&case).ok_or(Finding::Damaged(Object::Case(id)))?;
    register.put(summary, mark);
    Ok(mark)
}
