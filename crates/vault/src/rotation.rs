//! Other keys for a vault, after its passphrase or identity leaked. Another passphrase
//! would not lock out who copied the folder before; other keys do, from that moment on.
//!
//! First the three identity files hold the new keys and the former ones, so that every
//! file opens at every moment, with stock `age` too. Then file by file is sealed anew, as
//! slowly as her work allows. In the end the identity files are exchanged for ones without
//! the former keys, which were sealed and proved at the beginning, because no secret is at
//! hand then. Whatever dies in between is gone on with after the next unlock.

use crate::complete::{expected_cases, missing_cases};
use crate::finding::{Finding, OpenError, SaveError};
use crate::inbox;
use crate::keys::{Keys, Last};
use crate::local::LocalState;
use crate::object::Object;
use crate::passphrase::save_both;
use crate::publish::Displaced;
use crate::recovery_code::RecoveryCode;
use crate::reseal::{Pending, Resealed, flush_places, pending};
use crate::seal;
use crate::secret::Passphrase;
use crate::store::{Proof, opens_as};
use crate::unlock::{read_heads, read_keys};
use crate::vault::Vault;
use casebook::Entries;
use casebook::practice::Practice;
use chrono::{DateTime, Utc};
use secrecy::SecretString;
use std::collections::HashSet;
use std::path::PathBuf;
use uuid::Uuid;

/// What is left of a rotation, in memory; the disk alone would tell as well.
#[derive(Default)]
pub(crate) struct Rotation {
    todo: Vec<Pending>,
    done: usize,
    kept_back: Vec<Finding>,
    /// Files that do not open or could not be sealed anew.
    skipped: HashSet<PathBuf>,
    /// Cases in which nobody looked yet for the hand of another computer.
    unread: Option<Vec<Uuid>>,
    /// Whether another computer wrote in the practice or in a case.
    others: bool,
    /// Whether all that can be done is done.
    waiting: bool,
}

/// How far a rotation is.
#[derive(Debug)]
pub struct RotationStep {
    /// Files that were sealed anew since this computer unlocked.
    pub done: usize,
    /// Files that are known to follow; more may be found.
    pub left: usize,
    /// Files that only the former keys open, and why they cannot be sealed anew. Until
    /// they can, or she lets go of them, the former keys stay.
    pub kept_back: Vec<Finding>,
    /// Another computer has written in this vault and may hold files that did not arrive
    /// here yet; only she knows.
    pub other_computers: bool,
    /// Nothing more can be done before one of these changes, or she lets go.
    pub waiting: bool,
    /// The former keys open nothing any more.
    pub finished: bool,
}

impl Vault {
    /// Whether the keys are being changed.
    #[must_use]
    pub fn is_rotating(&self) -> bool {
        self.store.keys.last().is_some()
    }

    /// Begins to change the keys: from here on everything that is saved is sealed with new
    /// ones, and the new passphrase and the new code are the only ones that open. What was
    /// written before follows with [`Vault::continue_rotation`]. The code must be on paper
    /// by now. Copies of the folder elsewhere keep opening with the old secrets.
    ///
    /// # Errors
    /// When the old passphrase is not right, the keys are being changed already, or the
    /// disk would not take it: the old passphrase opens the vault then, or the new one.
    pub fn rotate(
        &mut self,
        old: &Passphrase,
        new: &Passphrase,
        code: &RecoveryCode,
        local: &LocalState,
        now: DateTime<Utc>,
    ) -> Result<(), SaveError> {
        if self.is_rotating() {
            return Err(SaveError::Rotating);
        }
        match self.is_passphrase(old) {
            // An attempt that failed half way may have put the new one in place.
            Err(SaveError::WrongPassphrase) if self.was_begun_with(new) => {}
            other => other?,
        }
        let next = self.store.keys.successor();
        let last = Last([
            sealed_last(&next, &code.passphrase(), Object::Recovery)?,
            sealed_last(&next, &new.0, Object::IdentityCopy)?,
            sealed_last(&next, &new.0, Object::Identity)?,
        ]);
        let keys = next.rotating(self.store.keys.again(), last);
        let former = std::mem::replace(&mut self.store.keys, keys);
        // Should this fail, everything goes on with the former keys, which every identity
        // file still holds.
        self.write_identities(new, code).inspect_err(|_| self.store.keys = former)?;
        let _ = self.pins.rekey(self.store.keys.derive_pin_keys());
        for stem in ["vault", "recovery"] {
            let _ = self.store.folder.forget_kept(stem);
        }
        self.findings.retain(|finding| finding.object() != Object::Recovery);
        if let Some(words) = self.words_aside(None, local) {
            let _ = self.put_words_aside(&words, local);
        }
        self.renew_inbox(now);
        inbox::remember(local, &self.store.folder, &self.practice);
        Ok(())
    }

    fn was_begun_with(&self, new: &Passphrase) -> bool {
        let opened = read_keys(&self.store.folder, Object::Identity, &new.0);
        matches!(opened, Ok(Some(keys)) if keys.last().is_some() && keys.open_what_opens(&self.store.keys))
    }

    /// The recovery file first: whoever still has the old passphrase then opens what is
    /// sealed with the former keys, and nothing is sealed with the new ones before both
    /// copies hold them.
    fn write_identities(&mut self, new: &Passphrase, code: &RecoveryCode) -> Result<(), SaveError> {
        let object = Object::Recovery;
        let mark = self.store.save_keys(object, &code.passphrase(), Proof::Opening, Displaced::Dropped)?;
        self.pins.saved(object, mark);
        save_both(&self.store, &mut self.pins, new)
    }

    /// Who has the former keys has the practice, and with it what opens the inbox.
    fn renew_inbox(&mut self, now: DateTime<Utc>) {
        let stamp = self.stamp(now);
        inbox::add_key(&mut self.practice.inbox_keys, stamp);
        self.practice_unsaved = true;
        // It is saved with the next thing that is, or at lock.
        let _ = self.save_own_practice(now);
    }

    /// Seals at most so many files anew. When none is left, the former keys go; unless
    /// files are kept back or another computer wrote here: then they go when she lets go.
    ///
    /// # Errors
    /// When the disk would not take it. What was sealed anew stays so, and the next call
    /// goes on.
    pub fn continue_rotation(
        &mut self,
        at_most: usize,
        let_go: bool,
        now: DateTime<Utc>,
    ) -> Result<RotationStep, SaveError> {
        let mut rotation = self.resealing.take().unwrap_or_default();
        let outcome = self.reseal_some(&mut rotation, at_most, let_go, now);
        let finished = !self.is_rotating();
        let step = RotationStep {
            done: rotation.done,
            left: rotation.todo.len() + rotation.unread.as_ref().map_or(0, Vec::len),
            kept_back: rotation.kept_back.clone(),
            other_computers: rotation.others,
            waiting: rotation.waiting,
            finished,
        };
        if !finished {
            self.resealing = Some(rotation);
        }
        outcome.map(|()| step)
    }

    fn reseal_some(
        &mut self,
        rotation: &mut Rotation,
        at_most: usize,
        let_go: bool,
        now: DateTime<Utc>,
    ) -> Result<(), SaveError> {
        if !self.is_rotating() {
            return Ok(());
        }
        if rotation.waiting {
            // What was kept back may have been mended or downloaded meanwhile.
            *rotation = Rotation { done: rotation.done, ..Rotation::default() };
        }
        let reading = rotation.unread.as_ref().is_some_and(|unread| !unread.is_empty());
        if rotation.todo.is_empty() && !reading {
            rotation.todo = pending(&self.store, &self.practice, &rotation.skipped)?;
        }
        if !rotation.todo.is_empty() {
            // What a save displaces on the way is found by the next look.
            return self.reseal_next(rotation, at_most, now);
        }
        if !(let_go || self.read_some(rotation, at_most)) {
            return Ok(());
        }
        // Reading took several calls, and something may have arrived.
        rotation.todo = pending(&self.store, &self.practice, &rotation.skipped)?;
        if !rotation.todo.is_empty() {
            return Ok(());
        }
        let heads = read_heads(&self.store.folder)?;
        for missing in missing_cases(&expected_cases(&self.practice, &self.pins), &heads) {
            if !rotation.kept_back.contains(&missing) {
                rotation.kept_back.push(missing);
            }
        }
        let others = rotation.others || self.others_wrote();
        rotation.others = others;
        rotation.waiting = !let_go && (others || !rotation.kept_back.is_empty());
        if rotation.waiting { Ok(()) } else { self.finish_rotation() }
    }

    fn reseal_next(&mut self, rotation: &mut Rotation, at_most: usize, now: DateTime<Utc>) -> Result<(), SaveError> {
        for _ in 0..at_most {
            let Some(next) = rotation.todo.last() else { break };
            // Nobody knows how large it is; a note or a lock must not wait for several.
            let alone = matches!(next.object, Some(Object::Attachment(_)));
            match self.reseal(next, now)? {
                Ok(()) => rotation.done += 1,
                Err(finding) => {
                    rotation.skipped.insert(next.path.clone());
                    // An earlier version that opens for nobody holds nothing back.
                    rotation.kept_back.extend(finding);
                }
            }
            rotation.todo.pop();
            if alone {
                break;
            }
        }
        Ok(())
    }

    /// Seals one file anew; the inner error says why it cannot be.
    fn reseal(&mut self, pending: &Pending, now: DateTime<Utc>) -> Result<Resealed, SaveError> {
        match pending.object {
            Some(Object::Practice) => self.save_own_practice(now).map(|_| Ok(())),
            Some(Object::Register) => {
                self.register_stale = true;
                self.seal_register(now).map(Ok)
            }
            Some(Object::Case(id)) => match self.case(id) {
                Ok(case) => self.save_case(&case, now).map(|_| Ok(())),
                Err(OpenError::File(finding)) => Ok(Err(Some(finding))),
                Err(_) => Ok(Err(Some(Finding::Damaged(Object::Case(id))))),
            },
            Some(Object::QuickNote(id)) => self.reseal_quick_note(id),
            Some(object) => self.store.reseal_attachment(object),
            None => self.store.reseal_kept(&pending.path),
        }
    }

    /// Looks in some more cases for the hand of another computer, which is also the last
    /// look whether they open; says whether all were looked at.
    fn read_some(&mut self, rotation: &mut Rotation, at_most: usize) -> bool {
        let own = self.store.device;
        let all = || self.cases().iter().map(|summary| summary.id).collect();
        let mut unread = rotation.unread.take().unwrap_or_else(all);
        for _ in 0..at_most {
            let Some(case) = unread.pop() else { break };
            let Ok(case) = self.case(case) else { continue };
            rotation.others |= written_elsewhere(&case.facts, own) || written_elsewhere(&case.notes, own);
        }
        let done = unread.is_empty();
        rotation.unread = Some(unread);
        done
    }

    /// Whether another computer wrote in the practice.
    fn others_wrote(&self) -> bool {
        let own = self.store.device;
        let Practice { adviser, organisations, report_texts, frozen_years, cases, log, inbox_keys } = &self.practice;
        written_elsewhere(adviser, own)
            || written_elsewhere(organisations, own)
            || written_elsewhere(report_texts, own)
            || written_elsewhere(frozen_years, own)
            || written_elsewhere(cases, own)
            || written_elsewhere(log, own)
            || written_elsewhere(inbox_keys, own)
    }

    /// Exchanges the identity files for those without the former keys.
    fn finish_rotation(&mut self) -> Result<(), SaveError> {
        let keys = self.store.keys.again();
        let last = keys.last().ok_or(SaveError::Rotating)?;
        flush_places(&self.store.folder)?;
        for object in Last::ORDER {
            let sealed = last.of(object).unwrap_or_default();
            if object == Object::Identity {
                // After the next step nothing can read what the former keys pinned.
                self.pins.compact()?;
            }
            let mark = self.store.put_keys(object, sealed, Displaced::Dropped, |read| read == sealed)?;
            self.pins.saved(object, mark);
        }
        self.store.keys = keys.without_former();
        let _ = self.pins.rekey(self.store.keys.derive_pin_keys());
        for stem in ["vault", "recovery"] {
            let _ = self.store.folder.forget_kept(stem);
        }
        Ok(())
    }
}

fn written_elsewhere<T: Clone>(entries: &Entries<T>, own: Uuid) -> bool {
    entries.revisions().iter().any(|revision| revision.device != own)
}

/// An identity file for the end of a rotation, proved by opening it.
fn sealed_last(keys: &Keys, secret: &SecretString, object: Object) -> Result<Vec<u8>, SaveError> {
    let sealed = seal::seal_keys(keys, secret, object)?.bytes;
    if opens_as(&sealed, secret, keys, object) { Ok(sealed) } else { Err(SaveError::Unproven(object)) }
}

/// The keys of a vault whose passphrase is being changed: during a rotation the files that
/// end it must open with the new one too.
pub(crate) fn with_passphrase(keys: &Keys, new: &Passphrase) -> Result<Keys, SaveError> {
    let again = keys.again();
    let Some(last) = keys.last() else { return Ok(again) };
    let alone = keys.again().without_former();
    let recovery = last.of(Object::Recovery).unwrap_or_default().to_vec();
    let copy = sealed_last(&alone, &new.0, Object::IdentityCopy)?;
    let first = sealed_last(&alone, &new.0, Object::Identity)?;
    Ok(again.ending_with(Last([recovery, copy, first])))
}
