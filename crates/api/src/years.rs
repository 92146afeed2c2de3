//! Importing a coded year: all rows or none, and never a case twice.

use crate::app::App;
use crate::convert::{join_names, shown, split_names};
use crate::error::{ApiError, ErrorCode};
use crate::import::{self, Column, ImportFile, ImportOptions, ImportRow, Problem};
use crate::wire::practice::{ImportProblem, ImportResult, ImportYear};
use casebook::case::{Case, Facts};
use casebook::practice::Organisation;
use casebook::{CaseSummary, CaseText};
use std::collections::HashMap;
use taxonomy::{AdviserRole, Language};
use uuid::Uuid;

/// Imports a coded year, or says what would be imported.
pub(crate) fn import_year(app: &mut App, request: ImportYear) -> Result<ImportResult, ApiError> {
    app.complete()?;
    let name = request.organisation.trim().to_owned();
    if name.is_empty() {
        return Err(ApiError::field(ErrorCode::FieldRequired, "organisation"));
    }
    let bytes = crate::files::read(&request.path, import::MAX_FILE_BYTES)?;
    let known = find(app, &name)?;
    let organisation = known.as_ref().map_or_else(|| Organisation::named(name.into()), |(_, o)| o.clone());
    let options = ImportOptions {
        integrity_role: organisation.adviser_role != AdviserRole::Misconduct,
        year_start_month: organisation.year_start_month,
    };
    let mut result = ImportResult {
        file: crate::sessions::last_part(&request.path),
        new_organisation: known.is_none(),
        new_departments: Vec::new(),
        imported: 0,
        existing: Vec::new(),
        continued: Vec::new(),
        problems: Vec::new(),
    };
    let file = match import::read(&bytes, options) {
        Ok(file) => file,
        Err(problems) => {
            result.problems = problems.iter().map(problem_view).collect();
            return Ok(result);
        }
    };
    let id = known.as_ref().map_or_else(Uuid::new_v4, |(id, _)| *id);
    let rows = sorted(app, &file, id)?;
    result.existing = rows.existing;
    result.continued = rows.continued.iter().map(|(_, row)| shown(&row.facts.imported_as)).collect();
    result.imported = u32::try_from(rows.fresh.len()).unwrap_or(u32::MAX);
    let departments = new_departments(&organisation, &file);
    if !request.dry_run {
        enter_organisation(app, id, organisation, known.is_none(), &departments)?;
        let mut cases = carried_on(app, rows.continued)?;
        cases.extend(entered(app, id, rows.fresh)?);
        app.save_cases(&cases)?;
        app.log("year_imported", &cases.len().to_string(), CaseText::default())?;
    }
    result.new_departments = departments;
    Ok(result)
}

fn find(app: &App, name: &str) -> Result<Option<(Uuid, Organisation)>, ApiError> {
    let wanted = name.to_lowercase();
    let organisations = app.vault()?.practice().organisations.current();
    // EXPOSE: compared in memory with the name the adviser gave.
    let same = |o: &Organisation| o.name.expose().trim().to_lowercase() == wanted;
    Ok(organisations.into_iter().find(|r| same(&r.body)).map(|r| (r.entry, r.body.clone())))
}

/// The rows of a file, by what the vault already knows.
struct Rows {
    fresh: Vec<ImportRow>,
    continued: Vec<(Uuid, ImportRow)>,
    existing: Vec<String>,
}

fn sorted(app: &App, file: &ImportFile, organisation: Uuid) -> Result<Rows, ApiError> {
    let ours = app.vault()?.cases().iter().filter(|case| case.facts.organisation == Some(organisation));
    // EXPOSE: compared in memory, so that no case is imported twice.
    let code = |words: &CaseText| words.expose().trim().to_lowercase();
    let there: HashMap<String, &CaseSummary> =
        ours.map(|case| (code(&case.facts.imported_as), case)).filter(|(code, _)| !code.is_empty()).collect();
    let mut rows = Rows { fresh: Vec::new(), continued: Vec::new(), existing: Vec::new() };
    for row in &file.rows {
        match there.get(&code(&row.facts.imported_as)) {
            None => rows.fresh.push(row.clone()),
            Some(case)
                if row.facts.carried_over && case.work.iter().all(|w| w.month != 0 || w.year != row.work.year) =>
            {
                rows.continued.push((case.id, row.clone()));
            }
            Some(_) => rows.existing.push(shown(&row.facts.imported_as)),
        }
    }
    Ok(rows)
}

fn new_departments(organisation: &Organisation, file: &ImportFile) -> Vec<String> {
    let known = split_names(&organisation.departments);
    file.departments().iter().map(shown).filter(|name| !known.contains(name)).collect()
}

fn enter_organisation(
    app: &mut App,
    id: Uuid,
    mut organisation: Organisation,
    new: bool,
    departments: &[String],
) -> Result<(), ApiError> {
    if !new && departments.is_empty() {
        return Ok(());
    }
    let mut all = split_names(&organisation.departments);
    all.extend(departments.iter().cloned());
    organisation.departments = join_names(all, "departments")?;
    app.change_practice(|practice, stamp| practice.organisations.write(id, organisation, stamp)).map(drop)
}

/// Cases that were open in an earlier year, with the work of this one and, when they
/// were closed in it, how.
fn carried_on(app: &mut App, rows: Vec<(Uuid, ImportRow)>) -> Result<Vec<Case>, ApiError> {
    let stamp = app.stamp()?;
    let mut cases = Vec::with_capacity(rows.len());
    for (id, row) in rows {
        let mut case = app.load_case(id)?;
        let before = app.facts(&case)?;
        if !before.is_closed() {
            let ImportRow { facts: now, .. } = &row;
            let facts = Facts {
                closed: now.closed,
                phase: now.phase,
                outcome: now.outcome,
                closing_reason: now.closing_reason,
                aftercare: now.aftercare,
                ..before
            };
            case.facts.write(id, facts, stamp);
        }
        case.year_work.write(Uuid::new_v4(), row.work, stamp);
        cases.push(case);
    }
    Ok(cases)
}

fn entered(app: &App, organisation: Uuid, rows: Vec<ImportRow>) -> Result<Vec<Case>, ApiError> {
    let (vault, stamp) = (app.vault()?, app.stamp()?);
    let mut taken: HashMap<i32, u32> = HashMap::new();
    let case = |row: ImportRow| {
        let mut facts = row.facts;
        facts.organisation = Some(organisation);
        let year = facts.number.year;
        let next = taken.entry(year).or_insert_with(|| vault.next_number(year).serial);
        facts.number.serial = *next;
        *next += 1;
        let mut case = Case::new(Uuid::new_v4());
        case.year_work.write(Uuid::new_v4(), row.work, stamp);
        case.facts.write(case.id, facts, stamp);
        case
    };
    Ok(rows.into_iter().map(case).collect())
}

fn problem_view(problem: &Problem) -> ImportProblem {
    ImportProblem {
        line: problem.line,
        column: problem.column.map(Column::name).unwrap_or_default().to_owned(),
        value: shown(&problem.value),
        allowed: problem.allowed.iter().map(|code| (*code).to_owned()).collect(),
        kind: problem.kind.code().to_owned(),
        nl: shown(&problem.sentence(Language::Nl)),
        en: shown(&problem.sentence(Language::En)),
    }
}
