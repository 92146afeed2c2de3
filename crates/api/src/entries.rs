//! What is written into a case: notes, persons, tasks, consents.

use crate::app::App;
use crate::cases::{note_view, view};
use crate::convert;
use crate::error::{ApiError, ErrorCode};
use crate::wire::case::{CaseView, NoteSaved, NoteView, OneEntry, SaveConsent, SaveNote, SavePerson, SaveTask};
use casebook::Stamp;
use casebook::case::Case;
use uuid::Uuid;

/// Saves a note. The answer is small, because this runs while she types.
pub(crate) fn save_note(app: &mut App, request: SaveNote) -> Result<NoteSaved, ApiError> {
    let note = convert::note(request.note)?;
    let entry = request.entry.unwrap_or_else(Uuid::new_v4);
    let (seen, session) = (app.seen.get(entry), app.stamp()?.session);
    let (case, saved_at) = change(app, request.case, |case, stamp| {
        if request.entry.is_some() && case.notes.get(entry).is_none() {
            return Err(ApiError::field(ErrorCode::FieldInvalid, "entry"));
        }
        case.notes.write_after(seen, entry, note, stamp);
        Ok(())
    })?;
    let own = case.notes.revisions().iter().rev().filter(|r| r.entry == entry && r.session == session);
    own.max_by_key(|r| r.saved_at).into_iter().for_each(|r| app.seen.shown(r));
    Ok(NoteSaved { entry, saved_at })
}

/// Every revision of a note, newest first.
pub(crate) fn note_history(app: &mut App, request: OneEntry) -> Result<Vec<NoteView>, ApiError> {
    let case = app.load_case(request.case)?;
    Ok(case.notes.history(request.entry).into_iter().rev().map(|revision| note_view(&case, revision)).collect())
}

/// Marks a note as removed.
pub(crate) fn remove_note(app: &mut App, request: OneEntry) -> Result<CaseView, ApiError> {
    let seen = app.seen.get(request.entry);
    changed(app, request.case, |case, stamp| case.notes.remove_after(seen, request.entry, stamp))
}

/// Adds or changes a person.
pub(crate) fn save_person(app: &mut App, request: SavePerson) -> Result<CaseView, ApiError> {
    let entry = request.person.entry.unwrap_or_else(Uuid::new_v4);
    let person = convert::person(request.person)?;
    let seen = app.seen.get(entry);
    changed(app, request.case, |case, stamp| case.persons.write_after(seen, entry, person, stamp))
}

/// Removes a person.
pub(crate) fn remove_person(app: &mut App, request: OneEntry) -> Result<CaseView, ApiError> {
    let seen = app.seen.get(request.entry);
    changed(app, request.case, |case, stamp| case.persons.remove_after(seen, request.entry, stamp))
}

/// Adds, changes or ticks a task.
pub(crate) fn save_task(app: &mut App, request: SaveTask) -> Result<CaseView, ApiError> {
    let entry = request.task.entry.unwrap_or_else(Uuid::new_v4);
    let task = convert::task(request.task)?;
    let seen = app.seen.get(entry);
    changed(app, request.case, |case, stamp| case.tasks.write_after(seen, entry, task, stamp))
}

/// Removes a task.
pub(crate) fn remove_task(app: &mut App, request: OneEntry) -> Result<CaseView, ApiError> {
    let seen = app.seen.get(request.entry);
    changed(app, request.case, |case, stamp| case.tasks.remove_after(seen, request.entry, stamp))
}

/// Adds or changes a consent.
pub(crate) fn save_consent(app: &mut App, request: SaveConsent) -> Result<CaseView, ApiError> {
    let entry = request.consent.entry.unwrap_or_else(Uuid::new_v4);
    let consent = convert::consent(request.consent)?;
    let seen = app.seen.get(entry);
    changed(app, request.case, |case, stamp| case.consents.write_after(seen, entry, consent, stamp))
}

/// Removes a consent.
pub(crate) fn remove_consent(app: &mut App, request: OneEntry) -> Result<CaseView, ApiError> {
    let seen = app.seen.get(request.entry);
    changed(app, request.case, |case, stamp| case.consents.remove_after(seen, request.entry, stamp))
}

fn changed(app: &mut App, id: Uuid, edit: impl FnOnce(&mut Case, Stamp)) -> Result<CaseView, ApiError> {
    let (case, saved_at) = change(app, id, |case, stamp| {
        edit(case, stamp);
        Ok(())
    })?;
    view(app, &case, saved_at)
}

fn change(
    app: &mut App,
    id: Uuid,
    edit: impl FnOnce(&mut Case, Stamp) -> Result<(), ApiError>,
) -> Result<(Case, String), ApiError> {
    let mut case = app.load_case(id)?;
    edit(&mut case, app.stamp()?)?;
    let saved_at = app.save_case(&mut case)?;
    Ok((case, saved_at))
}
