//! THE table of commands: everything the app can do, one line each.
//!
//! The window, the command line and the tests all come through [`dispatch`]. The
//! TypeScript map of the window is made from the same lines, so nothing can drift.

use crate::app::App;
use crate::error::ApiError;
use crate::wire::attachment::*;
use crate::wire::backup::*;
use crate::wire::case::*;
use crate::wire::intervision::*;
use crate::wire::practice::*;
use crate::wire::report::*;
use crate::wire::session::*;
use crate::wire::versions::*;
use crate::wire::{Done, Nothing, Saved};
use crate::{
    attachments, backups, cases, demos, entries, intervisions, keys, practices, quick_notes, reports, sessions, sheets,
    today, versions, years,
};

/// The dialog the shell must show before it lets a command through; it puts the
/// chosen path into the field `path`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Dialog {
    /// No dialog.
    None,
    /// Pick a folder.
    Folder,
    /// Pick a CSV or XLSX file.
    OpenTable,
    /// Pick any file.
    OpenAny,
    /// Pick where a copy of an attachment goes; its own name is proposed.
    SaveAttachment,
    /// Pick where a PDF goes.
    SavePdf,
    /// Pick where the recovery sheet goes.
    SaveSheet,
    /// Pick where a PDF or plain text goes.
    SavePdfOrText,
    /// Pick a back-up.
    OpenBackup,
    /// Pick where a back-up goes.
    SaveBackup,
}

macro_rules! commands {
    ($($(#[doc = $doc:literal])+ $name:ident($request:ty) -> $answer:ty, $dialog:ident, $run:path;)+) => {
        /// Names of all commands, in the order of the table.
        pub const NAMES: &[&str] = &[$(stringify!($name)),+];

        /// The dialog that belongs to a command.
        #[must_use]
        pub fn dialog(name: &str) -> Dialog {
            match name {
                $(stringify!($name) => Dialog::$dialog,)+
                _ => Dialog::None,
            }
        }

        /// Runs one command. Answers and errors are JSON; a request with an unknown
        /// field is refused.
        ///
        /// # Errors
        /// The code and the place of what went wrong, never text of a case.
        pub fn dispatch(app: &mut App, name: &str, request: serde_json::Value) -> Result<serde_json::Value, ApiError> {
            match name {
                $(stringify!($name) => {
                    let request: $request = serde_json::from_value(request).map_err(|_| ApiError::bad_request(stringify!($name)))?;
                    let answer: $answer = $run(app, request)?;
                    serde_json::to_value(answer).map_err(|_| ApiError::internal("answer"))
                })+
                _ => Err(ApiError::bad_request("command")),
            }
        }

        /// The TypeScript map from command to request and answer.
        #[must_use]
        pub fn typescript_map(config: &ts_rs::Config) -> String {
            let mut map = String::from("export type Commands = {\n");
            $(
                map.push_str(concat!($("  /**", $doc, " */\n"),+));
                map.push_str(&format!(
                    "  {}: [{}, {}];\n",
                    stringify!($name),
                    <$request as ts_rs::TS>::name(config),
                    <$answer as ts_rs::TS>::name(config)
                ));
            )+
            map.push_str("};\n");
            map
        }

        /// Calls `visit` for every type that crosses the door.
        pub fn visit_types(visit: &mut impl ts_rs::TypeVisitor) {
            $(
                visit.visit::<$request>();
                <$request as ts_rs::TS>::visit_dependencies(visit);
                visit.visit::<$answer>();
                <$answer as ts_rs::TS>::visit_dependencies(visit);
            )+
        }
    };
}

commands! {
    /// Where the app stands: wizard, lock screen or work.
    app_state(Nothing) -> AppState, None, sessions::app_state;
    /// Settings of this computer.
    save_settings(Settings) -> AppState, None, sessions::save_settings;
    /// Six words to use as a passphrase.
    suggest_passphrase(Nothing) -> Suggestion, None, sessions::suggest_passphrase;
    /// How strong a passphrase is.
    rate_passphrase(RatePassphrase) -> Rating, None, sessions::rate_passphrase;
    /// Make a vault; it is open afterwards. Answers the recovery code, once.
    create_vault(CreateVault) -> RecoveryGroups, Folder, sessions::create_vault;
    /// Make a vault of fictional cases; it is open afterwards. Answers its passphrase.
    create_demo(UseVault) -> Suggestion, Folder, demos::create_demo;
    /// Prove that the recovery sheet was written down.
    confirm_recovery(ConfirmRecovery) -> WrongGroups, None, sheets::confirm_recovery;
    /// Prove with all 48 digits that the recovery sheet opens the vault.
    prove_recovery(ProveRecovery) -> SheetProof, None, sheets::prove_recovery;
    /// Render the recovery sheet of the code that was made last.
    preview_sheet(PreviewSheet) -> Pages, None, sheets::preview_sheet;
    /// Save that sheet as PDF.
    save_sheet(SaveSheet) -> FileSaved, SaveSheet, sheets::save_sheet;
    /// Work with another vault folder.
    use_vault(UseVault) -> AppState, Folder, sessions::use_vault;
    /// Unlock with the passphrase.
    unlock(Unlock) -> AppState, None, sessions::unlock;
    /// Unlock with the recovery sheet and set a new passphrase.
    recover(Recover) -> AppState, None, sessions::recover;
    /// Lock. Everything is saved already.
    lock(Nothing) -> AppState, None, sessions::lock;
    /// Another passphrase for the same vault.
    change_passphrase(ChangePassphrase) -> Done, None, sessions::change_passphrase;
    /// A new recovery code; the old one opens nothing any more.
    new_recovery_code(Nothing) -> RecoveryGroups, None, sheets::new_recovery_code;
    /// A recovery code for other keys; nothing is changed yet.
    prepare_keys(Nothing) -> RecoveryGroups, None, keys::prepare_keys;
    /// Change the keys after a leak, once the prepared sheet is on paper.
    change_keys(ChangeKeys) -> WrongGroups, None, keys::change_keys;
    /// Seal some more files with the new keys.
    continue_keys(ContinueKeys) -> KeysStep, None, keys::continue_keys;
    /// Open and verify every file that is in use.
    check_vault(Nothing) -> CheckResult, None, sessions::check_vault;
    /// Put a case or the practice back from the versions that are kept of it, and check again.
    restore_previous(RestorePrevious) -> CheckResult, None, sessions::restore_previous;

    /// Where and when back-ups are made.
    backup_state(Nothing) -> BackupState, None, backups::backup_state;
    /// Make back-ups in this folder from now on.
    choose_backup_folder(BackupFolder) -> BackupState, Folder, backups::choose_backup_folder;
    /// When back-ups are made, and how many are kept.
    save_backup_rhythm(BackupRhythm) -> BackupState, None, backups::save_backup_rhythm;
    /// Make a back-up now and open everything in it.
    make_backup(Nothing) -> BackupContents, None, backups::make_backup;
    /// Make one back-up in a place of her choice.
    make_backup_at(BackupPath) -> BackupContents, SaveBackup, backups::make_backup_at;
    /// Compare every byte of the last back-up and open everything in it.
    check_backup(Nothing) -> BackupContents, None, backups::check_backup;
    /// Pick a back-up to look into, to rehearse with or to put back.
    choose_backup(BackupPath) -> ChosenBackup, OpenBackup, backups::choose_backup;
    /// Open everything in the picked back-up; nothing is written.
    preview_backup(BackupSecret) -> BackupContents, None, backups::preview_backup;
    /// Prove that the picked back-up and this secret work, and note the day.
    rehearse_backup(BackupSecret) -> BackupContents, None, backups::rehearse_backup;
    /// Put the picked back-up back in a new folder and work with that one.
    restore_backup(RestoreBackup) -> AppState, Folder, backups::restore_backup;

    /// The adviser and her organisations.
    practice(Nothing) -> PracticeView, None, practices::practice;
    /// Save who the adviser is.
    save_adviser(AdviserView) -> PracticeView, None, practices::save_adviser;
    /// Add or change an organisation.
    save_organisation(OrganisationView) -> PracticeView, None, practices::save_organisation;
    /// Import a coded year from CSV or XLSX.
    import_year(ImportYear) -> ImportResult, OpenTable, years::import_year;

    /// What needs attention today.
    today(Nothing) -> TodayView, None, today::today;
    /// All cases, newest first, without names.
    list_cases(Nothing) -> Vec<CaseRow>, None, cases::list_cases;
    /// The number the next case will have.
    next_number(Nothing) -> NextNumber, None, cases::next_number;
    /// Make a draft.
    new_case(Nothing) -> CaseView, None, cases::new_case;
    /// One case, whole.
    case(OneCase) -> CaseView, None, cases::case;
    /// Save the coded facts.
    save_facts(SaveFacts) -> CaseView, None, cases::save_facts;
    /// File a draft (*Melding vastleggen*); it needs an organisation.
    file_case(OneCase) -> CaseView, None, cases::file_case;
    /// Close a case with outcome and reason.
    close_case(CloseCase) -> CaseView, None, cases::close_case;
    /// Open a closed case again.
    reopen_case(OneCase) -> CaseView, None, cases::reopen_case;
    /// Who resembles a name: the conflict of interest check.
    resembling(NameQuery) -> Vec<Resemblance>, None, cases::resembling;

    /// Save a note, new or changed.
    save_note(SaveNote) -> NoteSaved, None, entries::save_note;
    /// Every revision of a note, newest first.
    note_history(OneEntry) -> Vec<NoteView>, None, entries::note_history;
    /// Mark a note as removed; its history stays.
    remove_note(OneEntry) -> CaseView, None, entries::remove_note;
    /// Add or change a person.
    save_person(SavePerson) -> CaseView, None, entries::save_person;
    /// Remove a person.
    remove_person(OneEntry) -> CaseView, None, entries::remove_person;
    /// Add or change a task, or tick it.
    save_task(SaveTask) -> CaseView, None, entries::save_task;
    /// Remove a task.
    remove_task(OneEntry) -> CaseView, None, entries::remove_task;
    /// Add or change a consent.
    save_consent(SaveConsent) -> CaseView, None, entries::save_consent;
    /// Remove a consent.
    remove_consent(OneEntry) -> CaseView, None, entries::remove_consent;

    /// Let one of two versions of an entry stand, or both versions of a note.
    choose_version(ChooseVersion) -> Done, None, versions::choose_version;

    /// Take a copy of a file into a case.
    add_attachment(AddAttachment) -> CaseView, OpenAny, attachments::add_attachment;
    /// Mark an attachment as removed; its bytes stay while a version refers to them.
    remove_attachment(OneEntry) -> CaseView, None, attachments::remove_attachment;
    /// Make a picture ready to be shown.
    show_attachment(OneEntry) -> ShownPicture, None, attachments::show_attachment;
    /// The picture is not looked at any more.
    hide_attachment(Nothing) -> Done, None, attachments::hide_attachment;
    /// Save a copy of an attachment outside the vault, not sealed.
    export_attachment(ExportAttachment) -> FileSaved, SaveAttachment, attachments::export_attachment;

    /// Keep a note without opening the vault. The answer says nothing but that it is saved.
    quick_note(WriteQuickNote) -> Done, None, quick_notes::quick_note;
    /// The notes that are in no case yet.
    inbox(Nothing) -> InboxView, None, quick_notes::inbox;
    /// Put a quick note in a case, or make a new case of it.
    sort_quick_note(SortQuickNote) -> CaseView, None, quick_notes::sort_quick_note;
    /// Throw a quick note away.
    discard_quick_note(DiscardQuickNote) -> Done, None, quick_notes::discard_quick_note;

    /// A report with its texts and figures.
    report(OneReport) -> ReportView, None, reports::report;
    /// Save the adviser's texts.
    save_report_texts(SaveReportTexts) -> Saved, None, reports::save_report_texts;
    /// Render the pages of a report.
    preview_report(OneReport) -> Pages, None, reports::preview_report;
    /// Save a report as PDF, and make the year final if so asked.
    save_report(SaveReport) -> FileSaved, SavePdf, reports::save_report;

    /// What a summary of a case would say in generalised codes, and what was written of it.
    intervision(IntervisionText) -> IntervisionView, None, intervisions::intervision;
    /// Save a summary that is being written into the case file.
    save_intervision_draft(SaveIntervisionDraft) -> Saved, None, intervisions::save_intervision_draft;
    /// Check a summary for names, and render it when there are none.
    check_intervision(IntervisionText) -> IntervisionCheck, None, intervisions::check_intervision;
    /// Save a summary without a name in it.
    save_intervision(SaveIntervision) -> FileSaved, SavePdfOrText, intervisions::save_intervision;
    /// Save a summary from a text file, as the command line does.
    save_intervision_file(SaveIntervisionFile) -> FileSaved, SavePdfOrText, intervisions::save_intervision_file;
}
