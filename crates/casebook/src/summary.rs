//! What lists, the name check, *Vandaag* and counting need of a case: one row of the
//! register. Derived, so it can always be made again from the case.

use crate::case::{Case, Consent, Facts, Person, Task, YearWork};
use chrono::{Datelike, NaiveDate};
use taxonomy::{ConsentKind, ConsentState};
use uuid::Uuid;

/// One case without its notes.
#[derive(Clone)]
pub struct CaseSummary {
    /// The case.
    pub id: Uuid,
    /// Its facts as they stand.
    pub facts: Facts,
    /// Everybody in it, with their entry ids.
    pub persons: Vec<(Uuid, Person)>,
    /// Its tasks, done ones too, with their entry ids.
    pub tasks: Vec<(Uuid, Task)>,
    /// Its consents.
    pub consents: Vec<(Uuid, Consent)>,
    /// Contacts and minutes per calendar month, notes and imported years together.
    pub work: Vec<Work>,
    /// Day of the last contact.
    pub last_contact: Option<NaiveDate>,
}

/// Work on one case in one month.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// Calendar year, or the report year of imported work.
    pub year: i32,
    /// 1-12; 0 for imported work, which belongs to its report year as a whole.
    pub month: u32,
    /// Contact moments.
    pub contacts: u32,
    /// Minutes.
    pub minutes: u32,
}

impl CaseSummary {
    /// The summary of a case; `None` when the case has no facts.
    #[must_use]
    pub fn of(case: &Case) -> Option<Self> {
        let mut work: Vec<Work> = Vec::new();
        let mut add = |year: i32, month: u32, contacts: u32, minutes: u32| match work
            .iter_mut()
            .find(|w| (w.year, w.month) == (year, month))
        {
            Some(known) => {
                known.contacts = known.contacts.saturating_add(contacts);
                known.minutes = known.minutes.saturating_add(minutes);
            }
            None => work.push(Work { year, month, contacts, minutes }),
        };
        for note in case.notes.current() {
            add(note.body.date.year(), note.body.date.month(), 1, note.body.minutes);
        }
        for imported in case.year_work.current() {
            let YearWork { year, contacts, minutes } = imported.body;
            add(year, 0, contacts, minutes);
        }
        work.sort_by_key(|w| (w.year, w.month));
        Some(Self {
            id: case.id,
            facts: case.current_facts()?.clone(),
            persons: case.persons.current().into_iter().map(|r| (r.entry, r.body.clone())).collect(),
            tasks: case.tasks.current().into_iter().map(|r| (r.entry, r.body.clone())).collect(),
            consents: case.consents.current().into_iter().map(|r| (r.entry, r.body.clone())).collect(),
            work,
            last_contact: case.notes.current().iter().map(|r| r.body.date).max(),
        })
    }

    /// Whether the newest consent of this kind is a yes.
    #[must_use]
    pub fn consents_to(&self, kind: ConsentKind) -> bool {
        let newest = self.consents.iter().map(|(_, c)| c).filter(|c| c.kind == kind).max_by_key(|c| c.date);
        newest.is_some_and(|c| c.state == ConsentState::Given)
    }
}
