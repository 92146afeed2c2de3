//! Whether all of the vault is there: which cases should be, and what keeps a count
//! of them from being right.

use crate::finding::Finding;
use crate::object::Object;
use crate::pins::Pins;
use crate::unlock::Heads;
use crate::vault::Vault;
use casebook::case::CaseNumber;
use casebook::practice::Practice;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The cases in the list of cases.
pub(crate) fn listed_cases(practice: &Practice) -> HashMap<Uuid, CaseNumber> {
    let revisions = practice.cases.revisions();
    let mut listed: HashMap<Uuid, CaseNumber> =
        revisions.iter().map(|revision| (revision.entry, revision.body.number)).collect();
    for gone in revisions.iter().filter(|revision| revision.deleted) {
        listed.remove(&gone.entry);
    }
    listed
}

/// The cases that were taken from the list, which is how a case is removed.
pub(crate) fn removed_cases(practice: &Practice) -> HashSet<Uuid> {
    practice.cases.revisions().iter().filter(|revision| revision.deleted).map(|revision| revision.entry).collect()
}

/// The cases that should be there: those in the list, and those that this computer saw.
/// An older folder brings an older list, which does not know what was added since; the
/// next save makes that list look new, and only the pin still knows.
pub(crate) fn expected_cases(practice: &Practice, pins: &Pins) -> HashSet<Uuid> {
    let removed = removed_cases(practice);
    let seen = pins.cases().filter(|id| !removed.contains(id));
    listed_cases(practice).into_keys().chain(seen).collect()
}

/// Expected cases without a file.
pub(crate) fn missing_cases(expected: &HashSet<Uuid>, heads: &Heads) -> Vec<Finding> {
    let there: HashSet<Uuid> = heads.cases.iter().map(|(id, _)| *id).collect();
    let mut missing: Vec<Uuid> = expected.difference(&there).copied().collect();
    missing.sort_unstable();
    missing.into_iter().map(|id| Finding::Missing(Object::Case(id))).collect()
}

impl Vault {
    /// Whether something is missing or wrong, so that a count of [`Vault::cases`] would
    /// not be a count of all that was written down.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.first_obstacle().is_some()
    }

    /// The first reason why [`Vault::is_incomplete`].
    #[must_use]
    pub fn first_obstacle(&self) -> Option<Finding> {
        let warned = self.findings.iter().copied().find(|finding| falsifies_counts(*finding));
        warned.or_else(|| {
            let usable: HashSet<Uuid> = self.cases().iter().map(|summary| summary.id).collect();
            let expected = expected_cases(&self.practice, &self.pins);
            expected.difference(&usable).min().map(|id| Finding::Missing(Object::Case(*id)))
        })
    }
}

/// The register is derived and the identity has done its work, so only a case or the
/// practice counts; and what merely was noticed, or was mended, changes no number.
fn falsifies_counts(finding: Finding) -> bool {
    let harmful = match finding {
        Finding::Missing(_)
        | Finding::Damaged(_)
        | Finding::Truncated(_)
        | Finding::Refused(_)
        | Finding::Foreign(_)
        | Finding::Forged(_)
        | Finding::Swapped { .. }
        | Finding::Older(_)
        | Finding::NewerFormat { .. }
        | Finding::UnknownCode(_)
        | Finding::NotDownloaded(_)
        | Finding::Unsteady(_)
        | Finding::Unreadable { .. } => true,
        Finding::ConflictCopy(_)
        | Finding::Merged(_)
        | Finding::Returned(_)
        | Finding::Restored(_)
        | Finding::Orphan(_)
        | Finding::KeptDamaged(_)
        | Finding::Adopted(_)
        | Finding::Repaired(_)
        | Finding::Unproven(_) => false,
    };
    // An identity of before the keys were renewed stands for a folder of that time.
    harmful && matches!(finding.object(), Object::Case(_) | Object::Practice)
        || finding == Finding::Older(Object::Identity)
}
