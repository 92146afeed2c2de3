//! One case (*melding*): coded facts, notes, persons, tasks, consents, and the summary
//! that is being written about it. Start here.
//!
//! What happens to a case, and the rules (R1-R43) behind it, stand in
//! `docs/glossary.md`. A case is kept by its number; it has no title and no name.

use crate::{Answer, Attachment, CaseText, Entries};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;
use taxonomy::{
    AccusedRelation, AftercareResult, AgeBand, Behaviour, BreachProcedure, ClosingReason, ConsentKind, ConsentState,
    ContactChannel, ContractType, DiscriminationGround, DutyBasis, FoundVia, Frequency, Gender, Intervention, Language,
    NonBelonging, Outcome, PersonRole, Phase, ReferralTarget, ReporterPosition, ReporterRole, SalaryGroup,
};
use uuid::Uuid;

/// The neutral number of a case: the year of intake and a serial, `2026-014`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CaseNumber {
    /// Year in which the case was written down.
    pub year: i32,
    /// Serial within that year, from 1.
    pub serial: u32,
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:03}", self.year, self.serial)
    }
}

impl FromStr for CaseNumber {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (year, serial) = text.trim().split_once('-').ok_or(())?;
        let number = Self { year: year.parse().map_err(|_| ())?, serial: serial.parse().map_err(|_| ())? };
        if year.len() == 4 && number.serial > 0 { Ok(number) } else { Err(()) }
    }
}

/// One case, whole: the file `cases/<id>.age`.
#[derive(Clone)]
pub struct Case {
    /// Also the name of the file and the entry id of its facts.
    pub id: Uuid,
    /// The coded facts; exactly one entry.
    pub facts: Entries<Facts>,
    /// Contact moments with what was said.
    pub notes: Entries<Note>,
    /// Everybody who plays a part.
    pub persons: Entries<Person>,
    /// What is still to be done.
    pub tasks: Entries<Task>,
    /// What the reporter agreed to, or did not.
    pub consents: Entries<Consent>,
    /// Work of a year that was counted elsewhere and imported.
    pub year_work: Entries<YearWork>,
    /// The intervision summary that is being written; at most one entry, whose id is the
    /// case's, so that two computers never make two of it.
    pub summary_drafts: Entries<SummaryDraft>,
    /// Files that belong to it; the entry id is the name of the sealed file.
    pub attachments: Entries<Attachment>,
}

impl Case {
    /// A case without facts yet.
    #[must_use]
    pub fn new(id: Uuid) -> Self {
        Self {
            id,
            facts: Entries::default(),
            notes: Entries::default(),
            persons: Entries::default(),
            tasks: Entries::default(),
            consents: Entries::default(),
            year_work: Entries::default(),
            summary_drafts: Entries::default(),
            attachments: Entries::default(),
        }
    }

    /// Everything that either of two versions of this case holds.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        let Self { id, facts, notes, persons, tasks, consents, year_work, summary_drafts, attachments } = other;
        debug_assert_eq!(self.id, id, "two versions of one case");
        Self {
            id: self.id,
            facts: self.facts.union(facts),
            notes: self.notes.union(notes),
            persons: self.persons.union(persons),
            tasks: self.tasks.union(tasks),
            consents: self.consents.union(consents),
            year_work: self.year_work.union(year_work),
            summary_drafts: self.summary_drafts.union(summary_drafts),
            attachments: self.attachments.union(attachments),
        }
    }

    /// The facts as they stand. Every stored case has them.
    #[must_use]
    pub fn current_facts(&self) -> Option<&Facts> {
        self.facts.get(self.id).map(|r| &r.body)
    }

    /// The summary that is being written, if one was begun.
    #[must_use]
    pub fn current_summary_draft(&self) -> Option<&SummaryDraft> {
        self.summary_drafts.get(self.id).map(|r| &r.body)
    }
}

/// The coded facts of a case; what the annual report counts comes from here.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Facts {
    /// The neutral number.
    pub number: CaseNumber,
    /// The code under which an imported case was known before, for example `VB25-01`.
    pub imported_as: CaseText,
    /// Whether an import said that it came from an earlier year: it is then a new melding
    /// of its own year only, also when that year was made final without it.
    pub carried_over: bool,
    /// The organisation; `None` while the melding is a draft.
    pub organisation: Option<Uuid>,
    /// Whether the adviser still has to file it (*Melding vastleggen*).
    pub draft: bool,
    /// Date of first contact.
    pub intake: NaiveDate,
    /// Date of closing.
    pub closed: Option<NaiveDate>,
    /// Where the case stands.
    pub phase: Phase,
    /// How the first contact came in.
    pub channel: ContactChannel,
    /// How the reporter found the adviser.
    pub found_via: Answer<FoundVia>,
    /// The reporter's part; drives the never-both-parties rule (R1-R3).
    pub reporter_role: Answer<ReporterRole>,
    /// Level of the reporter, not the job title.
    pub reporter_position: Answer<ReporterPosition>,
    /// Gender of the reporter.
    pub gender: Answer<Gender>,
    /// Age group of the reporter; a birth date is never kept.
    pub age_band: Answer<AgeBand>,
    /// Kind of employment.
    pub contract_type: Answer<ContractType>,
    /// Salary group, if the organisation wants it counted.
    pub salary_group: Answer<SalaryGroup>,
    /// Department of the organisation, by its short name.
    pub department: CaseText,
    /// What it is about when it does not belong with the adviser; `None` = it belongs.
    pub non_belonging: Option<NonBelonging>,
    /// Behaviour, main types and sub-types.
    pub behaviours: BTreeSet<Behaviour>,
    /// Grounds, only with discrimination.
    pub grounds: BTreeSet<DiscriminationGround>,
    /// Position of the person reported on.
    pub accused_relation: Answer<AccusedRelation>,
    /// How often it happened.
    pub frequency: Answer<Frequency>,
    /// What the adviser did.
    pub interventions: BTreeSet<Intervention>,
    /// Where the reporter was referred to.
    pub referrals: BTreeSet<ReferralTarget>,
    /// How it ended; [`Outcome::Ongoing`] while open.
    pub outcome: Outcome,
    /// Why it was closed; [`ClosingReason::NotClosed`] while open.
    pub closing_reason: ClosingReason,
    /// What aftercare brought.
    pub aftercare: AftercareResult,
    /// Whether a second adviser was involved.
    pub second_adviser: bool,
    /// Ground that was weighed for breaking confidentiality.
    pub duty_basis: DutyBasis,
    /// Where that procedure stands (code of domain rule R10).
    pub breach: BreachProcedure,
    /// Private word that ties cases with the same person reported on (R37).
    pub cluster: CaseText,
    /// Safe contact route and its limits (R38).
    pub contact_route: CaseText,
    /// When confidentiality and its limits were explained (R5).
    pub explained_on: Option<NaiveDate>,
}

impl Facts {
    /// The facts of a new draft: everything not asked yet.
    #[must_use]
    pub fn draft(number: CaseNumber, intake: NaiveDate) -> Self {
        Self {
            number,
            imported_as: CaseText::default(),
            carried_over: false,
            organisation: None,
            draft: true,
            intake,
            closed: None,
            phase: Phase::PhoneIntake,
            channel: ContactChannel::Phone,
            found_via: Answer::NotAsked,
            reporter_role: Answer::Is(ReporterRole::Affected),
            reporter_position: Answer::NotAsked,
            gender: Answer::NotAsked,
            age_band: Answer::NotAsked,
            contract_type: Answer::NotAsked,
            salary_group: Answer::NotAsked,
            department: CaseText::default(),
            non_belonging: None,
            behaviours: BTreeSet::new(),
            grounds: BTreeSet::new(),
            accused_relation: Answer::NotAsked,
            frequency: Answer::NotAsked,
            interventions: BTreeSet::new(),
            referrals: BTreeSet::new(),
            outcome: Outcome::Ongoing,
            closing_reason: ClosingReason::NotClosed,
            aftercare: AftercareResult::NotApplicable,
            second_adviser: false,
            duty_basis: DutyBasis::None,
            breach: BreachProcedure::NotApplicable,
            cluster: CaseText::default(),
            contact_route: CaseText::default(),
            explained_on: None,
        }
    }

    /// Whether the matter belongs with the adviser.
    #[must_use]
    pub fn in_scope(&self) -> bool {
        self.non_belonging.is_none()
    }

    /// Whether the case is closed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed.is_some()
    }
}

/// One contact moment: facts and own impressions are kept apart (R14).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Note {
    /// Day of the contact.
    pub date: NaiveDate,
    /// How.
    pub channel: ContactChannel,
    /// Length in minutes; 0 when not written down.
    pub minutes: u32,
    /// With whom, as a role.
    pub with_whom: CaseText,
    /// What was said and agreed.
    pub facts: CaseText,
    /// The adviser's own impressions; these never leave the vault.
    pub impressions: CaseText,
}

/// Somebody in a case.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Person {
    /// The part played.
    pub role: PersonRole,
    /// Name or any mark the adviser knows the person by.
    pub name: CaseText,
    /// Other names, separated by commas.
    pub aliases: CaseText,
    /// E-mail addresses and phone numbers, separated by commas.
    pub contact: CaseText,
    /// Job title, team, place: what would identify the person in a text.
    pub details: CaseText,
}

/// Something to do, on a day, for a reason.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Task {
    /// The day it comes up on *Vandaag*.
    pub due: NaiveDate,
    /// Why.
    pub reason: CaseText,
    /// The day it was done.
    pub done: Option<NaiveDate>,
}

/// What the reporter said about one kind of consent.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Consent {
    /// For what.
    pub kind: ConsentKind,
    /// Given, refused or withdrawn.
    pub state: ConsentState,
    /// On which day.
    pub date: NaiveDate,
    /// In writing, or by word of mouth.
    pub written: bool,
    /// How far it goes, in words.
    pub scope: CaseText,
}

/// Contacts and time of one year that were counted before Luwte.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct YearWork {
    /// The report year.
    pub year: i32,
    /// Contact moments in that year.
    pub contacts: u32,
    /// Minutes spent in that year.
    pub minutes: u32,
}

/// An intervision summary while it is written: new text by the adviser, never an excerpt
/// of a note. It is no part of [`CaseSummary`](crate::CaseSummary): nothing is listed,
/// counted or searched by it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SummaryDraft {
    /// The language it is written in.
    pub language: Language,
    /// The first day of the month in which the group meets, once chosen.
    pub month: Option<NaiveDate>,
    /// Codes of the reporter's traits that it will tell.
    pub traits: Vec<String>,
    /// Code of the side from which the group is asked to look; empty when not chosen.
    pub angle: String,
    /// What happened, in roles.
    pub situation: CaseText,
    /// What the adviser did.
    pub action: CaseText,
    /// The dilemma and what the adviser wants to learn.
    pub question: CaseText,
    /// Feeling and own role.
    pub feeling: CaseText,
    /// Why the case is told without consent.
    pub reason: CaseText,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_number_reads_back_as_it_is_written() {
        let number = CaseNumber { year: 2026, serial: 14 };
        assert_eq!(number.to_string(), "2026-014");
        assert_eq!("2026-014".parse(), Ok(number));
        assert_eq!("26-1".parse::<CaseNumber>(), Err(()));
        assert_eq!("2026-0".parse::<CaseNumber>(), Err(()));
    }
}
