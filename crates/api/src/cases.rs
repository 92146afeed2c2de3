//! Cases: lists, drafts, facts, closing.

use crate::app::App;
use crate::clock::moment;
use crate::convert::{self, shown};
use crate::error::{ApiError, ErrorCode};
use crate::hints::hints;
use crate::wire::Nothing;
use crate::wire::case::{
    CaseRow, CaseView, CloseCase, NameQuery, NextNumber, NoteView, OneCase, Resemblance, SaveFacts,
};
use casebook::case::{Case, Facts, Note, Task};
use casebook::{CaseSummary, Revision};
use chrono::Datelike;
use taxonomy::{ClosingReason, Coded, Language, Outcome, PersonRole, Phase};
use uuid::Uuid;

/// All cases, newest first.
pub(crate) fn list_cases(app: &mut App, _: Nothing) -> Result<Vec<CaseRow>, ApiError> {
    let vault = app.vault()?;
    let mut rows: Vec<CaseRow> = vault.cases().iter().map(|summary| row(app, summary)).collect();
    rows.sort_by(|a, b| (b.intake, &b.number).cmp(&(a.intake, &a.number)));
    Ok(rows)
}

/// One row of a list.
pub(crate) fn row(app: &App, summary: &CaseSummary) -> CaseRow {
    let facts = &summary.facts;
    let mut behaviours: Vec<String> = facts.behaviours.iter().map(|b| b.main().code().to_owned()).collect();
    behaviours.dedup();
    let mut missing = Vec::new();
    if facts.organisation.is_none() {
        missing.push("organisation".to_owned());
    }
    if facts.behaviours.is_empty() && facts.in_scope() {
        missing.push("behaviour".to_owned());
    }
    CaseRow {
        id: summary.id,
        number: facts.number.to_string(),
        organisation: app.organisation_name(facts.organisation),
        draft: facts.draft,
        intake: facts.intake,
        closed: facts.closed,
        phase: facts.phase.code().to_owned(),
        behaviours,
        non_belonging: facts.non_belonging.map(|matter| matter.code().to_owned()),
        reporter_role: facts.reporter_role.word().to_owned(),
        next_task: summary.tasks.iter().filter(|(_, t)| t.done.is_none()).map(|(_, t)| t.due).min(),
        last_contact: summary.last_contact,
        missing,
    }
}

/// The number a case made today would have.
pub(crate) fn next_number(app: &mut App, _: Nothing) -> Result<NextNumber, ApiError> {
    let year = app.clock.today().year();
    Ok(NextNumber { number: app.vault()?.next_number(year).to_string() })
}

/// Makes a draft.
pub(crate) fn new_case(app: &mut App, _: Nothing) -> Result<CaseView, ApiError> {
    let (today, now) = (app.clock.today(), app.clock.now());
    let vault = app.vault_mut()?;
    let mut case = Case::new(Uuid::new_v4());
    let facts = Facts::draft(vault.next_number(today.year()), today);
    case.facts.write(case.id, facts, vault.stamp(now));
    let saved = app.save_case(&mut case)?;
    view(app, &case, saved)
}

/// One case, whole.
pub(crate) fn case(app: &mut App, request: OneCase) -> Result<CaseView, ApiError> {
    let case = app.load_case(request.case)?;
    let saved = case.facts.revisions().iter().map(|r| r.saved_at).max();
    view(app, &case, saved.map(moment).unwrap_or_default())
}

/// Saves the coded facts.
pub(crate) fn save_facts(app: &mut App, request: SaveFacts) -> Result<CaseView, ApiError> {
    if let Some(organisation) = request.facts.organisation {
        app.organisation(organisation)?;
    }
    change_facts(app, request.case, |before| {
        if before.is_closed() {
            return Err(ApiError::new(ErrorCode::CaseClosed));
        }
        if !before.draft && request.facts.organisation.is_none() {
            return Err(ApiError::field(ErrorCode::FieldRequired, "organisation"));
        }
        convert::facts(request.facts, before)
    })
}

/// Files a draft.
pub(crate) fn file_case(app: &mut App, request: OneCase) -> Result<CaseView, ApiError> {
    change_facts(app, request.case, |before| {
        if before.organisation.is_none() {
            return Err(ApiError::field(ErrorCode::FieldRequired, "organisation"));
        }
        Ok(Facts { draft: false, ..before.clone() })
    })
}

/// Closes a case: outcome and reason are required (R22).
pub(crate) fn close_case(app: &mut App, request: CloseCase) -> Result<CaseView, ApiError> {
    let outcome: Outcome = convert::code(&request.outcome, "outcome")?;
    let closing_reason: ClosingReason = convert::code(&request.closing_reason, "closing_reason")?;
    if outcome == Outcome::Ongoing {
        return Err(ApiError::field(ErrorCode::FieldRequired, "outcome"));
    }
    if closing_reason == ClosingReason::NotClosed {
        return Err(ApiError::field(ErrorCode::FieldRequired, "closing_reason"));
    }
    let mut case = app.load_case(request.case)?;
    let before = seen_facts(app, &case)?;
    if before.draft {
        return Err(ApiError::field(ErrorCode::FieldRequired, "organisation"));
    }
    if request.closed < before.intake {
        return Err(ApiError::field(ErrorCode::FieldInvalid, "closed"));
    }
    let stamp = app.stamp()?;
    let planned = request.aftercare_on.is_some();
    let facts = Facts {
        closed: Some(request.closed),
        phase: if planned { Phase::Aftercare } else { Phase::Closed },
        outcome,
        closing_reason,
        aftercare: if planned { taxonomy::AftercareResult::Planned } else { before.aftercare },
        ..before
    };
    case.facts.write_after(app.seen.get(case.id), case.id, facts, stamp);
    if let Some(due) = request.aftercare_on {
        let reason = taxonomy::Intervention::Aftercare.label(app.language());
        case.tasks.write(Uuid::new_v4(), Task { due, reason: reason.into(), done: None }, stamp);
    }
    let saved = app.save_case(&mut case)?;
    view(app, &case, saved)
}

/// Opens a closed case again; it goes back to consultation.
pub(crate) fn reopen_case(app: &mut App, request: OneCase) -> Result<CaseView, ApiError> {
    change_facts(app, request.case, |before| {
        Ok(Facts {
            closed: None,
            phase: Phase::Consultation,
            outcome: Outcome::Ongoing,
            closing_reason: ClosingReason::NotClosed,
            ..before.clone()
        })
    })
}

fn change_facts(
    app: &mut App,
    id: Uuid,
    change: impl FnOnce(&Facts) -> Result<Facts, ApiError>,
) -> Result<CaseView, ApiError> {
    let mut case = app.load_case(id)?;
    let after = change(&seen_facts(app, &case)?)?;
    case.facts.write_after(app.seen.get(id), id, after, app.stamp()?);
    let saved = app.save_case(&mut case)?;
    view(app, &case, saved)
}

/// The facts that stand on her screen, which a change of some of them starts from.
fn seen_facts(app: &App, case: &Case) -> Result<Facts, ApiError> {
    let seen = app.seen.get(case.id).and_then(|seen| case.facts.revisions().iter().find(|r| r.now() == seen));
    seen.map_or_else(|| app.facts(case), |revision| Ok(revision.body.clone()))
}

/// The case as the screen shows it.
pub(crate) fn view(app: &mut App, case: &Case, saved_at: String) -> Result<CaseView, ApiError> {
    app.seen.case_shown(case);
    let facts = app.facts(case)?;
    let summary = CaseSummary::of(case).ok_or_else(|| ApiError::internal("facts"))?;
    let mut notes: Vec<NoteView> = case.notes.current().into_iter().map(|r| note_view(case, r)).collect();
    notes.sort_by(|a, b| (b.note.date, &b.saved_at).cmp(&(a.note.date, &a.saved_at)));
    let mut tasks: Vec<_> = summary.tasks.iter().map(|(entry, task)| convert::task_view(*entry, task)).collect();
    tasks.sort_by_key(|task| (task.done.is_some(), task.due));
    let mut consents: Vec<_> = summary.consents.iter().map(|(entry, c)| convert::consent_view(*entry, c)).collect();
    consents.sort_by_key(|consent| std::cmp::Reverse(consent.date));
    Ok(CaseView {
        id: case.id,
        number: facts.number.to_string(),
        draft: facts.draft,
        imported_as: shown(&facts.imported_as),
        facts: convert::facts_view(&facts),
        minutes: summary.work.iter().map(|w| w.minutes).sum(),
        notes,
        persons: summary.persons.iter().map(|(entry, person)| convert::person_view(*entry, person)).collect(),
        tasks,
        consents,
        attachments: crate::attachments::views(app, case)?,
        versions: crate::versions::of_case(case, app.local.device()),
        hints: hints(&summary, app.organisation_of(&facts)),
        saved_at,
    })
}

/// One note as the screen shows it.
pub(crate) fn note_view(case: &Case, revision: &Revision<Note>) -> NoteView {
    NoteView {
        entry: revision.entry,
        note: convert::note_view(&revision.body),
        saved_at: moment(revision.saved_at),
        revisions: u32::try_from(case.notes.history(revision.entry).len()).unwrap_or(u32::MAX),
        two_versions: !case.notes.versions(revision.entry).is_empty(),
    }
}

/// Who resembles a name that is being typed (R1, R2).
pub(crate) fn resembling(app: &mut App, request: NameQuery) -> Result<Vec<Resemblance>, ApiError> {
    let found = app.names()?.similar(&request.name);
    let vault = app.vault()?;
    let here = request.case.and_then(|id| vault.cases().iter().find(|c| c.id == id)).and_then(|c| c.facts.organisation);
    let mut answers = Vec::new();
    for resemblance in found.into_iter().filter(|r| Some(r.case) != request.case) {
        let Some(summary) = vault.cases().iter().find(|c| c.id == resemblance.case) else { continue };
        let Some((_, person)) = summary.persons.iter().find(|(id, _)| *id == resemblance.person) else { continue };
        let opposite = (request.role == PersonRole::Reporter.code() && person.role == PersonRole::Accused)
            || (request.role == PersonRole::Accused.code() && person.role == PersonRole::Reporter);
        answers.push(Resemblance {
            case: summary.id,
            number: summary.facts.number.to_string(),
            organisation: app.organisation_name(summary.facts.organisation),
            role: person.role.code().to_owned(),
            name: shown(&person.name),
            closed: summary.facts.is_closed(),
            conflict: opposite && (here.is_none() || here == summary.facts.organisation),
        });
    }
    Ok(answers)
}

/// The language of a word from the door.
pub(crate) fn language(word: &str) -> Result<Language, ApiError> {
    match word {
        "nl" => Ok(Language::Nl),
        "en" => Ok(Language::En),
        _ => Err(ApiError::field(ErrorCode::FieldInvalid, "language")),
    }
}
