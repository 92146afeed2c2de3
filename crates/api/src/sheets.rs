//! The recovery sheet: its page, and the proof that the paper exists and works.

use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::files;
use crate::sessions::last_part;
use crate::wire::Nothing;
use crate::wire::report::{FileSaved, Pages};
use crate::wire::session::{
    ConfirmRecovery, PreviewSheet, ProveRecovery, RecoveryGroups, SaveSheet, SheetProof, Upkeep, WrongGroups,
};
use casebook::CaseText;
use chrono::{Datelike, Days, Months};
use qrcode::{Color, EcLevel, QrCode};
use report::Day;
use serde_json::{Value, json};
use taxonomy::Language;
use typeset::{Document, Template};
use vault::RecoveryCode;

/// When a new sheet should be found again: on the day that it is made it lies on the desk.
const FOUND_AGAIN: Days = Days::new(14);
/// How long a proof of the sheet is good for.
const PROOF_HOLDS: Months = Months::new(12);

/// The code whose digits can still be seen.
pub(crate) struct ShownCode {
    pub(crate) code: RecoveryCode,
    /// Whether it opens the vault already; the code of keys that are yet to be changed
    /// does not.
    pub(crate) works: bool,
}

/// A new recovery code; the old one opens nothing any more.
pub(crate) fn new_recovery_code(app: &mut App, _: Nothing) -> Result<RecoveryGroups, ApiError> {
    let code = app.vault_mut()?.new_recovery_code()?;
    Ok(made(app, code))
}

/// Notes that a code was made and keeps it until its sheet is proved to exist.
pub(crate) fn made(app: &mut App, code: RecoveryCode) -> RecoveryGroups {
    drop(app.log("recovery_made", "", CaseText::default()));
    show(app, ShownCode { code, works: true })
}

/// Lets the digits of a code be seen, and its sheet be printed.
pub(crate) fn show(app: &mut App, shown: ShownCode) -> RecoveryGroups {
    let groups = groups(&shown.code);
    app.recovery = Some(shown);
    RecoveryGroups { groups }
}

fn groups(code: &RecoveryCode) -> Vec<String> {
    // EXPOSE: shown to the owner, to be put on paper.
    code.expose().split('-').map(str::to_owned).collect()
}

/// Renders the sheet of the code that was made last.
pub(crate) fn preview_sheet(app: &mut App, request: PreviewSheet) -> Result<Pages, ApiError> {
    let pages = typeset_sheet(app, request.square)?.pages_svg();
    let (count, version) = app.show_pages(pages);
    Ok(Pages { count, version, figures: None })
}

/// Saves the sheet as PDF in the place that was chosen.
pub(crate) fn save_sheet(app: &mut App, request: SaveSheet) -> Result<FileSaved, ApiError> {
    let pdf = typeset_sheet(app, request.square)?.pdf().map_err(|_| ApiError::internal("sheet"))?;
    files::write(app, &request.path, &pdf)
}

fn typeset_sheet(app: &App, square: bool) -> Result<Document, ApiError> {
    let code = &app.recovery.as_ref().ok_or_else(|| ApiError::new(ErrorCode::SheetGone))?.code;
    let language = app.language();
    let today = app.clock.today();
    let data = json!({
        "language": if language == Language::Nl { "nl" } else { "en" },
        "vault": last_part(app.vault()?.folder()),
        "date": Day { year: today.year(), month: today.month(), day: today.day() }.in_words(language),
        "groups": groups(code),
        "code": if square { square_code(code)? } else { Value::Null },
    });
    typeset::compile(Template::RecoverySheet, data).map_err(|_| ApiError::internal("sheet"))
}

/// The modules of a QR code, one string a line, `#` for a dark one.
fn square_code(code: &RecoveryCode) -> Result<Value, ApiError> {
    // EXPOSE: the same digits, for a scanner instead of a person.
    let drawn = QrCode::with_error_correction_level(code.expose().as_bytes(), EcLevel::M);
    let drawn = drawn.map_err(|_| ApiError::internal("sheet"))?;
    let (width, modules) = (drawn.width(), drawn.to_colors());
    let line = |line: &[Color]| line.iter().map(|module| module.select('#', '.')).collect::<String>();
    Ok(modules.chunks(width).map(line).collect())
}

/// Proves that the sheet was printed or copied: some groups of it are typed over.
pub(crate) fn confirm_recovery(app: &mut App, request: ConfirmRecovery) -> Result<WrongGroups, ApiError> {
    if app.recovery.as_ref().is_some_and(|shown| !shown.works) {
        return Err(ApiError::new(ErrorCode::SheetGone));
    }
    let wrong = wrong_groups(app, &request.places, &request.groups)?;
    if wrong.is_empty() {
        proved(app)?;
    }
    Ok(WrongGroups { wrong })
}

/// Which of some typed groups are not those of the code that was shown last.
pub(crate) fn wrong_groups(app: &App, places: &[u32], typed: &[String]) -> Result<Vec<u32>, ApiError> {
    if places.len() < 2 || places.len() != typed.len() {
        return Err(ApiError::bad_request("groups"));
    }
    let code = &app.recovery.as_ref().ok_or_else(|| ApiError::new(ErrorCode::SheetGone))?.code;
    let real = zeroize::Zeroizing::new(groups(code));
    let right = |place: u32, typed: &str| {
        let index = usize::try_from(place).ok().and_then(|p| p.checked_sub(1));
        index.and_then(|i| real.get(i)).is_some_and(|group| *group == typed.trim())
    };
    let pairs = places.iter().zip(typed);
    Ok(pairs.filter(|(place, typed)| !right(**place, typed)).map(|(place, _)| *place).collect())
}

/// Proves that the paper opens the vault: all 48 digits are typed over and
/// `recovery.age` is really opened with them.
pub(crate) fn prove_recovery(app: &mut App, request: ProveRecovery) -> Result<SheetProof, ApiError> {
    let typed = zeroize::Zeroizing::new(request.groups);
    let code = match RecoveryCode::from_groups(&typed) {
        Ok(code) => code,
        Err(error) => return Ok(SheetProof { wrong: error.groups, opens: false }),
    };
    let opens = app.vault_mut()?.prove_recovery_code(&code)?;
    if opens {
        proved(app)?;
    }
    Ok(SheetProof { wrong: Vec::new(), opens })
}

/// The paper exists, so that the digits are needed nowhere else any more.
fn proved(app: &mut App) -> Result<(), ApiError> {
    app.log("recovery_confirmed", "", CaseText::default())?;
    app.recovery = None;
    app.show_pages(Vec::new());
    Ok(())
}

/// What the sheet asks of her now, if anything.
pub(crate) fn upkeep(app: &App) -> Result<Option<Upkeep>, ApiError> {
    let log = app.vault()?.practice().log.current();
    let made = log.iter().filter(|r| r.body.act == "recovery_made").map(|r| r.saved_at).max();
    let proofs = log.iter().filter(|r| r.body.act == "recovery_confirmed");
    let proved = proofs.map(|r| r.saved_at).filter(|at| made.is_none_or(|made| *at >= made)).max();
    let Some(proved) = proved.map(|at| at.date_naive()) else { return Ok(Some(Upkeep::SheetUnproved)) };
    let when_made = made.map(|at| at.date_naive()).filter(|made| *made == proved);
    let today = app.clock.today();
    Ok(if proved.checked_add_months(PROOF_HOLDS).is_some_and(|due| due <= today) {
        Some(Upkeep::SheetOld)
    } else if when_made.and_then(|made| made.checked_add_days(FOUND_AGAIN)).is_some_and(|due| due <= today) {
        Some(Upkeep::SheetNew)
    } else {
        None
    })
}
