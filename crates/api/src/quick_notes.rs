//! Notes that were written while the vault was locked, and where they go.

use crate::app::App;
use crate::cases::view;
use crate::clock::moment;
use crate::convert::{shown, text};
use crate::error::{ApiError, ErrorCode};
use crate::failures::finding_view;
use crate::wire::attachment::{DamagedNote, DiscardQuickNote, InboxView, QuickNoteView, SortQuickNote, WriteQuickNote};
use crate::wire::case::CaseView;
use crate::wire::{Done, Nothing};
use casebook::CaseText;
use casebook::case::{Case, Facts, Note};
use chrono::{Datelike, Local};
use taxonomy::ContactChannel;
use vault::{Finding, Object, QuickNote, QuickNoteError};

/// Keeps a note, whether the vault is locked or open. The answer says nothing but that it
/// is saved: whoever stands before a locked screen learns nothing of what is in it.
pub(crate) fn quick_note(app: &mut App, request: WriteQuickNote) -> Result<Done, ApiError> {
    let words = text(request.text, "text")?;
    let folder = app.folder.clone().ok_or_else(|| ApiError::new(ErrorCode::NoVault))?;
    vault::write_quick_note(&folder, &app.local, &words, app.clock.now()).map_err(|error| match error {
        QuickNoteError::Unknown => ApiError::new(ErrorCode::InboxUnknown),
        QuickNoteError::Length if words.is_empty() => ApiError::field(ErrorCode::FieldRequired, "text"),
        QuickNoteError::Length => ApiError::field(ErrorCode::FieldInvalid, "text"),
        QuickNoteError::Save(error) => error.into(),
        _ => ApiError::internal("quick-note"),
    })?;
    Ok(Done {})
}

/// What is in the inbox.
pub(crate) fn inbox(app: &mut App, _: Nothing) -> Result<InboxView, ApiError> {
    let vault = app.vault()?;
    let inbox = vault.inbox()?;
    let damaged = inbox.findings.into_iter().filter_map(|finding| match finding.object() {
        Object::QuickNote(id) => Some(DamagedNote { id, finding: finding_view(finding, vault.practice()) }),
        _ => None,
    });
    Ok(InboxView {
        notes: inbox.notes.iter().map(note_view).collect(),
        damaged: damaged.collect(),
        more: u32::try_from(inbox.more).unwrap_or(u32::MAX),
    })
}

fn note_view(note: &QuickNote) -> QuickNoteView {
    QuickNoteView { id: note.id, written_at: moment(note.written_at), text: shown(&note.text) }
}

/// Puts a note in a case, or makes a case of it. The ids follow from the note's, so that
/// doing it again after a crash half-way makes nothing twice.
pub(crate) fn sort_quick_note(app: &mut App, request: SortQuickNote) -> Result<CaseView, ApiError> {
    let note = app.vault()?.quick_note(request.id)?;
    let day = note.written_at.with_timezone(&Local).date_naive();
    let mut case = match request.case {
        Some(id) => app.load_case(id)?,
        None if app.vault()?.cases().iter().any(|known| known.id == note.id) => app.load_case(note.id)?,
        None => {
            let mut case = Case::new(note.id);
            let number = app.vault()?.next_number(app.clock.today().year());
            // A moment in the future is a clock that was wrong, or a lie.
            let intake = day.min(app.clock.today());
            case.facts.write(case.id, Facts::draft(number, intake), app.stamp()?);
            case
        }
    };
    let known = case.notes.revisions().iter().any(|revision| revision.entry == note.id);
    let saved_at = if known {
        moment(app.clock.now())
    } else {
        let body = Note {
            date: day.min(app.clock.today()),
            channel: ContactChannel::Phone,
            minutes: 0,
            with_whom: CaseText::default(),
            facts: note.text,
            impressions: CaseText::default(),
        };
        case.notes.write(note.id, body, app.stamp()?);
        app.save_case(&mut case)?
    };
    // Only now: until the case was durable this was the only copy.
    app.vault()?.remove_quick_note(note.id)?;
    view(app, &case, saved_at)
}

/// Throws a note away, or a file that is no note.
pub(crate) fn discard_quick_note(app: &mut App, request: DiscardQuickNote) -> Result<Done, ApiError> {
    if !request.confirmed {
        return Err(ApiError::new(ErrorCode::NotConfirmed));
    }
    let there = !matches!(app.vault()?.quick_note(request.id), Err(Finding::Missing(_)));
    app.vault()?.remove_quick_note(request.id)?;
    if there {
        app.log("quick_note_discarded", "", CaseText::default())?;
    }
    Ok(Done {})
}
