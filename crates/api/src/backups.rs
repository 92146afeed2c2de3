//! Back-ups: where and when they are made, what they are worth, and putting one back.

use crate::app::App;
use crate::clock::moment;
use crate::error::{ApiError, ErrorCode};
use crate::sessions::{app_state, last_part, remember_folder};
use crate::wire::Nothing;
use crate::wire::backup::{
    BackupCard, BackupContents, BackupFolder, BackupPath, BackupRhythm, BackupSecret, BackupState, ChosenBackup,
    LastBackupView, RestoreBackup,
};
use crate::wire::session::AppState;
use casebook::CaseText;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use std::path::{Path, PathBuf};
use vault::backup::{self, BackupProof, Contents, Made, ReadBackupError, Rhythm, Secret};
use vault::{BackupFile, BackupPlan, DiskTrouble, LocalState, Passphrase, RecoveryCode};

/// Days after which *Vandaag* says that the last back-up is old.
const OLD: i64 = 7;
/// Days after which a rehearsal is offered again.
const YEAR: i64 = 365;
/// The word in the log for a rehearsal that went well.
const REHEARSED: &str = "backup_rehearsed";
/// Parts of folder names under which programs keep what they copy to a cloud.
const CLOUDS: [&str; 12] = [
    "onedrive",
    "dropbox",
    "icloud",
    "mobile documents",
    "google drive",
    "googledrive",
    "nextcloud",
    "owncloud",
    "proton drive",
    "pcloud",
    "cloudstorage",
    "stack",
];

/// The back-up that is planned. It needs neither an open vault nor an [`App`], so that it
/// never keeps anybody from unlocking or saving.
pub struct PlannedBackup {
    state: PathBuf,
    plan: BackupPlan,
    open: bool,
    now: DateTime<Utc>,
    clock: NaiveDateTime,
}

impl PlannedBackup {
    /// Makes it when it is due, and says whether it was: after locking, at the end of the
    /// program, and in between when one waits for its stick. A failure is noted where
    /// *Vandaag* finds it; there is nobody to ask.
    pub fn make_if_due(self) -> bool {
        let due = backup::due(&self.plan, self.clock.date(), self.open);
        if let (true, Ok(local)) = (due, LocalState::open(&self.state)) {
            drop(backup::make(&local, &self.plan, self.now, self.clock));
        }
        due
    }
}

/// The last back-up, which was made while the vault was locked and should be opened now.
/// It needs neither the open vault nor an [`App`], so that she never waits for it.
pub struct UnprovedBackup {
    state: PathBuf,
    proof: BackupProof,
}

impl UnprovedBackup {
    /// Opens it, and says which it was; nothing when it is not there, or ran out of reach.
    /// What is wrong is noted where *Vandaag* finds it.
    #[must_use]
    pub fn prove(self) -> Option<PathBuf> {
        let (file, local) = (self.proof.file(), LocalState::open(&self.state).ok()?);
        match self.proof.run(&local) {
            Err(ReadBackupError::Disk(DiskTrouble::Gone | DiskTrouble::NotDownloaded)) => None,
            _ => Some(file),
        }
    }
}

impl App {
    /// The back-up that should be opened now, if any: the last one, unless it is known what
    /// it is worth or it is the one that was `tried` already.
    #[must_use]
    pub fn unproved_backup(&self, tried: Option<&Path>) -> Option<UnprovedBackup> {
        let plan = self.plan().filter(BackupPlan::unproved)?;
        if plan.last_file().as_deref() == tried {
            return None;
        }
        let proof = self.vault().ok()?.backup_proof(&plan)?;
        Some(UnprovedBackup { state: self.local.folder().to_owned(), proof })
    }

    /// The back-up that is planned, due or not.
    #[must_use]
    pub fn planned_backup(&self) -> Option<PlannedBackup> {
        Some(PlannedBackup {
            state: self.local.folder().to_owned(),
            plan: self.plan()?,
            open: self.is_open(),
            now: self.clock.now(),
            clock: self.clock.local(),
        })
    }

    fn plan(&self) -> Option<BackupPlan> {
        self.local.backup_plan(self.folder.as_deref()?)
    }
}

/// Where and when back-ups are made.
pub(crate) fn backup_state(app: &mut App, _: Nothing) -> Result<BackupState, ApiError> {
    let plan = app.plan();
    let rehearsed = if app.is_open() { newest(app, REHEARSED)? } else { None };
    let usual = (Rhythm::Close, backup::USUAL_KEEP);
    let (rhythm, keep) = plan.as_ref().map_or(usual, |plan| (plan.rhythm, plan.keep));
    Ok(BackupState {
        folder: plan.as_ref().map(|plan| plan.folder.to_string_lossy().into_owned()),
        cloud: plan.as_ref().is_some_and(|plan| in_cloud(&plan.folder)),
        rhythm: rhythm.word().to_owned(),
        keep,
        waiting: plan.as_ref().is_some_and(|plan| plan.waiting),
        last: plan.and_then(|plan| plan.last).map(|last| LastBackupView {
            at: moment(last.at),
            file: last.name,
            size: length(last.size),
            cases: count(last.cases),
        }),
        rehearsed: rehearsed.map(|at| at.date_naive().to_string()),
    })
}

fn in_cloud(folder: &Path) -> bool {
    let part = |part: &std::ffi::OsStr| {
        let name = part.to_string_lossy().to_lowercase();
        CLOUDS.iter().any(|cloud| name.starts_with(cloud))
    };
    folder.iter().any(part)
}

/// Bytes as a window counts them; beyond nine petabytes it would round.
#[expect(clippy::cast_precision_loss, reason = "a back-up has fewer than two to the fifty-third bytes")]
fn length(bytes: u64) -> f64 {
    bytes as f64
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The moment of the newest line of the log about an act.
fn newest(app: &App, act: &str) -> Result<Option<DateTime<Utc>>, ApiError> {
    let log = &app.vault()?.practice().log;
    Ok(log.current().into_iter().filter(|line| line.body.act == act).map(|line| line.saved_at).max())
}

/// Makes back-ups in another folder from now on.
pub(crate) fn choose_backup_folder(app: &mut App, request: BackupFolder) -> Result<BackupState, ApiError> {
    let new = app.vault()?.backup_plan(&request.path);
    backup::fits(&new)?;
    app.local.change_backup_plan(&new, |plan| {
        if plan.vault_id != new.vault_id {
            plan.clone_from(&new);
        }
        if plan.folder != new.folder {
            plan.folder.clone_from(&new.folder);
            // What was made elsewhere is not here, so that the next one is made at once.
            (plan.last, plan.waiting, plan.failed) = (None, false, false);
        }
    })?;
    backup_state(app, Nothing {})
}

/// When back-ups are made, and how many are kept.
pub(crate) fn save_backup_rhythm(app: &mut App, request: BackupRhythm) -> Result<BackupState, ApiError> {
    let rhythm = Rhythm::parse(&request.rhythm).ok_or_else(|| ApiError::field(ErrorCode::FieldInvalid, "rhythm"))?;
    if !(1..=100).contains(&request.keep) {
        return Err(ApiError::field(ErrorCode::FieldInvalid, "keep"));
    }
    let plan = app.plan().ok_or_else(|| ApiError::new(ErrorCode::BackupNotSet))?;
    app.local.change_backup_plan(&plan, |plan| (plan.rhythm, plan.keep) = (rhythm, request.keep))?;
    backup_state(app, Nothing {})
}

/// Makes a back-up now and opens everything in it.
pub(crate) fn make_backup(app: &mut App, _: Nothing) -> Result<BackupContents, ApiError> {
    let plan = app.plan().ok_or_else(|| ApiError::new(ErrorCode::BackupNotSet))?;
    let made = app.vault()?.back_up(&app.local, &plan, app.clock.now(), app.clock.local())?;
    Ok(made_view(made))
}

/// Makes one back-up in a place of her choice. Without an open vault every byte of it is
/// proved, and nothing is opened.
pub(crate) fn make_backup_at(app: &mut App, request: BackupPath) -> Result<BackupContents, ApiError> {
    let made = if app.is_open() {
        app.vault()?.back_up_to(&app.local, &request.path)?
    } else {
        let folder = app.folder.as_deref().ok_or_else(|| ApiError::new(ErrorCode::NoVault))?;
        backup::back_up_to(&app.local, folder, &request.path)?
    };
    Ok(made_view(made))
}

fn made_view(made: Made) -> BackupContents {
    let file = last_part(&made.file);
    match made.contents {
        Some(contents) => contents_view(file, made.size, contents),
        None => unopened_view(file, made.size, made.cases),
    }
}

fn unopened_view(file: String, size: u64, cases: usize) -> BackupContents {
    BackupContents {
        file,
        size: length(size),
        cases: count(cases),
        attachments: 0,
        last_change: None,
        opened: false,
        bad: Vec::new(),
    }
}

fn contents_view(file: String, size: u64, contents: Contents) -> BackupContents {
    let Contents { vault_id: _, cases, attachments, last_change, bad, other_keys: _ } = contents;
    BackupContents {
        file,
        size: length(size),
        cases: count(cases),
        attachments: count(attachments),
        last_change: last_change.map(moment),
        opened: true,
        bad,
    }
}

/// Compares every byte of the last back-up with what was written, and opens everything.
pub(crate) fn check_backup(app: &mut App, _: Nothing) -> Result<BackupContents, ApiError> {
    let plan = app.plan().ok_or_else(|| ApiError::new(ErrorCode::BackupNotSet))?;
    let proof = app.vault()?.backup_proof(&plan).ok_or_else(|| ApiError::new(ErrorCode::BackupNotSet))?;
    let name = last_part(&proof.file());
    let made = proof.run(&app.local).map_err(|error| ApiError::from(error).with(name.as_str()))?;
    if made.contents.as_ref().is_some_and(|contents| contents.other_keys) {
        return Err(ApiError::new(ErrorCode::BackupOtherKeys).with(name));
    }
    Ok(made_view(made))
}

fn opened(file: &Path) -> Result<BackupFile, ApiError> {
    BackupFile::open(file).map_err(|error| ApiError::from(error).with(last_part(file)))
}

/// Picks a back-up to look into, to rehearse with or to put back.
pub(crate) fn choose_backup(app: &mut App, request: BackupPath) -> Result<ChosenBackup, ApiError> {
    let backup = opened(&request.path)?;
    let chosen =
        ChosenBackup { file: last_part(&request.path), size: length(backup.size()), cases: count(backup.cases()) };
    app.chosen_backup = Some(request.path);
    Ok(chosen)
}

fn chosen(app: &App) -> Result<PathBuf, ApiError> {
    app.chosen_backup.clone().ok_or_else(|| ApiError::bad_request("choose_backup"))
}

/// Opens everything in the picked back-up, and writes nothing.
pub(crate) fn preview_backup(app: &mut App, request: BackupSecret) -> Result<BackupContents, ApiError> {
    look_into(app, request).map(|(view, _)| view)
}

fn look_into(app: &App, request: BackupSecret) -> Result<(BackupContents, Contents), ApiError> {
    let file = chosen(app)?;
    let mut backup = opened(&file)?;
    let contents = match (request.passphrase.map(Passphrase::new), request.code.map(zeroize::Zeroizing::new)) {
        (Some(passphrase), None) => backup.open_with(Secret::Passphrase(&passphrase))?,
        (None, Some(code)) => backup.open_with(Secret::Code(&RecoveryCode::parse(&code)?))?,
        _ => return Err(ApiError::bad_request("secret")),
    };
    Ok((contents_view(last_part(&file), backup.size(), contents.clone()), contents))
}

/// A rehearsal: proves that this back-up and this secret work, and notes the day.
pub(crate) fn rehearse_backup(app: &mut App, request: BackupSecret) -> Result<BackupContents, ApiError> {
    let ours = app.vault()?.backup_plan(Path::new("")).vault_id;
    let (view, contents) = look_into(app, request)?;
    if contents.vault_id != ours {
        return Err(ApiError::new(ErrorCode::FileForeign).with(view.file));
    }
    let file = chosen(app)?;
    opened(&file)?.check().map_err(|error| ApiError::from(error).with(last_part(&file)))?;
    if contents.bad.is_empty() {
        app.log(REHEARSED, &contents.cases.to_string(), CaseText::default())?;
    }
    Ok(view)
}

/// Puts the picked back-up back in a new folder, which is the one to work with from the
/// next start on. What is open stays open: to lock ends the process, which is not done here.
pub(crate) fn restore_backup(app: &mut App, request: RestoreBackup) -> Result<AppState, ApiError> {
    let file = chosen(app)?;
    let mut backup = opened(&file)?;
    let own = |place: &Path| place.join(format!("Luwte teruggezet {}", app.clock.local().format("%Y-%m-%d %H.%M")));
    let empty = backup::takes_a_vault(&request.path);
    let folder = if request.beside && !empty { own(&request.path) } else { request.path };
    let root = backup.restore(&folder, &app.local)?;
    if !app.is_open() {
        app.use_folder(&root);
    }
    remember_folder(app, &root)?;
    app_state(app, Nothing {})
}

/// What *Vandaag* should say of back-ups, most urgent first.
pub(crate) fn card(app: &App) -> Result<Option<BackupCard>, ApiError> {
    let say =
        |kind: &str, days: i64| Some(BackupCard { kind: kind.to_owned(), days: u32::try_from(days).unwrap_or(0) });
    let today: NaiveDate = app.clock.today();
    let Some(plan) = app.plan() else {
        return Ok(if app.vault()?.cases().is_empty() { None } else { say("none", 0) });
    };
    let days = plan.last.as_ref().map(|last| (today - last.day).num_days());
    if plan.failed {
        return Ok(say("failed", days.unwrap_or(0)));
    }
    if plan.waiting {
        return Ok(say("waiting", days.unwrap_or(0)));
    }
    match days {
        None => return Ok(if app.vault()?.cases().is_empty() { None } else { say("none", 0) }),
        Some(days) if days > OLD && backup::changed(&plan) => return Ok(say("old", days)),
        Some(days) if plan.damaged => return Ok(say("damaged", days)),
        Some(_) => {}
    }
    let log = &app.vault()?.practice().log;
    let first = log.current().into_iter().map(|line| line.saved_at).min();
    let since = newest(app, REHEARSED)?.or(first).map_or(0, |at| (today - at.date_naive()).num_days());
    Ok(if since > YEAR { say("rehearse", days.unwrap_or(0)) } else { None })
}
