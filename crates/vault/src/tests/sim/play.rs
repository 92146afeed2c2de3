//! What is done to a vault, step by step, and what is promised after each step.

use super::{Disk, Expected, Sabotage, SimFs, root, scrypt, state, stick, theirs};
use crate::backup::{self, BackupPlan};
use crate::fs::{VaultFs as _, write_new};
use crate::keys::Keys;
use crate::store::{case_revisions, practice_revisions};
use crate::tests::{PASSPHRASE, add_note, later, now, original};
use crate::{LocalState, Object, OpenError, Passphrase, SaveError, Vault};
use casebook::case::Case;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;

/// One step: what cannot fail was done before, so that it can be tried again.
pub(crate) type Step = fn(&mut Play) -> Result<(), Refused>;

/// A step that did not succeed, in words for the one who reads a failed test.
#[derive(Debug)]
pub(crate) struct Refused(#[expect(dead_code, reason = "for the one who reads a failed test")] pub(crate) String);

impl From<SaveError> for Refused {
    fn from(error: SaveError) -> Self {
        Self(format!("{error:?}"))
    }
}

impl From<OpenError> for Refused {
    fn from(error: OpenError) -> Self {
        Self(format!("{error:?}"))
    }
}

/// A disk and what is done on it.
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) disk: fn() -> Disk,
    /// Crash states that are looked at at each moment.
    pub(crate) most: usize,
    pub(crate) steps: Vec<Step>,
}

/// A scenario while it is played.
pub(crate) struct Play {
    pub(crate) fs: SimFs,
    pub(crate) state: LocalState,
    pub(crate) vault: Option<Vault>,
    /// Cases that are in memory, with words that may not have been saved.
    pub(crate) cases: Vec<Case>,
    /// What is promised now.
    pub(crate) expected: Expected,
    /// What was promised, by number.
    pub(crate) told: Vec<Expected>,
    /// All passphrases and codes that were used.
    pub(crate) passphrases: Vec<&'static str>,
    pub(crate) codes: Vec<String>,
    /// Once the keys were changed: the new ones and the former ones.
    pub(crate) both_keys: Option<Keys>,
}

impl Play {
    pub(crate) fn new(disk: &Disk, exchanges: bool, links: bool, sabotage: Option<Sabotage>) -> Self {
        let fs = SimFs::on(disk).with(exchanges, links);
        let state = LocalState::open_on(Arc::new(fs.clone()), &state()).expect("a disk without faults");
        let fs = fs.sabotaged(sabotage);
        let mut play = Self {
            fs,
            state,
            vault: None,
            cases: Vec::new(),
            expected: Expected::default(),
            told: Vec::new(),
            passphrases: vec![PASSPHRASE],
            codes: vec![original().code.clone()],
            both_keys: None,
        };
        if disk.files(&root()).next().is_some() {
            play.expected.vault = true;
            play.expected.passphrases = vec![PASSPHRASE];
            play.expected.codes = play.codes.clone();
            play.learn(disk);
        }
        play.tell();
        play
    }

    /// What the disk holds before anything is done was promised before.
    fn learn(&mut self, disk: &Disk) {
        let mut other = Self { vault: None, cases: Vec::new(), ..Self::bare(disk) };
        scrypt::cheaply(|| other.unlock()).expect("the disk before anything happens");
        other.know_all();
        self.expected.revisions = other.expected.revisions;
    }

    fn bare(disk: &Disk) -> Self {
        let fs = SimFs::on(disk);
        let state = LocalState::open_on(Arc::new(fs.clone()), &state()).expect("a disk without faults");
        Self {
            fs,
            state,
            vault: None,
            cases: Vec::new(),
            expected: Expected::default(),
            told: Vec::new(),
            passphrases: vec![PASSPHRASE],
            codes: Vec::new(),
            both_keys: None,
        }
    }

    fn know_all(&mut self) {
        let vault = self.vault.as_mut().expect("it was unlocked");
        let ids: Vec<Uuid> = vault.cases().iter().map(|summary| summary.id).collect();
        self.cases = ids.into_iter().map(|id| vault.case(id).expect("a whole disk")).collect();
        let practice = practice_revisions(vault.practice());
        self.expected.revisions.insert(Object::Practice, practice);
        self.know_cases();
    }

    fn know_cases(&mut self) {
        for case in &self.cases {
            self.expected.revisions.insert(Object::Case(case.id), case_revisions(case));
        }
    }

    /// From here on a power cut must leave what is expected now.
    pub(crate) fn tell(&mut self) {
        self.fs.told(self.told.len());
        self.told.push(self.expected.clone());
    }

    pub(crate) fn vault(&mut self) -> &mut Vault {
        self.vault.as_mut().expect("the scenario unlocks first")
    }

    pub(crate) fn unlock(&mut self) -> Result<(), Refused> {
        let secret = Passphrase::new((*self.passphrases.last().expect("there is one")).to_owned());
        let fs = Arc::new(self.fs.clone());
        let mut vault = Vault::unlock_on(fs, &root(), &secret, &self.state, now())?;
        if self.cases.is_empty() {
            for id in vault.cases().iter().map(|summary| summary.id).collect::<Vec<_>>() {
                self.cases.push(vault.case(id)?);
            }
        }
        self.vault = Some(vault);
        Ok(())
    }

    /// Writes a note into a case in memory.
    pub(crate) fn note(&mut self, place: usize, words: &str) -> Uuid {
        let vault = self.vault.as_ref().expect("the scenario unlocks first");
        add_note(&mut self.cases[place], vault, words)
    }

    /// Saves one case; after that it is promised.
    pub(crate) fn save(&mut self, place: usize) -> Result<(), Refused> {
        self.save_all(place..place + 1)
    }

    /// Saves cases as one batch.
    pub(crate) fn save_all(&mut self, places: std::ops::Range<usize>) -> Result<(), Refused> {
        let Self { vault, cases, .. } = self;
        vault.as_mut().expect("the scenario unlocks first").save_cases(&cases[places.clone()], now())?;
        for case in &self.cases[places] {
            self.expected.revisions.entry(Object::Case(case.id)).or_default().extend(case_revisions(case));
        }
        self.know_practice();
        self.tell();
        Ok(())
    }

    /// What is in the practice now is promised.
    pub(crate) fn know_practice(&mut self) {
        let practice = practice_revisions(self.vault().practice());
        self.expected.revisions.entry(Object::Practice).or_default().extend(practice);
    }

    /// A sync program puts another computer's version in the place of ours. Its own unfinished
    /// file stands outside the vault, because what it leaves of that is not the vault's doing.
    pub(crate) fn put_over(&mut self, object: Object, bytes: &[u8]) -> Result<(), Refused> {
        if self.vault.is_none() {
            // The next unlock reads them again.
            self.cases.clear();
        }
        let (part, place) = (root().with_extension("part"), root().join(object.path()));
        let folder = place.parent().expect("a folder");
        let put = || {
            write_new(&self.fs, &part, bytes)?;
            self.fs.rename(&part, &place)?;
            self.fs.sync_dir(folder)
        };
        put().map_err(|error: std::io::Error| Refused(error.to_string()))?;
        let written = [theirs().case_revisions(), theirs().practice_revisions()];
        let written = written.into_iter().filter(|(of, _)| *of == object).flat_map(|(_, revisions)| revisions);
        self.expected.revisions.entry(object).or_default().extend(written);
        self.tell();
        Ok(())
    }

    /// Makes a back-up, of which only the newest is kept; without a key when it is locked,
    /// and then the last one that was opened stays too.
    pub(crate) fn back_up(&mut self, second: i64) -> Result<(), Refused> {
        let open = self.vault.as_ref();
        let usual =
            || BackupPlan { keep: 1, ..open.expect("the first is made while it is open").backup_plan(&stick()) };
        let plan = self.state.backup_plan(&root()).unwrap_or_else(usual);
        let moment = later(second);
        let file = stick().join(backup::name(plan.vault_id, moment.naive_utc()));
        // While it is made the one before may go.
        if !self.expected.backups.is_empty() {
            self.expected.backups.push((file.clone(), None));
            self.tell();
        }
        let keys = self.vault.as_ref().map(|vault| &vault.store.keys);
        let fs = Arc::new(self.fs.clone());
        let made = backup::make_on(fs, &self.state, &plan, keys, moment, moment.naive_utc());
        let made = made.map_err(|error| Refused(format!("{error:?}")))?;
        assert_eq!((&made.file, made.cases), (&file, self.cases.len()));
        let disk = self.fs.disk();
        let folder = stick();
        let there: HashMap<_, _> = disk.files(&folder).map(|(path, content)| (path, content.hash)).collect();
        let proved = plan.proved.filter(|_| keys.is_none()).map(|name| folder.join(name));
        let stay: HashSet<&Path> = [&file].into_iter().chain(&proved).map(PathBuf::as_path).collect();
        assert_eq!(there.keys().copied().collect::<HashSet<&Path>>(), stay, "the ones before are gone");
        self.expected.backups = vec![(file.clone(), Some(there[file.as_path()]))];
        self.tell();
        Ok(())
    }

    /// Goes on with other keys.
    pub(crate) fn go_on(&mut self, at_most: usize) -> Result<(), Refused> {
        let Self { vault, state, .. } = self;
        vault.as_mut().expect("the scenario unlocks first").continue_rotation(at_most, false, state, now())?;
        Ok(())
    }

    /// Locks. What was acknowledged before is promised whether this succeeds or not.
    pub(crate) fn lock(&mut self) -> Result<(), Refused> {
        if self.vault.is_none() {
            self.unlock()?;
        }
        let vault = self.vault.take().expect("it was unlocked");
        Ok(vault.lock(now())?)
    }
}
