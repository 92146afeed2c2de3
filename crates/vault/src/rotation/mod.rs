//! Other keys for a vault, after its passphrase or identity leaked. Another passphrase
//! would not lock out who copied the folder before; other keys do, from that moment on.
//!
//! First the three identity files hold the new keys and the former ones, so that every
//! file opens at every moment, with stock `age` too. Then file by file is sealed anew, as
//! slowly as her work allows. In the end the identity files are exchanged for ones without
//! the former keys, which were sealed and proved at the beginning, because no secret is at
//! hand then. Whatever dies in between is gone on with after the next unlock.

mod begin;
mod reseal;

pub(crate) use begin::with_passphrase;

use crate::complete::{expected_cases, missing_cases};
use crate::finding::{DiskTrouble, Finding, SaveError};
use crate::kept::Kept;
use crate::keys::Last;
use crate::local::LocalState;
use crate::object::Object;
use crate::store::case_revisions;
use crate::unlock::read_heads;
use crate::vault::Vault;
use casebook::Entries;
use casebook::case::Case;
use casebook::practice::Practice;
use chrono::{DateTime, Utc};
use reseal::{Pending, Resealed, flush_places, pending};
use std::collections::HashSet;
use std::path::PathBuf;
use uuid::Uuid;

/// What is left of a rotation, in memory; the disk alone would tell as well.
#[derive(Default)]
pub(crate) struct Rotation {
    todo: Vec<Pending>,
    done: usize,
    kept_back: Vec<Finding>,
    /// What was kept back when she was asked whether she lets go.
    agreed: Vec<Finding>,
    /// Files that do not open or could not be sealed anew.
    skipped: HashSet<PathBuf>,
    /// Cases in which nobody looked yet for the hand of another computer.
    unread: Option<Vec<Uuid>>,
    /// Whether another computer wrote in the practice or in a case.
    others: bool,
    /// Whether the inbox has a key that nobody with the former ones chose or knows.
    inbox_renewed: bool,
    /// Whether all that can be done is done.
    waiting: bool,
}

impl Rotation {
    fn keep_back(&mut self, finding: Finding) {
        if !self.kept_back.contains(&finding) {
            self.kept_back.push(finding);
        }
    }
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
        local: &LocalState,
        now: DateTime<Utc>,
    ) -> Result<RotationStep, SaveError> {
        let mut rotation = self.resealing.take().unwrap_or_default();
        let outcome = self.reseal_some(&mut rotation, at_most, let_go, local, now);
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
        local: &LocalState,
        now: DateTime<Utc>,
    ) -> Result<(), SaveError> {
        if !self.is_rotating() {
            return Ok(());
        }
        if rotation.waiting {
            // What was kept back may have been mended or downloaded meanwhile.
            let agreed = std::mem::take(&mut rotation.kept_back);
            *rotation = Rotation { done: rotation.done, others: rotation.others, agreed, ..Rotation::default() };
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
        if !let_go {
            // Reading took several calls, and something may have arrived.
            rotation.todo = pending(&self.store, &self.practice, &rotation.skipped)?;
            if !rotation.todo.is_empty() {
                return Ok(());
            }
        }
        let heads = read_heads(&self.store.folder)?;
        for missing in missing_cases(&expected_cases(&self.practice, &self.pins), &heads) {
            rotation.keep_back(missing);
        }
        rotation.waiting = if let_go {
            // She let go of what she was shown, and of nothing that was added since.
            rotation.kept_back.iter().any(|finding| !rotation.agreed.contains(finding))
        } else {
            rotation.others || !rotation.kept_back.is_empty()
        };
        if rotation.waiting {
            return Ok(());
        }
        if !rotation.inbox_renewed {
            self.renew_inbox(local, now)?;
            rotation.inbox_renewed = true;
            // The notes are sealed for the new key first.
            return Ok(());
        }
        self.finish_rotation()
    }

    fn reseal_next(&mut self, rotation: &mut Rotation, at_most: usize, now: DateTime<Utc>) -> Result<(), SaveError> {
        for _ in 0..at_most {
            let Some(next) = rotation.todo.last() else { break };
            // Nobody knows how large it is; a note or a lock must not wait for several.
            let alone = matches!(next.object, Some(Object::Attachment(_)));
            let sealed = self.reseal(next, now);
            let kept_back = match sealed {
                Ok(Resealed::Anew) => None,
                // An earlier version that opens for nobody holds nothing back.
                Ok(Resealed::Nothing) => Some(None),
                // Without the practice nothing can go on.
                Err(error) if next.object == Some(Object::Practice) => return Err(error),
                Err(SaveError::File(finding)) => Some(Some(finding)),
                // One file that cannot be replaced must not hold up all the others.
                Err(SaveError::Disk(trouble)) if !matches!(trouble, DiskTrouble::Full | DiskTrouble::ReadOnly) => {
                    Some(Some(Finding::Unreadable { object: next.object.unwrap_or(Object::Practice), trouble }))
                }
                Err(error) => return Err(error),
            };
            let next = rotation.todo.pop().expect("it was just looked at");
            match kept_back {
                None => rotation.done += 1,
                Some(finding) => {
                    rotation.skipped.insert(next.path);
                    finding.into_iter().for_each(|finding| rotation.keep_back(finding));
                }
            }
            if alone {
                break;
            }
        }
        Ok(())
    }

    /// Seals one file anew. What is wrong with the file itself is [`SaveError::File`].
    fn reseal(&mut self, pending: &Pending, now: DateTime<Utc>) -> Result<Resealed, SaveError> {
        match pending.object {
            Some(Object::Practice) => self.save_own_practice(now).map(|_| Resealed::Anew),
            Some(Object::Register) => {
                self.register_stale = true;
                self.seal_register(now).map(|()| Resealed::Anew)
            }
            // Saved in the usual way it would be the newest, and nobody would know that it is old.
            Some(object @ Object::Case(_)) if self.store.older.contains(&object) => {
                self.store.reseal_kept(&pending.path)
            }
            Some(Object::Case(id)) => self.reseal_case(id, now),
            Some(Object::QuickNote(id)) => self.reseal_quick_note(id),
            Some(object) => self.store.reseal_attachment(object),
            None => self.store.reseal_kept(&pending.path),
        }
    }

    /// A case, with what a sync program put another version over; nothing is new in it, so
    /// no snapshot is due and nothing is held that she is not at work on.
    fn reseal_case(&mut self, id: Uuid, now: DateTime<Utc>) -> Result<Resealed, SaveError> {
        let object = Object::Case(id);
        let pinned = self.pins.get(object).map(|pin| pin.header);
        if self.store.folder.header(object).is_ok_and(|there| there != pinned) {
            let kept = Kept::list(&self.store.folder);
            if let Some((_, mark)) = self.store.put_back::<Case>(&self.pins, &kept, object, now)? {
                self.pins.pin(object, mark);
            }
        }
        let (case, mark) = self.store.load_case(id)?;
        let case = self.held.with_ours(case);
        let saved = self.store.save_merging(&self.pins, &case, Some(mark), now)?;
        let whole = saved.merged.unwrap_or(case);
        self.pins.pin(object, saved.mark);
        self.held.sealed_anew(&whole, saved.mark);
        self.revisions.insert(id, case_revisions(&whole));
        self.note_case(&whole, saved.mark);
        Ok(Resealed::Anew)
    }

    /// Looks in some more cases for the hand of another computer and for attachments that
    /// are not there; says whether all were looked at.
    fn read_some(&mut self, rotation: &mut Rotation, at_most: usize) -> bool {
        let own = self.store.device;
        rotation.others |= self.others_wrote();
        let all = || self.cases().iter().map(|summary| summary.id).collect();
        let mut unread = rotation.unread.take().unwrap_or_else(all);
        for _ in 0..at_most {
            let Some(case) = unread.pop() else { break };
            let Ok((case, _)) = self.store.load_case(case) else { continue };
            rotation.others |= written_elsewhere(&case.facts, own) || written_elsewhere(&case.notes, own);
            for attachment in case.attachments.revisions() {
                if !self.has_attachment(attachment.entry) {
                    rotation.keep_back(self.store.folder.absent(Object::Attachment(attachment.entry)));
                }
            }
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
            if object == Object::Identity {
                // After the next step nothing can read what the former keys pinned; and a file
                // from before it, put back later, must not bring them back.
                self.pins.retire(keys.former_name().unwrap_or_default());
                self.pins.compact()?;
            }
            let mark = self.store.put_last(object, last)?;
            self.pins.saved(object, mark);
        }
        self.store.keys = keys.without_former();
        let _ = self.pins.rekey(self.store.keys.derive_pin_keys());
        self.forget_former_secrets();
        Ok(())
    }
}

fn written_elsewhere<T: Clone>(entries: &Entries<T>, own: Uuid) -> bool {
    entries.revisions().iter().any(|revision| revision.device != own)
}
