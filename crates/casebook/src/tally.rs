//! From cases to counts: the only place where a case becomes a number.

use crate::CaseSummary;
use crate::answer::Counted;
use chrono::{Datelike, NaiveDate};
use counts::YearCounts;
use std::collections::HashSet;
use taxonomy::{AccusedRelation, AgeBand, Coded, ContractType, Dimension, FoundVia, Frequency, Gender, SalaryGroup};
use uuid::Uuid;

/// The report year a day falls in, when years start in `start_month` (1-12). A study
/// year carries the year in which it starts.
#[must_use]
pub fn report_year(day: NaiveDate, start_month: u32) -> i32 {
    if day.month() >= start_month { day.year() } else { day.year() - 1 }
}

/// Which cases a year counts.
pub struct Selection<'a> {
    /// The organisation.
    pub organisation: Uuid,
    /// The report year.
    pub year: i32,
    /// First month of the report year, 1-12.
    pub start_month: u32,
    /// Earlier years that were made final; a case of such a year that was not counted
    /// then is late, and counts now.
    pub frozen_years: &'a HashSet<i32>,
    /// Cases that an earlier final report counted.
    pub counted_before: &'a HashSet<Uuid>,
}

impl Selection<'_> {
    /// Whether a case is a new melding of this year. A case that came in after its own
    /// year was made final counts once, in the first year after it that is still open.
    #[must_use]
    pub fn is_new(&self, case: &CaseSummary) -> bool {
        let facts = &case.facts;
        if facts.draft || facts.organisation != Some(self.organisation) || self.counted_before.contains(&case.id) {
            return false;
        }
        let own = report_year(facts.intake, self.start_month);
        let late = self.frozen_years.contains(&own) && !facts.carried_over;
        own == self.year || (late && (own..).find(|year| !self.frozen_years.contains(year)) == Some(self.year))
    }
}

/// Counts one organisation-year. Returns the counts and the cases that are in them.
#[must_use]
pub fn tally<'a>(cases: impl Iterator<Item = &'a CaseSummary>, selection: &Selection<'_>) -> (YearCounts, Vec<Uuid>) {
    let mut counts = YearCounts::default();
    let mut counted = Vec::new();
    for case in cases.filter(|c| !c.facts.draft && c.facts.organisation == Some(selection.organisation)) {
        add_work(&mut counts, case, selection);
        if selection.is_new(case) {
            counted.push(case.id);
            add_case(&mut counts, case);
        }
    }
    counted.sort_unstable();
    (counts, counted)
}

fn add_work(counts: &mut YearCounts, case: &CaseSummary, selection: &Selection<'_>) {
    let in_year = |w: &&crate::summary::Work| match NaiveDate::from_ymd_opt(w.year, w.month, 1) {
        Some(month) => report_year(month, selection.start_month) == selection.year,
        None => w.year == selection.year,
    };
    let (mut contacts, mut minutes) = (0_u32, 0_u32);
    for work in case.work.iter().filter(in_year) {
        contacts = contacts.saturating_add(work.contacts);
        minutes = minutes.saturating_add(work.minutes);
    }
    counts.contacts = counts.contacts.saturating_add(contacts);
    counts.minutes = counts.minutes.saturating_add(minutes);
    counts.largest_case_minutes = counts.largest_case_minutes.max(minutes);
}

fn one<T: Coded>(value: T) -> core::iter::Once<usize> {
    core::iter::once(value.index())
}

fn add_case(counts: &mut YearCounts, case: &CaseSummary) {
    let facts = &case.facts;
    if let Some(matter) = facts.non_belonging {
        counts.not_in_scope += 1;
        counts.count(Dimension::NonBelonging, one(matter));
        return;
    }
    counts.in_scope += 1;
    counts.count(Dimension::Behaviour, facts.behaviours.iter().map(|b| b.index()));
    counts.count(Dimension::DiscriminationGround, facts.grounds.iter().map(|g| g.index()));
    counts.count(Dimension::AccusedRelation, one(AccusedRelation::counted(facts.accused_relation)));
    counts.count(Dimension::Frequency, one(Frequency::counted(facts.frequency)));
    counts.count(Dimension::Gender, one(Gender::counted(facts.gender)));
    counts.count(Dimension::AgeBand, one(AgeBand::counted(facts.age_band)));
    counts.count(Dimension::SalaryGroup, one(SalaryGroup::counted(facts.salary_group)));
    counts.count(Dimension::ContractType, one(ContractType::counted(facts.contract_type)));
    counts.count(Dimension::Intervention, facts.interventions.iter().map(|i| i.index()));
    counts.count(Dimension::Outcome, one(facts.outcome));
    counts.count(Dimension::ReferralTarget, facts.referrals.iter().map(|r| r.index()));
    counts.count(Dimension::ContactChannel, one(facts.channel));
    counts.count(Dimension::FoundVia, one(FoundVia::counted(facts.found_via)));
    counts.count(Dimension::AftercareResult, one(facts.aftercare));
}
