//! Other keys for the vault, after its passphrase became known to somebody.

use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::failures::finding_view;
use crate::sessions::strong_enough;
use crate::sheets::{self, ShownCode};
use crate::wire::Nothing;
use crate::wire::session::{ChangeKeys, ContinueKeys, KeysStep, RecoveryGroups, WrongGroups};
use casebook::CaseText;
use vault::{Passphrase, RecoveryCode};

/// Files that are sealed anew in one step: short enough that a note or a lock never waits.
const AT_ONCE: usize = 20;

/// Makes the code of the sheet that will belong to the new keys; nothing is changed yet.
pub(crate) fn prepare_keys(app: &mut App, _: Nothing) -> Result<RecoveryGroups, ApiError> {
    if app.vault()?.is_rotating() {
        return Err(ApiError::new(ErrorCode::KeysChanging));
    }
    Ok(sheets::show(app, ShownCode { code: RecoveryCode::make(), works: false }))
}

/// Begins to change the keys, once the new sheet is proved to be on paper.
pub(crate) fn change_keys(app: &mut App, request: ChangeKeys) -> Result<WrongGroups, ApiError> {
    let (old, new) = (Passphrase::new(request.old), strong_enough(request.new)?);
    if old.is(&new) {
        return Err(ApiError::field(ErrorCode::PassphraseSame, "new"));
    }
    let wrong = sheets::wrong_groups(app, &request.places, &request.groups)?;
    if !wrong.is_empty() {
        return Ok(WrongGroups { wrong });
    }
    let now = app.clock.now();
    if app.recovery.as_ref().is_some_and(|shown| shown.works) {
        return Err(ApiError::new(ErrorCode::SheetGone));
    }
    let shown = app.recovery.take().ok_or_else(|| ApiError::new(ErrorCode::SheetGone))?;
    let (vault, local) = app.vault_and_local()?;
    if let Err(error) = vault.rotate(&old, &new, &shown.code, local, now) {
        // The sheet is on paper by now; the next try must be for the same one.
        app.recovery = Some(shown);
        return Err(error.into());
    }
    app.show_pages(Vec::new());
    for act in ["keys_changed", "recovery_made", "recovery_confirmed"] {
        // The keys are changed, whatever the disk says of a line in the log.
        drop(app.log(act, "", CaseText::default()));
    }
    Ok(WrongGroups { wrong })
}

/// Seals some more files anew.
pub(crate) fn continue_keys(app: &mut App, request: ContinueKeys) -> Result<KeysStep, ApiError> {
    let now = app.clock.now();
    let (vault, local) = app.vault_and_local()?;
    let step = vault.continue_rotation(AT_ONCE, request.let_go, local, now)?;
    let practice = vault.practice();
    let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(KeysStep {
        done: small(step.done),
        left: small(step.left),
        kept_back: step.kept_back.iter().map(|finding| finding_view(*finding, practice)).collect(),
        other_computers: step.other_computers,
        waiting: step.waiting,
        finished: step.finished,
    })
}
