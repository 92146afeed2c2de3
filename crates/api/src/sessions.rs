//! Making, unlocking and locking a vault; passphrases; the settings of this computer.

use crate::app::{App, LockSignal, OFF, SAVED_AT};
use crate::error::{ApiError, ErrorCode};
use crate::failures::finding_view;
use crate::sheets;
use crate::wire::session::{
    AppState, ChangePassphrase, CheckResult, CreateVault, FindingView, RatePassphrase, Rating, Recover, RecoveryGroups,
    RestorePrevious, Settings, Stage, Suggestion, Unlock, UseVault,
};
use crate::wire::{Done, Nothing};
use casebook::CaseText;
use rand::seq::SliceRandom;
use std::collections::HashSet;
use std::path::Path;
use vault::{Finding, Object, Passphrase, RecoveryCode, Vault};
use zxcvbn::feedback::{Feedback, Warning};

/// The words of a proposed passphrase: 2,048, so six of them are 66 bits.
const WORDS: &str = include_str!("../../../assets/words/words.nl.txt");
/// Words in a proposal.
const PROPOSED_WORDS: usize = 6;
/// Shortest passphrase of her own making, in characters.
const SHORTEST: usize = 14;
/// Guesses, as a power of ten, below which a passphrase is refused: about 50 bits. At a
/// second and 256 MiB a guess (scrypt, `log_n` 18) a million computers need thirty years.
const REFUSED_BELOW: f64 = 15.0;
/// The same above which it is called strong: about 60 bits, nearly that of six words.
const STRONG_ABOVE: f64 = 18.0;
/// Text sizes on offer, in percent.
const TEXT_SIZES: [u32; 5] = [90, 100, 115, 130, 150];

/// Where the app stands.
pub(crate) fn app_state(app: &mut App, _: Nothing) -> Result<AppState, ApiError> {
    let stage = match (&app.folder, app.is_open()) {
        (_, true) => Stage::Open,
        (Some(_), false) => Stage::Locked,
        (None, false) => Stage::NoVault,
    };
    let mut findings = if app.is_open() { findings(app, app.vault()?.warnings())? } else { Vec::new() };
    if app.last_words.are_waiting() {
        findings.push(FindingView {
            code: "words-waiting".to_owned(),
            file: String::new(),
            number: None,
            case: None,
            restorable: false,
        });
    }
    Ok(AppState {
        stage,
        vault_name: app.folder.as_deref().map(last_part).unwrap_or_default(),
        settings: settings(app),
        saved_at: app.last_saved.clone(),
        missing_folder: missing_folder(app),
        findings,
        changing_keys: app.is_open() && app.vault()?.is_rotating(),
        today: app.clock.today().to_string(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

/// Where the vault should be, when nothing is there: a stick or a disk that is not connected.
fn missing_folder(app: &App) -> Option<String> {
    let folder = app.folder.as_deref().filter(|_| !app.is_open())?;
    // The place where a stick would be connected may be there without the stick.
    let there =
        ["vault.age", "vault.bak.age", "recovery.age"].iter().any(|file| vault::outside::exists(&folder.join(file)));
    (!there).then(|| folder.to_string_lossy().into_owned())
}

/// Last part of a path, for a screen.
pub(crate) fn last_part(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn settings(app: &App) -> Settings {
    let word = |key: &str, usual: &str| app.local.setting(key).unwrap_or_else(|| usual.to_owned());
    Settings {
        language: word("language", "nl"),
        theme: word("theme", "system"),
        text_size: app.number("text_size", 100),
        lock_minutes: app.lock_minutes(),
        lock_on_sleep: app.locks_on(LockSignal::Sleep),
        lock_on_screen_lock: app.locks_on(LockSignal::ScreenLock),
    }
}

/// Saves the settings of this computer.
pub(crate) fn save_settings(app: &mut App, request: Settings) -> Result<AppState, ApiError> {
    let refuse = |field| Err(ApiError::field(ErrorCode::FieldInvalid, field));
    if !["nl", "en"].contains(&request.language.as_str()) {
        return refuse("language");
    }
    if !["system", "light", "dark"].contains(&request.theme.as_str()) {
        return refuse("theme");
    }
    if !TEXT_SIZES.contains(&request.text_size) {
        return refuse("text_size");
    }
    if !(1..=60).contains(&request.lock_minutes) {
        return refuse("lock_minutes");
    }
    app.local.set_setting("language", &request.language)?;
    app.local.set_setting("theme", &request.theme)?;
    app.local.set_setting("text_size", &request.text_size.to_string())?;
    app.local.set_setting("lock_minutes", &request.lock_minutes.to_string())?;
    app.local.set_setting(LockSignal::Sleep.setting(), if request.lock_on_sleep { "" } else { OFF })?;
    app.local.set_setting(LockSignal::ScreenLock.setting(), if request.lock_on_screen_lock { "" } else { OFF })?;
    app_state(app, Nothing {})
}

/// Six words from the list, drawn with the operating system's random source.
pub(crate) fn suggest_passphrase(_: &mut App, _: Nothing) -> Result<Suggestion, ApiError> {
    let words: Vec<&str> = WORDS.lines().filter(|word| !word.is_empty()).collect();
    let drawn = (0..PROPOSED_WORDS).filter_map(|_| words.choose(&mut rand::rngs::OsRng)).map(|word| (*word).to_owned());
    Ok(Suggestion { words: drawn.collect() })
}

/// How strong a passphrase is.
pub(crate) fn rate_passphrase(_: &mut App, request: RatePassphrase) -> Result<Rating, ApiError> {
    let passphrase = zeroize::Zeroizing::new(request.passphrase);
    let (strength, reason) = strength(&passphrase);
    Ok(Rating { strength: strength.to_owned(), reason: reason.map(str::to_owned), not_ascii: !passphrase.is_ascii() })
}

fn strength(passphrase: &str) -> (&'static str, Option<&'static str>) {
    // A word that stands there twice makes nobody guess longer.
    let mut seen = HashSet::new();
    let words: Vec<&str> = passphrase.split_whitespace().filter(|word| seen.insert(*word)).collect();
    let listed = words.iter().filter(|word| WORDS.lines().any(|known| known == **word)).count();
    if listed >= PROPOSED_WORDS {
        return ("strong", None);
    }
    if passphrase.chars().count() < SHORTEST {
        return ("too_short", Some("length"));
    }
    let once = zeroize::Zeroizing::new(words.join(" "));
    let guesses = zxcvbn::zxcvbn(&once, &["luwte", "vertrouwenspersoon", "wachtzin", "welkom", "wachtwoord"]);
    match guesses.guesses_log10() {
        few if few < REFUSED_BELOW => ("weak", Some(reason(guesses.feedback().and_then(Feedback::warning)))),
        some if some < STRONG_ABOVE => ("fair", None),
        _ => ("strong", None),
    }
}

/// Why a passphrase is easily guessed, as the pages know it.
fn reason(warning: Option<Warning>) -> &'static str {
    use Warning as W;
    match warning {
        Some(W::StraightRowsOfKeysAreEasyToGuess | W::ShortKeyboardPatternsAreEasyToGuess) => "keyboard",
        Some(W::RepeatsLikeAaaAreEasyToGuess | W::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess) => "repeat",
        Some(W::SequencesLikeAbcAreEasyToGuess) => "sequence",
        Some(W::RecentYearsAreEasyToGuess | W::DatesAreOftenEasyToGuess) => "date",
        Some(
            W::ThisIsATop10Password
            | W::ThisIsATop100Password
            | W::ThisIsACommonPassword
            | W::ThisIsSimilarToACommonlyUsedPassword
            | W::AWordByItselfIsEasyToGuess
            | W::NamesAndSurnamesByThemselvesAreEasyToGuess
            | W::CommonNamesAndSurnamesAreEasyToGuess,
        ) => "common",
        None => "guessable",
    }
}

pub(crate) fn strong_enough(passphrase: String) -> Result<Passphrase, ApiError> {
    if matches!(strength(&passphrase).0, "too_short" | "weak") {
        return Err(ApiError::field(ErrorCode::PassphraseWeak, "passphrase"));
    }
    Ok(Passphrase::new(passphrase))
}

/// Makes a vault; it is open afterwards.
pub(crate) fn create_vault(app: &mut App, request: CreateVault) -> Result<RecoveryGroups, ApiError> {
    let passphrase = strong_enough(request.passphrase)?;
    app.close();
    let (vault, code) = Vault::create(&request.path, &passphrase, &app.local, app.clock.now())?;
    app.folder = Some(request.path.clone());
    app.opened(vault);
    // The vault is there, and its code is shown only now: a disk that fills up at this
    // moment must not keep it from her.
    drop(remember_folder(app, &request.path));
    Ok(sheets::made(app, code))
}

pub(crate) fn remember_folder(app: &mut App, folder: &Path) -> Result<(), ApiError> {
    if !app.remembers {
        return Ok(());
    }
    let folder = folder.to_str().unwrap_or_default();
    // What is known of another vault says nothing of this one.
    app.local.set_setting(SAVED_AT, "")?;
    Ok(app.local.set_setting("vault", folder)?)
}

/// Works with another vault folder.
pub(crate) fn use_vault(app: &mut App, request: UseVault) -> Result<AppState, ApiError> {
    if !vault::outside::exists(&request.path.join("vault.age")) {
        return Err(ApiError::new(ErrorCode::NoVault));
    }
    app.use_folder(&request.path);
    remember_folder(app, &request.path)?;
    app_state(app, Nothing {})
}

/// Unlocks with the passphrase.
pub(crate) fn unlock(app: &mut App, request: Unlock) -> Result<AppState, ApiError> {
    let passphrase = Passphrase::new(request.passphrase);
    app.close();
    let folder = app.folder.clone().ok_or_else(|| ApiError::new(ErrorCode::NoVault))?;
    let vault = Vault::unlock(&folder, &passphrase, &app.local, app.clock.now())?;
    app.opened(vault);
    app_state(app, Nothing {})
}

/// Unlocks with the recovery sheet and sets a new passphrase.
pub(crate) fn recover(app: &mut App, request: Recover) -> Result<AppState, ApiError> {
    let code = RecoveryCode::parse(&zeroize::Zeroizing::new(request.code))?;
    let passphrase = strong_enough(request.passphrase)?;
    app.close();
    let folder = app.folder.clone().ok_or_else(|| ApiError::new(ErrorCode::NoVault))?;
    let vault = Vault::recover(&folder, &code, &passphrase, &app.local, app.clock.now())?;
    app.opened(vault);
    // The sheet has just opened the vault: there is no better proof of it.
    app.log("recovery_confirmed", "", CaseText::default())?;
    app.log("passphrase_changed", "", CaseText::default())?;
    app_state(app, Nothing {})
}

/// Locks.
pub(crate) fn lock(app: &mut App, _: Nothing) -> Result<AppState, ApiError> {
    app.close();
    app_state(app, Nothing {})
}

/// Another passphrase for the same vault.
pub(crate) fn change_passphrase(app: &mut App, request: ChangePassphrase) -> Result<Done, ApiError> {
    let (old, new) = (Passphrase::new(request.old), strong_enough(request.new)?);
    app.vault_mut()?.change_passphrase(&old, &new)?;
    app.log("passphrase_changed", "", CaseText::default())?;
    Ok(Done {})
}

/// Opens and verifies every file.
pub(crate) fn check_vault(app: &mut App, _: Nothing) -> Result<CheckResult, ApiError> {
    let vault = app.vault()?;
    let check = vault.check();
    let restorable = vault.restorable(&check.findings);
    let mut views = findings(app, &check.findings)?;
    let practice = app.vault()?.practice();
    for (finding, view) in check.findings.iter().zip(&mut views) {
        view.restorable = restorable.contains(&finding.object());
        if let Object::Attachment(id) = finding.object() {
            let listing = check.owners.get(&id).and_then(|case| practice.cases.get(*case));
            view.number = listing.map(|revision| revision.body.number.to_string());
        }
    }
    Ok(CheckResult { good: u32::try_from(check.good).unwrap_or(u32::MAX), findings: views })
}

/// Puts a file back from the versions that are kept of it.
pub(crate) fn restore_previous(app: &mut App, request: RestorePrevious) -> Result<CheckResult, ApiError> {
    let now = app.clock.now();
    let object = request.case.map_or(Object::Practice, Object::Case);
    if !app.vault_mut()?.restore_previous(object, now)? {
        return Err(ApiError::new(ErrorCode::FileMissing).with(object.path().to_string_lossy().into_owned()));
    }
    app.forget_names();
    check_vault(app, Nothing {})
}

fn findings(app: &App, findings: &[Finding]) -> Result<Vec<FindingView>, ApiError> {
    let practice = app.vault()?.practice();
    Ok(findings.iter().map(|finding| finding_view(*finding, practice)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_words_of_the_list_are_strong_and_a_year_with_a_word_is_refused() {
        let six: Vec<&str> = WORDS.lines().take(PROPOSED_WORDS).collect();
        assert_eq!(strength(&six.join(" ")).0, "strong");
        assert_eq!(strength("welkom2026").0, "too_short");
        assert_eq!(strength("wachtwoord2026").0, "weak");
        assert_eq!(strength("qwertyuiop1234567").0, "weak");
        assert_eq!(strength("ik hou van jou 1975").0, "fair");
        assert_eq!(strength(&[six[0]; PROPOSED_WORDS].join(" ")).0, "weak", "one word six times");
        assert_eq!(strength("de kat van de buren slaapt op het dak").0, "strong");
    }

    #[test]
    fn the_list_has_2048_different_words() {
        let mut words: Vec<&str> = WORDS.lines().filter(|word| !word.is_empty()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), 2048);
    }
}
