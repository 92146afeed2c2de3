//! Names: the check for a conflict of interest, and the scan of a text that is to
//! leave the vault. Both look at letters in the same way (`fold`) and forgive the same
//! typing error (`spelling`).
//!
//! The index lives in memory only. The scan fails closed: an index that does not hold
//! every case of the vault never calls a text clean.

mod conflict;
mod fold;
mod harvest;
mod markup;
mod scan;
mod shapes;
mod spelling;
mod table;
#[cfg(test)]
mod tests;
mod vocabulary;

use crate::CaseSummary;
use crate::case::CaseNumber;
use crate::practice::Practice;
use conflict::{Candidate, Query};
pub use conflict::{Fit, Resemblance};
use harvest::Harvest;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;
use table::Table;
use thiserror::Error;
use uuid::Uuid;

/// What a finding gives away. The order is the one in which a word that is known in two
/// ways is named.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FindingKind {
    /// A part of somebody's name, or an alias.
    Name,
    /// Somebody's initials.
    Initials,
    /// An e-mail address or account, known or not.
    Email,
    /// A phone number or another number that belongs to one person, known or not.
    Number,
    /// The number of a case.
    CaseNumber,
    /// A code under which a case was imported.
    ImportedCode,
    /// A private word that ties cases together.
    PrivateWord,
    /// A client organisation.
    Organisation,
    /// A department.
    Department,
    /// A place or building.
    Place,
    /// A job title or another detail written down about somebody.
    Details,
}

impl FindingKind {
    /// Whether it is found by its shape and not only because the vault knows it.
    #[must_use]
    pub fn is_shape(self) -> bool {
        matches!(self, Self::Email | Self::Number | Self::CaseNumber)
    }

    /// The stable word for the door and the word list of the window.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Initials => "initials",
            Self::Email => "email",
            Self::Number => "number",
            Self::CaseNumber => "case_number",
            Self::ImportedCode => "imported_code",
            Self::PrivateWord => "private_word",
            Self::Organisation => "organisation",
            Self::Department => "department",
            Self::Place => "place",
            Self::Details => "details",
        }
    }
}

/// One place in a text that could tell who it is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The bytes of the text, on character boundaries.
    pub range: Range<usize>,
    /// What it gives away.
    pub kind: FindingKind,
}

/// Why a text could not be scanned. It must then be treated as not clean.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[non_exhaustive]
pub enum ScanError {
    /// Not every case of the vault could be opened, so not every name is known.
    #[error("not every case could be read, so not every name is known")]
    Incomplete,
}

struct Indexed {
    number: CaseNumber,
    organisation: Option<Uuid>,
    closed: bool,
    candidates: Vec<Candidate>,
    harvest: Harvest,
}

/// Every name of the vault, ready for both checks.
pub struct NameIndex {
    cases: BTreeMap<Uuid, Indexed>,
    practice: Harvest,
    numbers: BTreeSet<(i32, u32)>,
    incomplete: bool,
    table: OnceLock<Table>,
}

impl NameIndex {
    /// The index of a vault. `incomplete` says that a case or the practice could not be
    /// read: the conflict check then still answers from what is known, the scan does not.
    #[must_use]
    pub fn build<'a>(cases: impl IntoIterator<Item = &'a CaseSummary>, practice: &Practice, incomplete: bool) -> Self {
        let mut index = Self {
            cases: cases.into_iter().map(|case| (case.id, Indexed::of(case))).collect(),
            practice: Harvest::default(),
            numbers: BTreeSet::new(),
            incomplete,
            table: OnceLock::new(),
        };
        index.update_practice(practice);
        index
    }

    /// Takes a case in as it is now, in place of how it was.
    pub fn update(&mut self, case: &CaseSummary) {
        self.cases.insert(case.id, Indexed::of(case));
        self.table = OnceLock::new();
    }

    /// Forgets a case that is no longer in the vault.
    pub fn remove(&mut self, case: Uuid) {
        self.cases.remove(&case);
        self.table = OnceLock::new();
    }

    /// Takes the organisations, the adviser and the list of case numbers in as they are now.
    pub fn update_practice(&mut self, practice: &Practice) {
        self.practice = Harvest::of_practice(practice);
        let listed = practice.cases.current();
        self.numbers = listed.iter().map(|listing| listing.body.number).map(|n| (n.year, n.serial)).collect();
        self.table = OnceLock::new();
    }

    /// Says that some case can no longer be read, or that all can again.
    pub fn set_incomplete(&mut self, incomplete: bool) {
        self.incomplete = incomplete;
    }

    /// Whether a case or the practice could not be read.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.incomplete
    }

    /// Everybody who resembles what is being typed, best first; newer cases before
    /// older ones. Nobody while fewer than two letters are there.
    #[must_use]
    pub fn similar(&self, typed: &str) -> Vec<Resemblance> {
        let Some(query) = Query::of(typed) else { return Vec::new() };
        let mut found: Vec<Resemblance> = Vec::new();
        for (case, indexed) in &self.cases {
            for (fit, person, role) in indexed.candidates.iter().filter_map(|c| c.compare(&query)) {
                found.push(Resemblance {
                    case: *case,
                    number: indexed.number,
                    organisation: indexed.organisation,
                    closed: indexed.closed,
                    person,
                    role,
                    fit,
                });
            }
        }
        found.sort_by_key(|r| (r.fit, r.closed, std::cmp::Reverse(r.number)));
        found
    }

    /// Every place in a text that could tell who it is about, in order.
    ///
    /// # Errors
    /// [`ScanError`] when the index does not hold the whole vault; the text is then not
    /// known to be clean.
    pub fn scan(&self, text: &str) -> Result<Vec<Finding>, ScanError> {
        if self.incomplete {
            return Err(ScanError::Incomplete);
        }
        let harvests = || self.cases.values().map(|case| &case.harvest).chain([&self.practice]);
        let table = self.table.get_or_init(|| Table::of(harvests()));
        let known_case = |year, serial| {
            self.numbers.contains(&(year, serial))
                || self.cases.values().any(|case| (case.number.year, case.number.serial) == (year, serial))
        };
        Ok(scan::scan(text, table, known_case))
    }
}

impl Indexed {
    fn of(case: &CaseSummary) -> Self {
        Self {
            number: case.facts.number,
            organisation: case.facts.organisation,
            closed: case.facts.is_closed(),
            candidates: conflict::candidates(case),
            harvest: Harvest::of_case(case),
        }
    }
}
