//! From a folder and a secret to an open vault.

use crate::complete::{expected_cases, listed_cases, missing_cases, removed_cases};
use crate::copies::{gather, strangers};
use crate::finding::{Finding, OpenError};
use crate::fs::{Head, Held, VaultFs};
use crate::header::{self, HEAD_BYTES, HeaderId};
use crate::identities::{prove_copies, without_retired};
use crate::inbox;
use crate::kept::Kept;
use crate::keys::Keys;
use crate::local::LocalState;
use crate::merge::Mergeable;
use crate::object::Object;
use crate::pins::Pins;
use crate::publish::{Folder, PREVIOUS, TEMP};
use crate::register::{Mark, Register};
use crate::secret::Passphrase;
use crate::store::Store;
use crate::sweep::sweep;
use casebook::case::{Case, CaseNumber};
use casebook::practice::Practice;
use chrono::{DateTime, Utc};
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
    let mut findings = Vec::new();
    let (keys, revived) = without_retired(keys, &pins);
    if pins.are_retired(&keys.name()) {
        findings.push(Finding::Older(Object::Identity));
        pins.leave_alone();
    }
    let mut store = Store::new(folder, keys, local.device());
    sweep(&store);

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
    let proved = Some(opened_from).filter(|_| !revived);
    prove_copies(&store, &mut pins, proved, passphrase, &mut findings);
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
    if store.has_second_names() {
        // What an unlock joins is among the earlier versions too, where the pins find it.
        let _ = pins.compact();
        store.let_go_of_second_names();
    }
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
