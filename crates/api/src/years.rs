//! Importing a coded year: all rows or none, and never a case twice.

use crate::app::App;
use crate::convert::{join_names, shown, split_names};
use crate::error::{ApiError, ErrorCode};
use crate::import::{self, Column, ImportFile, ImportOptions, ImportRow, Problem};
use crate::wire::practice::{ImportProblem, ImportResult, ImportYear};
use casebook::CaseText;
use casebook::case::Case;
use casebook::practice::Organisation;
use std::collections::HashSet;
use taxonomy::{AdviserRole, Language};
use uuid::Uuid;

/// Imports a coded year, or says what would be imported.
pub(crate) fn import_year(app: &mut App, request: ImportYear) -> Result<ImportResult, ApiError> {
    app.vault()?;
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
    let (fresh, existing) = new_rows(app, &file, id)?;
    result.existing = existing;
    result.imported = u32::try_from(fresh.len()).unwrap_or(u32::MAX);
    let departments = new_departments(&organisation, &file);
    if !request.dry_run {
        save(app, id, organisation, known.is_none(), &departments, fresh)?;
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

/// The rows that are not in the vault yet, and the codes of those that are.
fn new_rows(app: &App, file: &ImportFile, organisation: Uuid) -> Result<(Vec<ImportRow>, Vec<String>), ApiError> {
    let vault = app.vault()?;
    let ours = vault.cases().iter().filter(|case| case.facts.organisation == Some(organisation));
    // EXPOSE: compared in memory, so that no case is imported twice.
    let there: HashSet<&str> =
        ours.map(|case| case.facts.imported_as.expose()).filter(|code| !code.is_empty()).collect();
    let (mut fresh, mut existing) = (Vec::new(), Vec::new());
    for row in &file.rows {
        // EXPOSE: the same comparison; the code goes back to the adviser's own screen.
        let code = row.facts.imported_as.expose();
        if there.contains(code) {
            existing.push(code.to_owned());
        } else {
            fresh.push(row.clone());
        }
    }
    Ok((fresh, existing))
}

fn new_departments(organisation: &Organisation, file: &ImportFile) -> Vec<String> {
    let known = split_names(&organisation.departments);
    file.departments().iter().map(shown).filter(|name| !known.contains(name)).collect()
}

fn save(
    app: &mut App,
    id: Uuid,
    mut organisation: Organisation,
    new: bool,
    departments: &[String],
    rows: Vec<ImportRow>,
) -> Result<(), ApiError> {
    if new || !departments.is_empty() {
        let mut all = split_names(&organisation.departments);
        all.extend(departments.iter().cloned());
        organisation.departments = join_names(all, "departments")?;
        let stamp = app.stamp()?;
        let mut practice = app.vault()?.practice().clone();
        practice.organisations.write(id, organisation, stamp);
        app.save_practice(practice)?;
    }
    let now = app.clock.now();
    let vault = app.vault_mut()?;
    let stamp = vault.stamp(now);
    let mut cases: Vec<Case> = Vec::with_capacity(rows.len());
    for row in rows {
        let mut facts = row.facts;
        facts.organisation = Some(id);
        let taken = u32::try_from(
            cases.iter().filter(|c| c.current_facts().is_some_and(|f| f.number.year == facts.number.year)).count(),
        );
        facts.number.serial = vault.next_number(facts.number.year).serial + taken.unwrap_or_default();
        let mut case = Case::new(Uuid::new_v4());
        case.year_work.write(Uuid::new_v4(), row.work, stamp);
        case.facts.write(case.id, facts, stamp);
        cases.push(case);
    }
    app.save_cases(&cases)?;
    app.log("year_imported", &cases.len().to_string(), CaseText::default())
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
