//! Rows become cases: which cell is which, and the rules that hold between cells.

use super::columns::Column;
use super::problem::{Problem, ProblemKind};
use super::table::{Cell, Problems, Row, Table};
use super::values::RowReader;
use super::{ImportFile, ImportOptions, ImportRow};
use casebook::CaseText;
use casebook::case::{CaseNumber, Facts, YearWork};
use casebook::tally::report_year;
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeSet, HashMap};
use taxonomy::{
    AccusedRelation, Behaviour, BreachProcedure, ClosingReason, Coded, DutyBasis, NonBelonging, Outcome, Phase,
};

/// Where each column stands, by `Column as usize`.
pub(super) type Places = [Option<usize>; Column::ALL.len()];

/// All rows, or all problems.
pub(super) fn read(table: &Table, options: ImportOptions) -> Result<ImportFile, Vec<Problem>> {
    let mut problems = Problems::default();
    let places = places(&table.header, &mut problems);
    if !problems.none() {
        return Err(problems.into_vec());
    }
    if table.rows.is_empty() {
        return Err(vec![Problem::of_file(ProblemKind::NoRows)]);
    }
    let rows: Vec<_> = table.rows.iter().filter_map(|row| case(row, &places, options, &mut problems)).collect();
    compare_rows(table, &places, &mut problems);
    if problems.none() { Ok(ImportFile { rows }) } else { Err(problems.into_vec()) }
}

fn places(header: &Row, problems: &mut Problems) -> Places {
    let mut places: Places = [None; Column::ALL.len()];
    let mut known = 0;
    for (place, cell) in header.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        let name = cell.shown();
        // EXPOSE: compared with the names of the columns, and shown back as a problem.
        let column = Column::named(name.expose());
        let problem = |column, value, allowed, kind| Problem { line: header.line, column, value, allowed, kind };
        match column {
            None => problems.push(problem(None, name, Column::names(), ProblemKind::UnknownColumn)),
            Some(column) if places[column as usize].is_some() => {
                problems.push(problem(Some(column), CaseText::default(), Vec::new(), ProblemKind::DuplicateColumn));
            }
            Some(column) => {
                known += 1;
                places[column as usize] = Some(place);
            }
        }
    }
    if known == 0 {
        *problems = Problems::default();
        let allowed = Column::names();
        problems.push(Problem { allowed, ..Problem::of_line(header.line, ProblemKind::NoHeader) });
        return places;
    }
    for column in Column::ALL.iter().filter(|c| c.required() && places[**c as usize].is_none()) {
        problems.push(Problem { column: Some(*column), ..Problem::of_file(ProblemKind::MissingColumn) });
    }
    places
}

/// What no single row shows: a case that is there twice, a second organisation.
fn compare_rows(table: &Table, places: &Places, problems: &mut Problems) {
    let mut codes: HashMap<String, u32> = HashMap::new();
    let mut organisation: Option<(CaseText, u32)> = None;
    for row in &table.rows {
        let cell = |column: Column| places[column as usize].and_then(|place| row.cells.get(place));
        let problem = |column, value, kind| Problem { column: Some(column), value, ..Problem::of_line(row.line, kind) };
        if let Some(code) = cell(Column::CaseCode).map(Cell::shown).filter(|code| !code.is_empty()) {
            // EXPOSE: two codes are the same case whatever their letter case; only compared here.
            let first = *codes.entry(code.expose().to_lowercase()).or_insert(row.line);
            if first != row.line {
                problems.push(problem(Column::CaseCode, code, ProblemKind::DuplicateCase(first)));
            }
        }
        if let Some(mark) = cell(Column::OrgCode).map(Cell::shown).filter(|mark| !mark.is_empty()) {
            match &organisation {
                None => organisation = Some((mark, row.line)),
                Some((known, first)) if *known != mark => {
                    problems.push(problem(Column::OrgCode, mark, ProblemKind::OtherOrganisation(*first)));
                }
                Some(_) => {}
            }
        }
    }
}

/// One row; `None` when something is wrong with it, which is then in `problems`.
fn case(row: &Row, places: &Places, options: ImportOptions, problems: &mut Problems) -> Option<ImportRow> {
    let mut read = RowReader { row, places, problems };
    read.cells_without_column();
    let code = read.text(Column::CaseCode, true);
    read.text(Column::OrgCode, false);
    let year = read.year(Column::ReportYear);
    let carried_over = read.yes_no(Column::CarriedOver, Some(false));
    let intake = read.date(Column::IntakeDate, true);
    let closed = read.date(Column::ClosedDate, false);
    let phase = read.code::<Phase>(Column::Phase, None);
    let channel = read.code(Column::ContactChannel, None);
    let found_via = read.answer(Column::FoundVia);
    let reporter_role = read.answer(Column::ReporterRole);
    let reporter_position = read.answer(Column::ReporterPosition);
    let gender = read.answer(Column::Gender);
    let age_band = read.answer(Column::AgeBand);
    let contract_type = read.answer(Column::ContractType);
    let salary_group = read.answer(Column::SalaryGroup);
    let department = read.text(Column::Department, false);
    let in_scope = read.yes_no(Column::InScope, None);
    let matter = read.optional_code::<NonBelonging>(Column::NonBelonging);
    let behaviours = read.set::<Behaviour>(Column::Behaviours);
    let grounds = read.set(Column::DiscriminationGrounds);
    let accused_relation = read.answer::<AccusedRelation>(Column::AccusedRelation);
    let frequency = read.answer(Column::Frequency);
    let contacts = read.whole(Column::ContactMoments, 1_000);
    let minutes = read.minutes(Column::Hours, 2_000);
    let interventions = read.set(Column::Interventions);
    let referrals = read.set(Column::Referrals);
    let outcome = read.code::<Outcome>(Column::Outcome, None);
    let closing_reason = read.code::<ClosingReason>(Column::ClosingReason, None);
    let aftercare = read.code(Column::AftercareResult, None);
    let second_adviser = read.yes_no(Column::SecondVpo, Some(false));
    let duty_basis = read.code(Column::DutyBasisAssessed, Some(DutyBasis::None));
    let breach = read.code(Column::BreachProcedure, Some(BreachProcedure::NotApplicable));
    let cluster = read.text(Column::Cluster, false);

    if let (Some(year), Some(carried_over), Some(Some(intake))) = (year, carried_over, intake) {
        check_year(&mut read, year, carried_over, intake, closed.flatten(), options.year_start_month);
    }
    if let (Some(in_scope), Some(matter), Some(behaviours)) = (in_scope, matter, &behaviours) {
        check_scope(&mut read, in_scope, matter, behaviours, options.integrity_role);
    }
    if let (Some(behaviours), Some(grounds)) = (&behaviours, &grounds)
        && !BTreeSet::is_empty(grounds)
        && !behaviours.iter().any(|behaviour| behaviour.main() == Behaviour::Discrimination)
    {
        read.rule(Column::DiscriminationGrounds, ProblemKind::GroundWithoutDiscrimination, Vec::new());
    }
    if let (Some(closed), Some(phase), Some(outcome), Some(reason)) = (closed, phase, outcome, closing_reason) {
        check_closing(&mut read, closed.is_some(), phase, outcome, reason);
    }

    let intake = intake??;
    let facts = Facts {
        imported_as: code?,
        draft: false,
        closed: closed?,
        phase: phase?,
        channel: channel?,
        found_via: found_via?,
        reporter_role: reporter_role?,
        reporter_position: reporter_position?,
        gender: gender?,
        age_band: age_band?,
        contract_type: contract_type?,
        salary_group: salary_group?,
        department: department?,
        non_belonging: matter?,
        behaviours: behaviours?,
        grounds: grounds?,
        accused_relation: accused_relation?,
        frequency: frequency?,
        interventions: interventions?,
        referrals: referrals?,
        outcome: outcome?,
        closing_reason: closing_reason?,
        aftercare: aftercare?,
        second_adviser: second_adviser?,
        carried_over: carried_over?,
        duty_basis: duty_basis?,
        breach: breach?,
        cluster: cluster?,
        ..Facts::draft(CaseNumber { year: intake.year(), serial: 0 }, intake)
    };
    let work = YearWork { year: year?, contacts: contacts?, minutes: minutes? };
    Some(ImportRow { facts, work })
}

fn check_year(
    read: &mut RowReader<'_>,
    year: i32,
    carried_over: bool,
    intake: NaiveDate,
    closed: Option<NaiveDate>,
    start_month: u32,
) {
    let first = report_year(intake, start_month);
    if carried_over && first >= year {
        read.rule(Column::IntakeDate, ProblemKind::CarriedOverFromSameYear, Vec::new());
    }
    if !carried_over && first != year {
        read.rule(Column::IntakeDate, ProblemKind::IntakeOutsideYear, Vec::new());
    }
    if let Some(closed) = closed {
        if closed < intake {
            read.rule(Column::ClosedDate, ProblemKind::ClosedBeforeIntake, Vec::new());
        } else if carried_over && report_year(closed, start_month) < year {
            read.rule(Column::ClosedDate, ProblemKind::ClosedBeforeYear, Vec::new());
        }
    }
}

fn check_scope(
    read: &mut RowReader<'_>,
    in_scope: bool,
    matter: Option<NonBelonging>,
    behaviours: &BTreeSet<Behaviour>,
    integrity_role: bool,
) {
    if !in_scope && matter.is_none() {
        read.rule(Column::NonBelonging, ProblemKind::MatterMissing, RowReader::codes::<NonBelonging>());
    }
    if !in_scope && !behaviours.is_empty() {
        read.rule(Column::Behaviours, ProblemKind::BehaviourOutOfScope, Vec::new());
    }
    if in_scope && matter.is_some() {
        read.rule(Column::NonBelonging, ProblemKind::MatterInScope, Vec::new());
    }
    if !integrity_role && behaviours.iter().any(|behaviour| behaviour.main() == Behaviour::Integrity) {
        read.rule(Column::Behaviours, ProblemKind::IntegrityWithoutRole, Vec::new());
    }
}

fn check_closing(read: &mut RowReader<'_>, closed: bool, phase: Phase, outcome: Outcome, reason: ClosingReason) {
    match (closed, outcome == Outcome::Ongoing) {
        (false, false) => read.rule(Column::Outcome, ProblemKind::OutcomeWhileOpen, vec![Outcome::Ongoing.code()]),
        (true, true) => read.rule(Column::Outcome, ProblemKind::OngoingWhileClosed, Vec::new()),
        _ => {}
    }
    match (closed, reason == ClosingReason::NotClosed) {
        (false, false) => {
            read.rule(Column::ClosingReason, ProblemKind::ReasonWhileOpen, vec![ClosingReason::NotClosed.code()]);
        }
        (true, true) => read.rule(Column::ClosingReason, ProblemKind::NoReasonWhileClosed, Vec::new()),
        _ => {}
    }
    if !closed && matches!(phase, Phase::Closed | Phase::Purged) {
        read.rule(Column::Phase, ProblemKind::ClosedPhaseWhileOpen, Vec::new());
    }
}
