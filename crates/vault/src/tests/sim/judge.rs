//! Opens a disk as its owner would after a power cut, and says what is not as it was
//! promised: that it opens, that all that was acknowledged is there, that no file is
//! unreadable, that the next unlock has nothing left to repair, and that nobody is asked
//! to do anything.

use super::disk::Content;
use super::{Disk, Play, SimFs, root, scrypt, state, stick};
use crate::backup::BackupFile;
use crate::finding::Finding;
use crate::identities::read_keys;
use crate::keys::Keys;
use crate::pins::Pins;
use crate::seal;
use crate::store::{Revisions, case_revisions, none_lost, practice_revisions};
use crate::tests::{later, now};
use crate::{LocalState, Object, OpenError, Passphrase, RecoveryCode, Vault};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What was promised to the owner at some moment.
#[derive(Clone, Default)]
pub(crate) struct Expected {
    /// Whether there is a vault at all.
    pub(crate) vault: bool,
    /// Every acknowledged revision.
    pub(crate) revisions: HashMap<Object, Revisions>,
    /// One of these passphrases opens it, and no other.
    pub(crate) passphrases: Vec<&'static str>,
    /// One of these recovery codes opens it, and no other.
    pub(crate) codes: Vec<String>,
    /// What its owner may be asked to look at.
    pub(crate) asks: Vec<Finding>,
    /// One of these back-ups is there, if any was made; with these bytes, once it was.
    pub(crate) backups: Vec<(PathBuf, Option<[u8; 32]>)>,
}

/// What stands on a disk, once its owner unlocked it.
#[derive(Clone, Default)]
struct Found {
    revisions: HashMap<Object, Revisions>,
    codes: Vec<String>,
    asks: Vec<Finding>,
}

/// The verdict on one disk with one passphrase: `None` when it does not open.
type Verdict = Result<Option<Arc<Found>>, String>;

/// What was found out before, by disk and passphrase.
type Known<T> = HashMap<([u8; 32], &'static str), Result<T, String>>;

/// A back-up that opens whole, and the hash of its bytes.
type WholeBackup = (PathBuf, [u8; 32]);

/// Judges disks; each different one once.
pub(crate) struct Judge {
    exchanges: bool,
    links: bool,
    /// All passphrases and recovery codes that were ever used on this disk.
    passphrases: Vec<&'static str>,
    codes: Vec<String>,
    /// Reads the pins; what is not in them does not matter to anything.
    keys: Keys,
    opened: Known<Option<Arc<Found>>>,
    settled: Known<Vec<Finding>>,
    used: Known<Arc<Found>>,
    /// The whole back-ups on a stick, by what stands on it.
    backups: HashMap<[u8; 32], Result<Vec<WholeBackup>, String>>,
}

impl Judge {
    pub(crate) fn new(play: &Play, keys: Keys) -> Self {
        let (exchanges, links) = play.fs.abilities();
        let (passphrases, codes) = (play.passphrases.clone(), play.codes.clone());
        let keys = play.both_keys.as_ref().map_or(keys, Keys::again);
        Self {
            exchanges,
            links,
            passphrases,
            codes,
            keys,
            opened: HashMap::new(),
            settled: HashMap::new(),
            used: HashMap::new(),
            backups: HashMap::new(),
        }
    }

    /// Secrets that came up since this judge was made.
    pub(crate) fn learn(&mut self, play: &Play) {
        if self.passphrases != play.passphrases || self.codes != play.codes {
            *self = Self::new(play, self.keys.again());
        } else if let Some(keys) = play.both_keys.as_ref().filter(|keys| keys.to_file() != self.keys.to_file()) {
            *self = Self::new(play, keys.again());
        }
    }

    /// How many different disks were unlocked.
    pub(crate) fn different(&self) -> usize {
        self.opened.len() / self.passphrases.len()
    }

    /// Whether a disk holds to what was promised.
    pub(crate) fn judge(&mut self, disk: &Disk, expected: &Expected) -> Result<(), String> {
        self.judge_backups(disk, expected)?;
        let hash = self.seen(disk);
        let mut opens = false;
        for passphrase in self.passphrases.clone() {
            let key = (hash, passphrase);
            if !self.opened.contains_key(&key) {
                let verdict = scrypt::cheaply(|| self.unlock(disk, passphrase));
                self.opened.insert(key, verdict);
            }
            match &self.opened[&key] {
                Err(complaint) => return Err(complaint.clone()),
                Ok(None) => {}
                Ok(Some(found)) => {
                    holds(found, expected)?;
                    if !expected.passphrases.is_empty() && !expected.passphrases.contains(&passphrase) {
                        return Err("a passphrase that was changed still opens it".to_owned());
                    }
                    opens = true;
                }
            }
        }
        if opens || !expected.vault { Ok(()) } else { Err("no passphrase opens it".to_owned()) }
    }

    /// Every file that is called a back-up is one, and one that was promised is there.
    fn judge_backups(&mut self, disk: &Disk, expected: &Expected) -> Result<(), String> {
        let hash = disk.hash(&stick());
        if !self.backups.contains_key(&hash) {
            let whole = self.whole_backups(disk);
            self.backups.insert(hash, whole);
        }
        let there = self.backups[&hash].as_ref().map_err(String::clone)?;
        let is_there = |(path, bytes): &(PathBuf, Option<[u8; 32]>)| {
            there.iter().any(|(file, hash)| file == path && bytes.is_none_or(|bytes| bytes == *hash))
        };
        if expected.backups.is_empty() || expected.backups.iter().any(is_there) {
            Ok(())
        } else {
            Err("no back-up that was promised is there".to_owned())
        }
    }

    fn whole_backups(&self, disk: &Disk) -> Result<Vec<WholeBackup>, String> {
        let (fs, _) = self.mount(disk);
        let folder = stick();
        let files = disk.files(&folder).map(|(path, content)| (path.to_owned(), content.hash));
        let (parts, named): (Vec<_>, Vec<_>) =
            files.partition(|(path, _)| path.extension().is_some_and(|end| end == "part"));
        if !parts.is_empty() {
            self.sweeps(disk)?;
        }
        named
            .into_iter()
            .map(|(path, hash)| {
                let told = |error| format!("{}: {error:?}", path.display());
                let mut backup = BackupFile::open_on(Arc::new(fs.clone()), &path).map_err(told)?;
                backup.check().map_err(told)?;
                let bad = backup.contents(&self.keys).bad;
                if bad.is_empty() { Ok((path, hash)) } else { Err(format!("{}: {bad:?} do not open", path.display())) }
            })
            .collect()
    }

    /// The next back-up takes away what was begun and never finished.
    fn sweeps(&self, disk: &Disk) -> Result<(), String> {
        let (fs, state) = self.mount(disk);
        let secret = Passphrase::new(self.passphrases[0].to_owned());
        let vault = scrypt::cheaply(|| Vault::unlock_on(Arc::new(fs.clone()), &root(), &secret, &state, now()));
        let vault = vault.map_err(|error| format!("the unlock after a back-up: {error:?}"))?;
        let (plan, moment) = (vault.backup_plan(&stick()), later(60));
        let made = vault.back_up(&state, &plan, moment, moment.naive_utc());
        made.map_err(|error| format!("the next back-up: {error:?}"))?;
        let left = fs.disk().files(&stick()).any(|(path, _)| path.extension().is_some_and(|end| end == "part"));
        if left { Err("an unfinished back-up stays".to_owned()) } else { Ok(()) }
    }

    /// All that an unlock can see of a disk: the vault, and the pins that it can read.
    fn seen(&self, disk: &Disk) -> [u8; 32] {
        let path = state().join("pins").join(self.keys.vault_id.to_string());
        let mut pins = Disk::default();
        let content = disk.0.get(&path).cloned().flatten();
        pins.0.insert(path.clone(), Some(content.unwrap_or_else(|| Content::new(Vec::new()))));
        let fs = Arc::new(SimFs::on(&pins));
        let read = Pins::read(fs, path, self.keys.vault_id, self.keys.derive_pin_keys());
        Sha256::new().chain_update(disk.hash(&root())).chain_update(read.text()).finalize().into()
    }

    fn mount(&self, disk: &Disk) -> (SimFs, LocalState) {
        let fs = SimFs::on(disk).with(self.exchanges, self.links);
        let state = LocalState::open_on(Arc::new(fs.clone()), &state()).expect("a disk without faults");
        (fs, state)
    }

    fn unlock(&mut self, disk: &Disk, passphrase: &'static str) -> Verdict {
        let (fs, state) = self.mount(disk);
        let secret = Passphrase::new(passphrase.to_owned());
        let vault = match Vault::unlock_on(Arc::new(fs.clone()), &root(), &secret, &state, now()) {
            Ok(vault) => vault,
            Err(OpenError::WrongPassphrase | OpenError::NotAVault) => return Ok(None),
            Err(error) => return Err(format!("the first unlock: {error:?}")),
        };
        let asks: Vec<Finding> = vault.warnings().iter().copied().filter(|finding| !mended(*finding)).collect();
        drop(vault);
        let recovered = fs.disk();
        let key = (self.seen(&recovered), passphrase);
        if !self.settled.contains_key(&key) {
            let settled = self.settle(&recovered, &secret);
            self.settled.insert(key, settled);
        }
        let later = self.settled[&key].clone()?;
        // What is in the vault does not depend on what this computer keeps for itself.
        let key = (recovered.hash(&root()), passphrase);
        if !self.used.contains_key(&key) {
            let used = self.use_it(&recovered, &secret);
            self.used.insert(key, used);
        }
        let found = self.used[&key].clone()?;
        let asks = [asks, later].concat();
        Ok(Some(if asks == found.asks { found } else { Arc::new(Found { asks, ..(*found).clone() }) }))
    }

    /// The second unlock of a disk: what it still asks of its owner.
    fn settle(&self, disk: &Disk, passphrase: &Passphrase) -> Result<Vec<Finding>, String> {
        if let Some((path, _)) = disk.files(&root().join(".tmp")).next() {
            return Err(format!("something is left: {}", path.display()));
        }
        let (fs, state) = self.mount(disk);
        let vault = Vault::unlock_on(Arc::new(fs.clone()), &root(), passphrase, &state, now());
        let vault = vault.map_err(|error| format!("the second unlock: {error:?}"))?;
        if let Some(again) = vault.warnings().iter().find(|finding| matches!(finding, Finding::Repaired(_))) {
            return Err(format!("the second unlock still finds something to repair: {again:?}"));
        }
        if fs.disk().hash(everything()) != disk.hash(everything()) {
            return Err("the second unlock still changes something".to_owned());
        }
        Ok(vault.warnings().iter().copied().filter(|finding| !mended(*finding)).collect())
    }

    /// What is in a vault that was unlocked once; it is locked, unlocked and checked too.
    fn use_it(&self, disk: &Disk, passphrase: &Passphrase) -> Result<Arc<Found>, String> {
        let (fs, state) = self.mount(disk);
        let unlock = || Vault::unlock_on(Arc::new(fs.clone()), &root(), passphrase, &state, now());
        let mut vault = unlock().map_err(|error| format!("the second unlock: {error:?}"))?;
        every_file_opens(disk, &vault.store.keys)?;
        let mut found = Found::default();
        found.revisions.insert(Object::Practice, practice_revisions(vault.practice()));
        for id in vault.cases().iter().map(|summary| summary.id).collect::<Vec<_>>() {
            let case = vault.case(id).map_err(|error| format!("a case: {error:?}"))?;
            found.revisions.insert(Object::Case(id), case_revisions(&case));
        }
        // New keys that were on their way are there in the end.
        for _ in 0..50 {
            if vault.is_rotating() {
                let step =
                    vault.continue_rotation(9, false, &state, now()).map_err(|error| format!("new keys: {error:?}"))?;
                if !step.kept_back.is_empty() {
                    return Err(format!("the old keys are kept for {:?}", step.kept_back));
                }
            }
        }
        if vault.is_rotating() {
            return Err("the new keys are never finished".to_owned());
        }
        found.codes = self.codes.iter().filter(|code| recovers(&vault, code)).cloned().collect();
        vault.lock(now()).map_err(|error| format!("locking: {error:?}"))?;
        let vault = unlock().map_err(|error| format!("the third unlock: {error:?}"))?;
        let check = vault.check().findings;
        if vault.warnings() != check {
            return Err(format!("the third unlock: {:?}, the check: {check:?}", vault.warnings()));
        }
        Ok(Arc::new(found))
    }
}

fn everything() -> &'static Path {
    Path::new("/disk")
}

/// Whether a finding only says what was mended.
fn mended(finding: Finding) -> bool {
    matches!(finding, Finding::Adopted(_) | Finding::Repaired(_) | Finding::Merged(_) | Finding::Returned(_))
}

fn recovers(vault: &Vault, code: &str) -> bool {
    let code = RecoveryCode::parse(code).expect("it was printed");
    let opened = read_keys(&vault.store.folder, Object::Recovery, &code.passphrase());
    matches!(opened, Ok(Some(keys)) if keys.open_what_opens(&vault.store.keys))
}

fn holds(found: &Found, expected: &Expected) -> Result<(), String> {
    for (object, revisions) in &expected.revisions {
        match found.revisions.get(object) {
            None => return Err(format!("lost: {object:?}")),
            Some(there) if !none_lost(revisions, there) => return Err(format!("lost a revision of {object:?}")),
            Some(_) => {}
        }
    }
    if let Some(worry) = found.asks.iter().find(|finding| !expected.asks.contains(finding)) {
        return Err(format!("its owner is asked something: {worry:?}"));
    }
    let fits = |code: &String| expected.codes.contains(code);
    match (expected.codes.is_empty(), found.codes.iter().all(fits), found.codes.is_empty()) {
        (true, ..) | (false, true, false) => Ok(()),
        (false, _, true) => Err("no recovery code opens it".to_owned()),
        (false, false, _) => Err("a recovery code that was revoked still opens it".to_owned()),
    }
}

/// Nothing that is sealed for the vault is unreadable, kept versions included.
fn every_file_opens(disk: &Disk, keys: &Keys) -> Result<(), String> {
    let identities = [Object::Identity, Object::IdentityCopy, Object::Recovery].map(Object::file_name);
    for (path, content) in disk.files(&root()) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let stem = name.strip_suffix(".age");
        let identity = path.parent().is_some_and(|parent| parent == root() || parent == root().join("prev"))
            && identities.contains(&name);
        if stem.is_some() && !identity && seal::open(&content.bytes, keys, Object::Practice).is_err() {
            return Err(format!("unreadable: {}", path.strip_prefix(Path::new("/disk")).unwrap_or(path).display()));
        }
    }
    Ok(())
}
