//! One organisation-year: which cases it counts, and what was counted when it was made
//! final.

use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use casebook::CaseText;
use casebook::practice::{FrozenYear, Organisation, ReportTexts};
use casebook::tally::{Selection, report_year, tally};
use chrono::NaiveDate;
use counts::YearCounts;
use std::collections::HashSet;
use uuid::Uuid;

/// An organisation-year with its counts: those of a final year never change.
pub(crate) struct Year {
    pub(crate) id: Uuid,
    pub(crate) year: i32,
    pub(crate) organisation: Organisation,
    pub(crate) counts: YearCounts,
    pub(crate) counted: Vec<Uuid>,
    pub(crate) texts: ReportTexts,
    pub(crate) frozen: Option<FrozenYear>,
    /// Years that can be reported on, newest first.
    pub(crate) years: Vec<i32>,
}

impl Year {
    /// Whether the year lies wholly before a day.
    pub(crate) fn is_over(&self, today: NaiveDate) -> bool {
        report_year(today, self.organisation.year_start_month) > self.year
    }
}

/// Counts one organisation-year, or takes what was frozen.
///
/// A year between the organisation's first melding and today always has a report, also
/// when it holds none: otherwise the bare existence of a report would show that there
/// was a case.
pub(crate) fn year(app: &App, id: Uuid, year: i32) -> Result<Year, ApiError> {
    app.complete()?;
    let organisation = app.organisation(id)?.clone();
    let start_month = organisation.year_start_month;
    let vault = app.vault()?;
    let ours = || vault.cases().iter().filter(|case| !case.facts.draft && case.facts.organisation == Some(id));
    let frozen_years: Vec<FrozenYear> = vault
        .practice()
        .frozen_years
        .current()
        .into_iter()
        .filter(|r| r.body.organisation == id)
        .map(|r| r.body.clone())
        .collect();
    let first_case = ours().map(|case| report_year(case.facts.intake, start_month)).min();
    let first = first_case.into_iter().chain(frozen_years.iter().map(|frozen| frozen.year)).min();
    let last = report_year(app.clock.today(), start_month);
    let years: Vec<i32> = first.map(|first| (first..=last).rev().collect()).unwrap_or_default();
    if !years.contains(&year) {
        return Err(ApiError::new(ErrorCode::YearEmpty).with(year.to_string()));
    }
    if let Some(frozen) = frozen_years.iter().find(|frozen| frozen.year == year) {
        if frozen.taxonomy_version != taxonomy::VERSION {
            // Its numbers belong to other trees; reading them with these would be wrong.
            return Err(ApiError::internal("frozen year"));
        }
        let numbers = frozen.counts.split_whitespace().map_while(|word| word.parse().ok());
        let counts = YearCounts::from_numbers(numbers).ok_or_else(|| ApiError::internal("frozen year"))?;
        let (counted, texts) = (frozen.counted.clone(), frozen.texts.clone());
        return Ok(Year { id, year, organisation, counts, counted, texts, frozen: Some(frozen.clone()), years });
    }
    let earlier: HashSet<i32> = frozen_years.iter().map(|frozen| frozen.year).collect();
    let before: HashSet<Uuid> = frozen_years.iter().flat_map(|frozen| frozen.counted.iter().copied()).collect();
    let selection = Selection { organisation: id, year, start_month, frozen_years: &earlier, counted_before: &before };
    let (counts, counted) = tally(vault.cases().iter(), &selection);
    let texts = vault.practice().texts_of(id, year).map(|revision| revision.body.clone());
    let texts = texts.unwrap_or_else(|| empty_texts(id, year));
    Ok(Year { id, year, organisation, counts, counted, texts, frozen: None, years })
}

fn empty_texts(organisation: Uuid, year: i32) -> ReportTexts {
    ReportTexts {
        organisation,
        year,
        summary: CaseText::default(),
        activities: CaseText::default(),
        risk_profile: CaseText::default(),
        comparison: CaseText::default(),
        developments: CaseText::default(),
        evaluation: CaseText::default(),
        recommendations: CaseText::default(),
    }
}
