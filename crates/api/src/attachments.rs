//! Files of a case: taken in, listed, shown when they are pictures, saved elsewhere.

use crate::app::App;
use crate::cases::view;
use crate::clock::moment;
use crate::convert::shown;
use crate::error::{ApiError, ErrorCode};
use crate::files::{placed, refused_place};
use crate::pictures::{self, Picture};
use crate::wire::attachment::{AddAttachment, AttachmentView, ExportAttachment, ShownPicture};
use crate::wire::case::{CaseView, OneEntry};
use crate::wire::report::FileSaved;
use crate::wire::{Done, Nothing};
use casebook::case::Case;
use casebook::{Attachment, CaseText};
use uuid::Uuid;
use vault::{AttachError, ExportError};

/// Takes a copy of a file into the vault and enters it in the case.
pub(crate) fn add_attachment(app: &mut App, request: AddAttachment) -> Result<CaseView, ApiError> {
    // The case first: a file that no case will know is not taken in.
    app.load_case(request.case)?;
    let (entry, attachment) = app.vault()?.attach(&request.path).map_err(|error| match error {
        AttachError::Source(_) => {
            ApiError::new(ErrorCode::InputUnreadable).with(crate::sessions::last_part(&request.path))
        }
        AttachError::TooLarge => ApiError::new(ErrorCode::AttachmentTooLarge),
        AttachError::Save(error) => error.into(),
        _ => ApiError::internal("attach"),
    })?;
    let mut case = app.load_case(request.case)?;
    case.attachments.write(entry, attachment, app.stamp()?);
    let saved = app.save_case(&mut case)?;
    view(app, &case, saved)
}

/// Marks an attachment as removed; its bytes stay as long as a version refers to them.
pub(crate) fn remove_attachment(app: &mut App, request: OneEntry) -> Result<CaseView, ApiError> {
    let mut case = app.load_case(request.case)?;
    case.attachments.remove(request.entry, app.stamp()?);
    let saved = app.save_case(&mut case)?;
    view(app, &case, saved)
}

/// Makes a picture ready to be shown; the window loads it as an image.
pub(crate) fn show_attachment(app: &mut App, request: OneEntry) -> Result<ShownPicture, ApiError> {
    app.picture = None;
    let attachment = one(app, request.case, request.entry)?;
    let unshown = || ApiError::new(ErrorCode::PictureUnreadable);
    if !attachment.kind.is_picture() || attachment.length > pictures::LARGEST_FILE as u64 {
        return Err(unshown());
    }
    let file = app.vault()?.read_attachment(request.entry, &attachment, pictures::LARGEST_FILE)?;
    let picture = pictures::for_screen(attachment.kind, &file).ok_or_else(unshown)?;
    let Picture { width, height, .. } = picture;
    let id = Uuid::new_v4();
    app.picture = Some((id, picture));
    Ok(ShownPicture { id, width, height })
}

/// The picture is not looked at any more.
pub(crate) fn hide_attachment(app: &mut App, _: Nothing) -> Result<Done, ApiError> {
    app.picture = None;
    Ok(Done {})
}

/// Saves a copy outside the vault that is not sealed.
pub(crate) fn export_attachment(app: &mut App, request: ExportAttachment) -> Result<FileSaved, ApiError> {
    let attachment = one(app, request.case, request.entry)?;
    let vault = app.vault()?;
    let keep_out = [vault.folder(), app.local.folder()];
    vault.export_attachment(request.entry, &attachment, &request.path, &keep_out).map_err(|error| match error {
        ExportError::File(finding) => finding.into(),
        ExportError::Place(trouble) => refused_place(trouble),
        _ => ApiError::internal("export"),
    })?;
    let number = app.load_case(request.case)?.current_facts().map(|facts| facts.number.to_string());
    app.log("attachment_exported", &number.unwrap_or_default(), CaseText::default())?;
    Ok(placed(&request.path))
}

fn one(app: &mut App, case: Uuid, entry: Uuid) -> Result<Attachment, ApiError> {
    let found = app.load_case(case)?.attachments.get(entry).map(|revision| revision.body.clone());
    found.ok_or_else(|| ApiError::field(ErrorCode::FieldInvalid, "entry"))
}

/// The attachments of a case as the screen shows them, oldest first.
pub(crate) fn views(app: &App, case: &Case) -> Result<Vec<AttachmentView>, ApiError> {
    let vault = app.vault()?;
    let row = |revision: &casebook::Revision<Attachment>| AttachmentView {
        entry: revision.entry,
        name: shown(&revision.body.name),
        picture: revision.body.kind.is_picture(),
        length: u32::try_from(revision.body.length).unwrap_or(u32::MAX),
        added_at: moment(revision.saved_at),
        there: vault.has_attachment(revision.entry),
    };
    Ok(case.attachments.current().into_iter().map(row).collect())
}

impl App {
    /// The name that the save dialog proposes for an attachment.
    #[must_use]
    pub fn proposed_name(&mut self, case: Uuid, entry: Uuid) -> Option<String> {
        let attachment = one(self, case, entry).ok()?;
        Some(shown(&casebook::attachment::safe_name(&attachment.name)))
    }

    /// The picture that is being looked at, as PNG.
    #[must_use]
    pub fn picture(&self, id: Uuid) -> Option<&[u8]> {
        self.picture.as_ref().filter(|(shown, _)| *shown == id).map(|(_, picture)| picture.png.as_slice())
    }
}

#[cfg(test)]
mod tests;
