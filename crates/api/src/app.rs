//! The app without a window: one vault, one clock, the settings of this computer.

use crate::clock::{Clock, moment};
use crate::error::{ApiError, ErrorCode};
use crate::last_words::LastWords;
use crate::pictures::Picture;
use crate::seen::Seen;
use crate::sheets::ShownCode;
use casebook::case::{Case, Facts};
use casebook::names::NameIndex;
use casebook::practice::{LogLine, Organisation, Practice};
use casebook::{CaseSummary, CaseText, Stamp};
use std::path::{Path, PathBuf};
use taxonomy::Language;
use uuid::Uuid;
use vault::{LocalState, Vault};

/// The moment of the last save in the vault that is remembered, for its lock screen.
pub(crate) const SAVED_AT: &str = "saved_at";

/// How a setting says that something usual is not wanted.
pub(crate) const OFF: &str = "off";

/// Something of the system at which Luwte locks, unless she does not want it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LockSignal {
    /// The computer is going to sleep.
    Sleep,
    /// The screen is locked, or somebody else's session is shown.
    ScreenLock,
}

impl LockSignal {
    pub(crate) fn setting(self) -> &'static str {
        match self {
            Self::Sleep => "lock_on_sleep",
            Self::ScreenLock => "lock_on_screen_lock",
        }
    }
}

/// Everything a command works on.
pub struct App {
    pub(crate) clock: Box<dyn Clock>,
    pub(crate) local: LocalState,
    pub(crate) folder: Option<PathBuf>,
    /// The code that was shown last, until its sheet is proved to exist.
    pub(crate) recovery: Option<ShownCode>,
    pub(crate) last_saved: Option<String>,
    pub(crate) remembers: bool,
    /// What could not be saved when the vault had to lock.
    pub(crate) last_words: LastWords,
    /// The back-up that was picked last, to look into or to put back.
    pub(crate) chosen_backup: Option<PathBuf>,
    vault: Option<Vault>,
    /// Built at the first name check after unlocking; gone at lock.
    names: Option<NameIndex>,
    pages: RenderedPages,
    /// The picture that is being looked at, under an id that is new every time.
    pub(crate) picture: Option<(Uuid, Picture)>,
    pub(crate) seen: Seen,
}

/// Pages of the last preview, as SVG; the window loads them as images.
#[derive(Default)]
struct RenderedPages {
    version: u32,
    svg: Vec<String>,
}

impl App {
    /// An app with its device-local folder (ids, counters and plain settings only; never
    /// case text).
    ///
    /// # Errors
    /// When that folder cannot be used.
    pub fn new(state_folder: &Path, clock: Box<dyn Clock>) -> Result<Self, ApiError> {
        let local = LocalState::open(state_folder)?;
        let folder = local.setting("vault").filter(|folder| !folder.is_empty()).map(PathBuf::from);
        let last_saved = local.setting(SAVED_AT).filter(|_| folder.is_some());
        Ok(Self {
            clock,
            local,
            folder,
            recovery: None,
            last_saved,
            remembers: false,
            last_words: LastWords::default(),
            chosen_backup: None,
            vault: None,
            names: None,
            pages: RenderedPages::default(),
            picture: None,
            seen: Seen::default(),
        })
    }

    /// Whether a vault folder that is made or chosen is opened again at the next start.
    pub fn remember_folder(&mut self, remember: bool) {
        self.remembers = remember;
    }

    /// Whether Luwte locks at this; it does, unless the setting says that it does not.
    #[must_use]
    pub fn locks_on(&self, signal: LockSignal) -> bool {
        self.local.setting(signal.setting()).as_deref() != Some(OFF)
    }

    /// After how many minutes without work Luwte locks.
    #[must_use]
    pub fn lock_minutes(&self) -> u32 {
        self.number("lock_minutes", 10)
    }

    /// A setting that is a number, or the usual one.
    pub(crate) fn number(&self, setting: &str, usual: u32) -> u32 {
        self.local.setting(setting).and_then(|number| number.parse().ok()).unwrap_or(usual)
    }

    /// Works on this vault folder from now on; what was open is locked first.
    pub fn use_folder(&mut self, folder: &Path) {
        self.close();
        self.folder = Some(folder.to_owned());
        self.last_saved = None;
    }

    /// One page of the last preview as SVG, from 1; `None` when there is no such page.
    #[must_use]
    pub fn page(&self, number: usize) -> Option<&str> {
        self.pages.svg.get(number.checked_sub(1)?).map(String::as_str)
    }

    pub(crate) fn show_pages(&mut self, svg: Vec<String>) -> (u32, u32) {
        self.pages = RenderedPages { version: self.pages.version.wrapping_add(1), svg };
        (u32::try_from(self.pages.svg.len()).unwrap_or(u32::MAX), self.pages.version)
    }

    pub(crate) fn opened(&mut self, vault: Vault) {
        self.names = None;
        self.vault = Some(vault);
        if self.local.setting(SAVED_AT).is_some() {
            // Until the next lock it may be later than was noted.
            let _ = self.local.set_setting(SAVED_AT, "");
        }
        self.save_last_words();
    }

    /// Locks at once: drops the open vault and everything derived from it. What the
    /// adviser wrote is on the disk already; the register, a cache, is sealed here when
    /// that works.
    pub fn close(&mut self) {
        let now = self.clock.now();
        if let Some(vault) = self.vault.take() {
            // The register can always be made again from the cases, so that a failure
            // here loses nothing and must not keep the vault open.
            drop(vault.lock(now));
            self.note_last_save();
        }
        self.names = None;
        self.last_words.forget();
        self.recovery = None;
        self.seen = Seen::default();
        self.pages = RenderedPages::default();
        self.picture = None;
    }

    /// For the lock screen of another process. A moment that cannot be noted is not shown;
    /// nothing depends on it.
    fn note_last_save(&self) {
        let remembered = self.local.setting("vault");
        let ours = remembered.as_deref() == self.folder.as_deref().and_then(Path::to_str);
        if let Some(at) = self.last_saved.as_deref().filter(|_| self.remembers && ours) {
            let _ = self.local.set_setting(SAVED_AT, at);
        }
    }

    /// Whether a vault is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.vault.is_some()
    }

    pub(crate) fn vault(&self) -> Result<&Vault, ApiError> {
        self.vault.as_ref().ok_or_else(|| ApiError::new(ErrorCode::VaultLocked))
    }

    pub(crate) fn vault_mut(&mut self) -> Result<&mut Vault, ApiError> {
        self.vault.as_mut().ok_or_else(|| ApiError::new(ErrorCode::VaultLocked))
    }

    /// The open vault, with what this computer keeps for itself.
    pub(crate) fn vault_and_local(&mut self) -> Result<(&mut Vault, &LocalState), ApiError> {
        let vault = self.vault.as_mut().ok_or_else(|| ApiError::new(ErrorCode::VaultLocked))?;
        Ok((vault, &self.local))
    }

    /// Whether everything that was ever written is there. Counting from a vault that
    /// misses a case would give a wrong number without a word.
    pub(crate) fn complete(&self) -> Result<(), ApiError> {
        self.vault()?.first_obstacle().map_or(Ok(()), |finding| Err(finding.into()))
    }

    pub(crate) fn stamp(&self) -> Result<Stamp, ApiError> {
        Ok(self.vault()?.stamp(self.clock.now()))
    }

    pub(crate) fn load_case(&mut self, id: Uuid) -> Result<Case, ApiError> {
        let vault = self.vault_mut()?;
        if !vault.cases().iter().any(|summary| summary.id == id) {
            return Err(ApiError::new(ErrorCode::CaseUnknown));
        }
        Ok(vault.case(id)?)
    }

    pub(crate) fn facts(&self, case: &Case) -> Result<Facts, ApiError> {
        case.current_facts().cloned().ok_or_else(|| ApiError::internal("facts"))
    }

    /// Saves a case; answers the moment from which it is durable. The case is then what
    /// was saved: also what a second computer had written into it meanwhile.
    pub(crate) fn save_case(&mut self, case: &mut Case) -> Result<String, ApiError> {
        let now = self.clock.now();
        let vault = self.vault_mut()?;
        let saved = vault.save_case(case, now)?;
        if saved.merged {
            *case = vault.case(case.id)?;
        }
        if let (Some(names), Some(summary)) = (&mut self.names, CaseSummary::of(case)) {
            names.update(&summary);
        }
        Ok(self.noted(saved.at))
    }

    /// Saves new cases that came in together.
    pub(crate) fn save_cases(&mut self, cases: &[Case]) -> Result<(), ApiError> {
        let now = self.clock.now();
        let saved = self.vault_mut()?.save_cases(cases, now)?;
        self.names = None;
        self.noted(saved.at);
        Ok(())
    }

    /// Changes the practice and saves it; answers the moment from which it is durable.
    pub(crate) fn change_practice(&mut self, change: impl FnOnce(&mut Practice, Stamp)) -> Result<String, ApiError> {
        let (now, stamp) = (self.clock.now(), self.stamp()?);
        let mut practice = self.vault()?.practice().clone();
        change(&mut practice, stamp);
        let saved = self.vault_mut()?.save_practice(practice, now)?;
        self.names = None;
        Ok(self.noted(saved.at))
    }

    fn noted(&mut self, at: chrono::DateTime<chrono::Utc>) -> String {
        let at = moment(at);
        self.last_saved = Some(at.clone());
        at
    }

    /// Adds a line to the log: an act and a number, no content (R39).
    pub(crate) fn log(&mut self, act: &str, subject: &str, reason: CaseText) -> Result<(), ApiError> {
        let line = LogLine { act: act.to_owned(), subject: subject.to_owned(), reason };
        self.change_practice(|practice, stamp| practice.log.write(Uuid::new_v4(), line, stamp)).map(drop)
    }

    /// Lets the index of names be made again.
    pub(crate) fn forget_names(&mut self) {
        self.names = None;
    }

    /// The index of every name in the vault.
    pub(crate) fn names(&mut self) -> Result<&NameIndex, ApiError> {
        if self.names.is_none() {
            self.names = Some(crate::names::index(self.vault()?));
        }
        self.names.as_ref().ok_or_else(|| ApiError::internal("names"))
    }

    pub(crate) fn organisation(&self, id: Uuid) -> Result<&Organisation, ApiError> {
        let found = self.vault()?.practice().organisations.get(id).map(|r| &r.body);
        found.ok_or_else(|| ApiError::new(ErrorCode::OrganisationUnknown))
    }

    pub(crate) fn organisation_of(&self, facts: &Facts) -> Option<&Organisation> {
        self.organisation(facts.organisation?).ok()
    }

    pub(crate) fn organisation_name(&self, id: Option<Uuid>) -> String {
        let organisation = id.and_then(|id| self.organisation(id).ok());
        organisation.map(|o| crate::convert::shown(&o.name)).unwrap_or_default()
    }

    pub(crate) fn language(&self) -> Language {
        if self.local.setting("language").as_deref() == Some("en") { Language::En } else { Language::Nl }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.close();
    }
}
