//! Putting a file back from the versions that are kept of it.

use crate::finding::{Finding, SaveError};
use crate::kept::Kept;
use crate::object::Object;
use crate::pins::Pins;
use crate::register::Mark;
use crate::store::{Store, case_revisions, practice_revisions};
use crate::vault::Vault;
use casebook::case::Case;
use casebook::practice::Practice;
use chrono::{DateTime, Utc};
use std::collections::HashSet;

/// What a kept version can put right.
fn can_be_replaced(finding: Finding) -> bool {
    matches!(
        finding,
        Finding::Missing(_)
            | Finding::Damaged(_)
            | Finding::Truncated(_)
            | Finding::Refused(_)
            | Finding::Foreign(_)
            | Finding::Forged(_)
            | Finding::Swapped { .. }
            | Finding::Older(_)
    )
}

/// Whether an unlock may put a file back by itself. One of another identity is left: the
/// file may be somebody else's, or the identity, and nobody can tell which.
pub(crate) fn is_destroyed(finding: Finding) -> bool {
    can_be_replaced(finding) && !matches!(finding, Finding::Foreign(_) | Finding::Older(_))
}

impl Store {
    /// The practice as it was read, or what is kept of it when its file is destroyed: no
    /// case opens without the practice, however whole its own file is.
    pub(crate) fn practice_or_kept(
        &mut self,
        read: Result<(Practice, Mark), Finding>,
        pins: &mut Pins,
        now: DateTime<Utc>,
        findings: &mut Vec<Finding>,
    ) -> Result<(Practice, Mark), Finding> {
        let object = Object::Practice;
        let found = match read {
            Err(found) if is_destroyed(found) => found,
            read => return read,
        };
        // A lock keeps the last version; when the program died, only an earlier one is kept.
        let last = pins.get(object).is_none_or(|pin| self.keeps(object, pin.header));
        let Ok(Some((practice, mark))) = self.restore::<Practice>(pins, object, now) else { return Err(found) };
        pins.saved(object, mark);
        findings.push(Finding::Restored(object));
        // No accident makes these.
        if matches!(found, Finding::Forged(_) | Finding::Swapped { .. }) {
            findings.push(found);
        }
        if !last {
            findings.push(Finding::Older(object));
        }
        Ok((practice, mark))
    }
}

impl Vault {
    /// Of these findings the files that [`Vault::restore_previous`] can put right.
    #[must_use]
    pub fn restorable(&self, findings: &[Finding]) -> HashSet<Object> {
        let wrong = findings.iter().filter(|finding| can_be_replaced(**finding)).map(|finding| finding.object());
        let mut wrong: HashSet<Object> = wrong.collect();
        if !wrong.is_empty() {
            let kept = Kept::list(&self.store.folder);
            wrong.retain(|object| match object {
                Object::Case(_) => self.store.has_kept::<Case>(&kept, *object),
                Object::Practice => self.store.has_kept::<Practice>(&kept, *object),
                _ => false,
            });
        }
        wrong
    }

    /// Puts what the kept versions of a case or the practice hold in the place of a file
    /// that is missing, older or cannot be used. That file is kept in `prev/` too. Says
    /// whether there was a version to put back.
    ///
    /// # Errors
    /// When it could not be made durable.
    pub fn restore_previous(&mut self, object: Object, now: DateTime<Utc>) -> Result<bool, SaveError> {
        let mark = match object {
            Object::Case(id) => {
                let Some((case, mark)) = self.store.restore::<Case>(&self.pins, object, now)? else { return Ok(false) };
                self.revisions.insert(id, case_revisions(&case));
                self.held.saved(&case, mark);
                self.note_case(&case, mark);
                mark
            }
            Object::Practice => {
                let Some((practice, mark)) = self.store.restore::<Practice>(&self.pins, object, now)? else {
                    return Ok(false);
                };
                // What this session wrote may be in no file any more.
                self.practice_unsaved |= practice_revisions(&self.practice) != practice_revisions(&practice);
                self.practice = std::mem::take(&mut self.practice).union(practice);
                self.practice_mark = mark;
                mark
            }
            _ => return Ok(false),
        };
        self.pins.saved(object, mark);
        self.store.older.remove(&object);
        self.findings.retain(|finding| finding.object() != object);
        self.notice(Finding::Restored(object));
        Ok(true)
    }
}
