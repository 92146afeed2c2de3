//! An open vault: create, unlock, read, save, lock. Start here.

use crate::check::{Check, check};
use crate::create::{README, README_NAME};
use crate::finding::{Finding, OpenError, SaveError, Saved};
use crate::fs::{self, VaultFs, write_new};
use crate::held::Held;
use crate::identities;
use crate::kept::Kept;
use crate::local::LocalState;
use crate::merge::SavedAs;
use crate::meta::Meta;
use crate::object::Object;
use crate::pins::Pins;
use crate::real_fs::real_disk;
use crate::register::{Mark, Register};
use crate::rotation::Rotation;
use crate::secret::Passphrase;
use crate::snapshots;
use crate::store::{Content, Revisions, Store, case_revisions, none_lost, practice_revisions};
use crate::unlock::{self, Opened};
use casebook::case::{Case, CaseNumber};
use casebook::practice::{CaseListing, Practice};
use casebook::{CaseSummary, Entries, Revision, Stamp};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;

/// An open, unlocked vault. While it lives, no other program can open it.
pub struct Vault {
    pub(crate) store: Store,
    pub(crate) pins: Pins,
    pub(crate) practice: Practice,
    pub(crate) practice_mark: Mark,
    pub(crate) practice_unsaved: bool,
    pub(crate) register: Register,
    pub(crate) register_mark: Option<Mark>,
    pub(crate) register_stale: bool,
    /// What the cases that were opened or saved held, so that nothing is lost of them.
    pub(crate) revisions: HashMap<Uuid, Revisions>,
    /// What this session read and saved, and the version that holds all of it.
    pub(crate) held: Held,
    pub(crate) findings: Vec<Finding>,
    pub(crate) session: Uuid,
    /// What this session knows of a rotation that is not finished.
    pub(crate) resealing: Option<Rotation>,
    /// There as long as the vault is open: who works beside it with keys of its own stops then.
    pub(crate) open: Arc<()>,
    pub(crate) _locks: Vec<Box<dyn fs::Held>>,
}

impl Vault {
    /// Opens a vault with its passphrase.
    ///
    /// # Errors
    /// When the passphrase is wrong, the vault is open elsewhere, or the identity or
    /// the practice cannot be used. A case that cannot be used does not prevent
    /// opening; it is in [`Vault::warnings`].
    pub fn unlock(
        folder: &Path,
        passphrase: &Passphrase,
        local: &LocalState,
        now: DateTime<Utc>,
    ) -> Result<Self, OpenError> {
        Self::unlock_on(real_disk(), folder, passphrase, local, now)
    }

    pub(crate) fn unlock_on(
        fs: Arc<dyn VaultFs>,
        folder: &Path,
        passphrase: &Passphrase,
        local: &LocalState,
        now: DateTime<Utc>,
    ) -> Result<Self, OpenError> {
        let (folder, locks) = unlock::enter(fs, folder)?;
        let (keys, from) =
            identities::keys_by_passphrase(&folder, &passphrase.0, |keys| identities::practice_belongs(&folder, keys))?;
        let opened = unlock::open(folder, locks, keys, from, passphrase, local, now)?;
        Ok(Self::adopt(opened, now))
    }

    pub(crate) fn from_opened(opened: Opened) -> Self {
        Self {
            store: opened.store,
            pins: opened.pins,
            practice: opened.practice,
            practice_mark: opened.practice_mark,
            practice_unsaved: false,
            register: opened.register,
            register_mark: opened.register_mark,
            register_stale: opened.register_stale,
            revisions: HashMap::new(),
            held: Held::default(),
            findings: opened.findings,
            session: Uuid::new_v4(),
            resealing: None,
            open: Arc::new(()),
            _locks: opened.locks,
        }
    }

    /// A crash between saving a new case and listing it leaves a case that no list
    /// knows; it opened with our keys, so it is listed again.
    pub(crate) fn adopt(mut opened: Opened, now: DateTime<Utc>) -> Self {
        let unlisted = std::mem::take(&mut opened.unlisted);
        let folder = opened.store.folder.clone();
        let mut vault = Self::from_opened(opened);
        vault.findings.extend(unlisted.iter().map(|(id, _)| Finding::Adopted(Object::Case(*id))));
        vault.list(&unlisted, now);
        let page = folder.root.join(README_NAME);
        let there = folder.fs.read_head(&page, README.len());
        let blank = there.as_ref().is_ok_and(|head| head.bytes.iter().all(|byte| *byte == 0));
        // The page is for the day without this program; a read-only disk keeps its own.
        if blank {
            let _ = folder.fs.remove(&page);
        }
        if blank || there.is_err() {
            let _ = write_new(&*folder.fs, &page, README.as_bytes());
        }
        vault
    }

    /// All cases that can be used, without their notes.
    #[must_use]
    pub fn cases(&self) -> &[CaseSummary] {
        self.register.summaries()
    }

    /// One case, whole, as it is on the disk now.
    ///
    /// # Errors
    /// When its file cannot be used.
    pub fn case(&mut self, id: Uuid) -> Result<Case, OpenError> {
        let (read, meta, mark) = self.store.load_as::<Case>(Object::Case(id))?;
        let case = self.held.join(self.with_what_was_put_over(read, &meta, mark), mark);
        self.revisions.insert(id, case_revisions(&case));
        if self.register.mark(id) != Some(mark) {
            self.note_case(&case, mark);
        }
        Ok(case)
    }

    /// A file that is not the version this computer saw last and was not made from it may
    /// have been put over that one while the vault was open. Saving what is read of it
    /// would be the end of what only `prev/` still holds.
    fn with_what_was_put_over(&self, read: Case, meta: &Meta, mark: Mark) -> Case {
        let missed = self.pins.missed(meta.object, &[Some(mark.header), meta.parent]);
        let lost = missed.and_then(|pin| self.store.lost::<Case>(pin, &Kept::list(&self.store.folder), meta.object));
        match lost {
            Some((lost, _)) => read.union(lost),
            None => read,
        }
    }

    pub(crate) fn note_case(&mut self, case: &Case, mark: Mark) {
        if let Some(summary) = CaseSummary::of(case) {
            self.register.put(summary, mark);
            self.register_stale = true;
        }
    }

    /// Saves a case, new or known; a new one is also entered in the list of cases.
    ///
    /// # Errors
    /// When it could not be made durable. The version on the disk is then as it was;
    /// what is in memory can be saved again.
    pub fn save_case(&mut self, case: &Case, now: DateTime<Utc>) -> Result<Saved, SaveError> {
        self.save_cases(std::slice::from_ref(case), now)
    }

    /// Saves many cases, for example of an import; the list of cases is written once.
    ///
    /// # Errors
    /// When one could not be made durable. Those before it are saved and listed.
    pub fn save_cases(&mut self, cases: &[Case], now: DateTime<Utc>) -> Result<Saved, SaveError> {
        let (mut unlisted, mut merged) = (Vec::new(), false);
        let failed = cases.iter().find_map(|case| match self.save_unlisted(case, now, &mut unlisted) {
            Ok(more) => {
                merged |= more;
                None
            }
            Err(error) => Some(error),
        });
        self.list(&unlisted, now);
        if self.practice_unsaved {
            self.save_own_practice(now)?;
        }
        failed.map_or(Ok(Saved { at: now, merged }), Err)
    }

    /// Says whether more was saved than was given.
    fn save_unlisted(
        &mut self,
        case: &Case,
        now: DateTime<Utc>,
        unlisted: &mut Vec<(Uuid, CaseNumber)>,
    ) -> Result<bool, SaveError> {
        let object = Object::Case(case.id);
        let number = case.current_facts().ok_or(SaveError::NoFacts(object))?.number;
        let base = self.register.mark(case.id);
        if base.is_some() && !self.revisions.contains_key(&case.id) {
            self.learn_revisions(case.id, base)?;
        }
        if self.revisions.get(&case.id).is_some_and(|known| !none_lost(known, &case_revisions(case))) {
            return Err(SaveError::FewerRevisions(object));
        }
        let SavedAs { mark, merged } = self.store.save_merging(&self.pins, case, base, now)?;
        let whole = merged.as_ref().unwrap_or(case);
        self.pins.saved(object, mark);
        self.revisions.insert(case.id, case_revisions(whole));
        self.held.saved(whole, mark);
        self.note_case(whole, mark);
        if base.is_none() && self.practice.cases.revisions().iter().all(|listing| listing.entry != case.id) {
            unlisted.push((case.id, number));
        }
        if merged.is_some() {
            self.notice(Finding::Merged(object));
        }
        Ok(merged.is_some())
    }

    pub(crate) fn notice(&mut self, finding: Finding) {
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    /// A case that is saved without having been opened: what the disk holds of the
    /// version that is followed. Another version there is joined with it.
    fn learn_revisions(&mut self, id: Uuid, base: Option<Mark>) -> Result<(), SaveError> {
        match self.store.load_case(id) {
            Ok((stored, mark)) if base == Some(mark) => {
                self.revisions.insert(id, case_revisions(&stored));
                Ok(())
            }
            // The file went away; what is being saved is then all there is.
            Ok(_) | Err(Finding::Missing(_)) => Ok(()),
            Err(finding) => Err(SaveError::File(finding)),
        }
    }

    fn list(&mut self, unlisted: &[(Uuid, CaseNumber)], now: DateTime<Utc>) {
        if unlisted.is_empty() {
            return;
        }
        let Stamp { device, at, session } = self.stamp(now);
        let mut listings = self.practice.cases.revisions().to_vec();
        listings.extend(unlisted.iter().map(|&(entry, number)| Revision {
            id: Uuid::new_v4(),
            step: 0,
            entry,
            parents: Vec::new(),
            device,
            session,
            saved_at: at,
            deleted: false,
            body: CaseListing { number },
        }));
        self.practice.cases = Entries::from_revisions(listings);
        self.practice_unsaved = true;
    }

    /// The next free number of a year; numbers are never given twice.
    #[must_use]
    pub fn next_number(&self, year: i32) -> CaseNumber {
        let listed = self.practice.cases.revisions().iter().map(|listing| listing.body.number);
        let known = self.cases().iter().map(|summary| summary.facts.number);
        let highest = listed.chain(known).filter(|number| number.year == year).map(|number| number.serial).max();
        CaseNumber { year, serial: highest.unwrap_or(0) + 1 }
    }

    /// Everything that is not about one case.
    #[must_use]
    pub fn practice(&self) -> &Practice {
        &self.practice
    }

    /// Saves the practice. [`Vault::practice`] is then what was saved, with what another
    /// computer wrote meanwhile.
    ///
    /// # Errors
    /// As [`Vault::save_case`]; [`Vault::practice`] is then as it was.
    pub fn save_practice(&mut self, practice: Practice, now: DateTime<Utc>) -> Result<Saved, SaveError> {
        if !none_lost(&practice_revisions(&self.practice), &practice_revisions(&practice)) {
            return Err(SaveError::FewerRevisions(Object::Practice));
        }
        let SavedAs { mark, merged } = self.store.save_merging(&self.pins, &practice, Some(self.practice_mark), now)?;
        self.pins.saved(Object::Practice, mark);
        let more = merged.is_some();
        self.practice = merged.unwrap_or(practice);
        self.practice_mark = mark;
        self.practice_unsaved = false;
        if more {
            self.notice(Finding::Merged(Object::Practice));
        }
        Ok(Saved { at: now, merged: more })
    }

    pub(crate) fn save_own_practice(&mut self, now: DateTime<Utc>) -> Result<Saved, SaveError> {
        self.save_practice(self.practice.clone(), now)
    }

    /// Who writes now: this computer, in this session.
    #[must_use]
    pub fn stamp(&self, now: DateTime<Utc>) -> Stamp {
        Stamp { device: self.store.device, at: now, session: self.session }
    }

    /// What was noticed at unlock.
    #[must_use]
    pub fn warnings(&self) -> &[Finding] {
        &self.findings
    }

    /// The folder, links resolved.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.store.folder.root
    }

    /// Opens and verifies every file.
    #[must_use]
    pub fn check(&self) -> Check {
        check(&self.store, &self.pins, &self.practice, &self.findings)
    }

    /// Closes the vault: seals the register, keeps what the session saved once more in
    /// `prev/`, and writes the pin anew.
    ///
    /// # Errors
    /// When the register or a list that had to be mended could not be written. Every
    /// save that was acknowledged is on the disk all the same, and the vault is closed.
    pub fn lock(mut self, now: DateTime<Utc>) -> Result<(), SaveError> {
        let whole = self.save_what_was_put_over(now);
        let listed = if self.practice_unsaved { self.save_own_practice(now).map(|_| ()) } else { Ok(()) };
        let sealed = if self.register_stale { self.seal_register(now) } else { Ok(()) };
        // No case opens without the practice, so there is always a second version of it; a
        // back-up that was put back has none.
        let practice = Kept::list(&self.store.folder).of(Object::Practice).is_empty();
        let practice = practice.then_some((Object::Practice, self.practice_mark.header));
        snapshots::keep(&self.store.folder, self.pins.saved_now().chain(practice), now.date_naive());
        self.store.let_go_of_second_names();
        // A pin that could not be written runs behind, which does no harm.
        let _ = self.pins.compact();
        whole.and(listed).and(sealed)
    }

    pub(crate) fn seal_register(&mut self, now: DateTime<Utc>) -> Result<(), SaveError> {
        let content = Content::Register(&self.register);
        self.store.save(Object::Register, content, self.register_mark, now).map(|_| ())
    }
}
