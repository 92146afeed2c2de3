//! The intervision summary: new text beside generalised codes, and no name in it.

use crate::app::App;
use crate::cases::language;
use crate::convert::{shown, text};
use crate::error::{ApiError, ErrorCode};
use crate::files;
use crate::messages::key;
use crate::versions::{of_summary, shown_as, write_over};
use crate::wire::Saved;
use crate::wire::intervision::{
    IntervisionCheck, IntervisionText, IntervisionView, LabelledValue, NameFinding, SaveIntervision,
    SaveIntervisionDraft, SaveIntervisionFile,
};
use crate::wire::report::{FileSaved, Pages};
use casebook::case::SummaryDraft;
use casebook::{CaseSummary, CaseText};
use chrono::NaiveDate;
use intervision::{
    Angle, Beside, CheckError, Checked, Draft, DraftError, Found, Part, Permission, Session, Summary, Trait,
    WarningKind, check, warnings,
};
use rand::Rng as _;
use std::path::Path;
use taxonomy::{ConsentKind, Language};
use uuid::Uuid;

/// How often another random number is drawn when one happens to look like something in
/// the vault.
const DRAWS: usize = 20;

/// What a summary of a case would say in generalised codes, and what was written of it.
pub(crate) fn intervision(app: &mut App, request: IntervisionText) -> Result<IntervisionView, ApiError> {
    let language = language(&request.language)?;
    let case = summary_of(app, request.case)?;
    let draft = draft(&request)?;
    let whole = app.load_case(request.case)?;
    let stored = whole.current_summary_draft().cloned();
    let organisation = app.organisation_of(&case.facts);
    let beside = Beside::of(&draft, &case, organisation, app.clock.today(), language).map_err(refused)?;
    let lines = |lines: Vec<(&'static str, String)>| {
        lines.into_iter().map(|(label, value)| LabelledValue { label: label.to_owned(), value }).collect()
    };
    Ok(IntervisionView {
        number: case.facts.number.to_string(),
        context: lines(beside.context),
        facts: lines(beside.facts),
        consent: case.consents_to(ConsentKind::UseInIntervision),
        draft: stored.as_ref().map(|stored| draft_view(request.case, stored)),
        reason: stored.map(|stored| shown(&stored.reason)).unwrap_or_default(),
        shown: whole.summary_drafts.get(whole.id).map(shown_as),
        versions: of_summary(&whole, app.local.device()),
    })
}

/// Saves a summary that is being written into the case file. Names are allowed in it
/// there; the answer is small, because this runs while she types.
pub(crate) fn save_intervision_draft(app: &mut App, request: SaveIntervisionDraft) -> Result<Saved, ApiError> {
    let stored = stored_draft(&request.text, request.reason)?;
    let mut case = app.load_case(request.text.case)?;
    let (id, stamp) = (case.id, app.stamp()?);
    write_over(&mut case.summary_drafts, request.after, id, stored, stamp);
    Ok(Saved { saved_at: app.save_case(&mut case)? })
}

/// Checks a summary for names, and renders it when there are none.
pub(crate) fn check_intervision(app: &mut App, request: IntervisionText) -> Result<IntervisionCheck, ApiError> {
    let language = language(&request.language)?;
    let case = summary_of(app, request.case)?;
    let draft = draft(&request)?;
    let mut codes: Vec<String> =
        warnings(&draft, &case, app.clock.today()).iter().map(|w| warning_code(w.kind).to_owned()).collect();
    codes.sort();
    codes.dedup();
    // The preview is not an export: whether consent or a reason is there is asked at saving.
    let permission = Permission::Reason(CaseText::default());
    match checked(app, &draft, &case, &permission, session_month(app, &request.month)?) {
        Ok(page) => {
            let document = page.document(language).map_err(|_| ApiError::internal("summary"))?;
            let (count, version) = app.show_pages(document.pages_svg());
            Ok(IntervisionCheck {
                findings: Vec::new(),
                warnings: codes,
                pages: Some(Pages { count, version, figures: None }),
            })
        }
        Err(Refusal::Names(found)) => {
            let findings = found.iter().filter_map(|f| name_finding(&draft, f)).collect();
            Ok(IntervisionCheck { findings, warnings: codes, pages: None })
        }
        Err(Refusal::Empty) => Ok(IntervisionCheck { findings: Vec::new(), warnings: codes, pages: None }),
        Err(Refusal::Other(error)) => Err(error),
    }
}

/// Saves a summary that was previewed and confirmed.
pub(crate) fn save_intervision(app: &mut App, request: SaveIntervision) -> Result<FileSaved, ApiError> {
    if !request.confirmed {
        return Err(ApiError::new(ErrorCode::NotConfirmed));
    }
    let language = language(&request.text.language)?;
    let month = session_month(app, &request.text.month)?;
    let draft = draft(&request.text)?;
    save(app, &request.path, request.text.case, &draft, language, month, request.reason)
}

/// Saves a summary from a text file. The file is the exact text that is printed, so
/// that giving the command confirms it.
pub(crate) fn save_intervision_file(app: &mut App, request: SaveIntervisionFile) -> Result<FileSaved, ApiError> {
    let language = language(&request.language)?;
    let month = app.clock.today();
    let draft = Draft::parse(&request.words).map_err(refused)?.printable();
    save(app, &request.path, request.case, &draft, language, month, request.reason)
}

fn save(
    app: &mut App,
    path: &Path,
    id: Uuid,
    draft: &Draft,
    language: Language,
    month: NaiveDate,
    reason: String,
) -> Result<FileSaved, ApiError> {
    let as_text = match path.extension().and_then(|e| e.to_str()).map(str::to_lowercase).as_deref() {
        Some("pdf") => false,
        Some("txt") => true,
        _ => return Err(ApiError::field(ErrorCode::FieldInvalid, "path").with(".pdf, .txt")),
    };
    let case = summary_of(app, id)?;
    let reason = text(reason, "reason")?;
    let permission =
        Permission::of(&case, Some(reason)).map_err(|_| ApiError::field(ErrorCode::ReasonRequired, "reason"))?;
    let page = checked(app, draft, &case, &permission, month).map_err(|refusal| match refusal {
        Refusal::Names(found) => ApiError::new(ErrorCode::NamesLeft).with(found.len().to_string()),
        Refusal::Empty => ApiError::field(ErrorCode::FieldRequired, "situation"),
        Refusal::Other(error) => error,
    })?;
    let bytes = if as_text {
        page.text(language).into_bytes()
    } else {
        page.pdf(language).map_err(|_| ApiError::internal("summary"))?
    };
    let given = permission.reason().cloned().unwrap_or_default();
    // Logged first: a vault that cannot be written to lets nothing out.
    app.log("intervision_saved", page.number(), given)?;
    files::write(app, path, &bytes)
}

enum Refusal {
    Names(Vec<Found>),
    Empty,
    Other(ApiError),
}

fn checked(
    app: &mut App,
    draft: &Draft,
    case: &CaseSummary,
    permission: &Permission,
    month: NaiveDate,
) -> Result<Checked, Refusal> {
    let today = app.clock.today();
    for _ in 0..DRAWS {
        let session = Session { number: rand::rngs::OsRng.gen_range(1..10_000), meets: month, today };
        let organisation = app.organisation_of(&case.facts);
        let summary = Summary::new(draft, case, organisation, session).map_err(|error| match error {
            DraftError::Empty => Refusal::Empty,
            other => Refusal::Other(refused(other)),
        })?;
        match check(summary, app.names().map_err(Refusal::Other)?, permission) {
            Ok(page) => return Ok(page),
            Err(CheckError::NamesLeft(found)) if found.iter().all(|f| f.part.is_none()) => {}
            Err(CheckError::NamesLeft(found)) => {
                return Err(Refusal::Names(found.into_iter().filter(|f| f.part.is_some()).collect()));
            }
            Err(_) => break,
        }
    }
    Err(Refusal::Other(ApiError::new(ErrorCode::NameCheckFailed)))
}

fn summary_of(app: &App, id: Uuid) -> Result<CaseSummary, ApiError> {
    let found = app.vault()?.cases().iter().find(|case| case.id == id).cloned();
    found.ok_or_else(|| ApiError::new(ErrorCode::CaseUnknown))
}

/// The first day of the session's month; today when none was chosen.
fn session_month(app: &App, month: &str) -> Result<NaiveDate, ApiError> {
    Ok(chosen_month(month)?.unwrap_or_else(|| app.clock.today()))
}

fn chosen_month(month: &str) -> Result<Option<NaiveDate>, ApiError> {
    if month.is_empty() {
        return Ok(None);
    }
    let first = format!("{month}-01").parse().map_err(|_| ApiError::field(ErrorCode::FieldInvalid, "month"))?;
    Ok(Some(first))
}

/// The words and choices for the case file; what could not be shown again is refused.
fn stored_draft(request: &IntervisionText, reason: String) -> Result<SummaryDraft, ApiError> {
    let Draft { situation, action, question, feeling, angle: _, traits } = written(request)?;
    if traits.len() > Trait::AT_MOST {
        return Err(refused(DraftError::TooManyTraits(traits.len())));
    }
    Ok(SummaryDraft {
        language: language(&request.language)?,
        month: chosen_month(&request.month)?,
        traits: request.traits.clone(),
        angle: request.angle.clone(),
        situation,
        action,
        question,
        feeling,
        reason: text(reason, "reason")?,
    })
}

pub(crate) fn draft_view(case: Uuid, stored: &SummaryDraft) -> IntervisionText {
    let SummaryDraft { language, month, traits, angle, situation, action, question, feeling, reason: _ } = stored;
    IntervisionText {
        case,
        language: key(*language).to_owned(),
        month: month.map(|month| month.format("%Y-%m").to_string()).unwrap_or_default(),
        traits: traits.clone(),
        angle: angle.clone(),
        situation: shown(situation),
        action: shown(action),
        dilemma: shown(question),
        own_role: shown(feeling),
    }
}

/// The words as they can be printed.
fn draft(request: &IntervisionText) -> Result<Draft, ApiError> {
    written(request).map(Draft::printable)
}

/// The words as she wrote them.
fn written(request: &IntervisionText) -> Result<Draft, ApiError> {
    let invalid = |field| ApiError::field(ErrorCode::FieldInvalid, field);
    let angle = match request.angle.as_str() {
        "" => None,
        "technical" => Some(Angle::Technical),
        "normative" => Some(Angle::Normative),
        "personal" => Some(Angle::Personal),
        _ => return Err(invalid("angle")),
    };
    let chosen = |word: &String| match word.as_str() {
        "gender" => Ok(Trait::Sex),
        "age" => Ok(Trait::Age),
        "level" => Ok(Trait::Level),
        "relation" => Ok(Trait::Relation),
        "contract" => Ok(Trait::Contract),
        _ => Err(invalid("traits")),
    };
    Ok(Draft {
        situation: text(request.situation.clone(), "situation")?,
        action: text(request.action.clone(), "action")?,
        question: text(request.dilemma.clone(), "dilemma")?,
        feeling: text(request.own_role.clone(), "own_role")?,
        angle,
        traits: request.traits.iter().map(chosen).collect::<Result<_, _>>()?,
    })
}

fn refused(error: DraftError) -> ApiError {
    match error {
        DraftError::Empty => ApiError::field(ErrorCode::FieldRequired, "situation"),
        DraftError::TooManyTraits(count) => ApiError::field(ErrorCode::FieldInvalid, "traits").with(count.to_string()),
        DraftError::UnknownHeading(line) | DraftError::UnknownChoice(line) => {
            ApiError::field(ErrorCode::FieldInvalid, "text").with(line.to_string())
        }
        _ => ApiError::internal("draft"),
    }
}

fn field(part: Part) -> &'static str {
    match part {
        Part::Situation => "situation",
        Part::Action => "action",
        Part::Question => "dilemma",
        Part::Feeling => "own_role",
    }
}

fn name_finding(draft: &Draft, found: &Found) -> Option<NameFinding> {
    let part = found.part?;
    // EXPOSE: back to the window of the adviser who is writing it.
    let words = draft.part(part).expose();
    let range = &found.finding.range;
    let units = |bytes: &str| u32::try_from(bytes.encode_utf16().count()).unwrap_or(u32::MAX);
    let (before, inside) = (words.get(..range.start)?, words.get(range.clone())?);
    Some(NameFinding {
        field: field(part).to_owned(),
        found: inside.to_owned(),
        kind: found.finding.kind.code().to_owned(),
        start: units(before),
        end: units(before) + units(inside),
    })
}

fn warning_code(kind: WarningKind) -> &'static str {
    match kind {
        WarningKind::Quotation => "quotation",
        WarningKind::Rare => "rare",
        WarningKind::Number => "number",
        WarningKind::SmallCount => "small-count",
        WarningKind::Recent => "recent",
        WarningKind::Refused => "refused",
    }
}
