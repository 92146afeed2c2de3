// Made from the Rust types by `cargo xtask codegen`; do not edit.

/** Nothing is asked. */
export type Nothing = Record<string, never>;

/** The act is done. */
export type Done = Record<string, never>;

/** The act is durably on the disk. */
export type Saved = { saved_at: string };

/** The state of the app, free of case content. */
export type AppState = { stage: Stage; vault_name: string; settings: Settings; saved_at: string | null; findings: Array<FindingView>; today: string; version: string };

/** Settings of this computer, readable before unlocking. */
export type Settings = { language: string; theme: string; text_size: number; lock_minutes: number };

/** Something found in the vault folder, in codes and neutral ids. */
export type FindingView = { code: string; file: string; number: string | null };

/** A proposed passphrase. */
export type Suggestion = { words: Array<string> };

/** A passphrase to be judged. */
export type RatePassphrase = { passphrase: string };

/** How strong a passphrase is. */
export type Rating = { strength: string; reason: string | null; not_ascii: boolean };

/** A new vault in a folder that the person picked. */
export type CreateVault = { passphrase: string };

/** An existing vault to work with. */
export type UseVault = Record<string, never>;

/** The recovery code, shown once. */
export type RecoveryGroups = { groups: Array<string> };

/** Groups copied from the recovery sheet, to prove that it exists. */
export type ConfirmRecovery = { places: Array<number>; groups: Array<string> };

/** The groups that were not right. */
export type WrongGroups = { wrong: Array<number> };

/** Unlock with the passphrase. */
export type Unlock = { passphrase: string };

/** Unlock with the recovery sheet and set a new passphrase. */
export type Recover = { code: string; passphrase: string };

/** A new passphrase for the same vault. */
export type ChangePassphrase = { old: string; new: string };

/** What a check of every file found. */
export type CheckResult = { good: number; findings: Array<FindingView> };

/** Everything about the practice that screens need. */
export type PracticeView = { adviser: AdviserView; organisations: Array<OrganisationView> };

/** The adviser as reports name her. */
export type AdviserView = { name: string; certification: string };

/** One client organisation, to show and to save. */
export type OrganisationView = { id: string | null; name: string; aliases: Array<string>; places: Array<string>; departments: Array<string>; sector: string | null; headcount: number | null; adviser_role: string; accused_policy: string; second_adviser: string; year_start_month: number; threshold: number; hidden_tables: Array<string>; retention_months: number; active: boolean };

/** An import of a coded year. */
export type ImportYear = { organisation: string; dry_run: boolean };

/** What an import did, or would do. */
export type ImportResult = { file: string; new_organisation: boolean; new_departments: Array<string>; imported: number; existing: Array<string>; problems: Array<ImportProblem> };

/** One broken cell, in both languages. */
export type ImportProblem = { line: number; column: string; value: string; allowed: Array<string>; nl: string; en: string };

/** One row of a list: a number and codes, never a name. */
export type CaseRow = { id: string; number: string; organisation: string; draft: boolean; intake: string; closed: string | null; phase: string; behaviours: Array<string>; non_belonging: string | null; reporter_role: string; next_task: string | null; last_contact: string | null; missing: Array<string> };

/** *Vandaag*. */
export type TodayView = { tasks: Array<TaskRow>; unfinished: Array<CaseRow>; recent: Array<CaseRow>; months: Array<number>; recovery_confirmed: boolean };

/** A task in a list. */
export type TaskRow = { case: string; number: string; organisation: string; entry: string; due: string; reason: string };

/** One case, whole, as the screen shows it. */
export type CaseView = { id: string; number: string; draft: boolean; imported_as: string; facts: FactsView; notes: Array<NoteView>; persons: Array<PersonView>; tasks: Array<TaskView>; consents: Array<ConsentView>; minutes: number; hints: Array<string>; saved_at: string };

/** The coded facts. A single answer is a code, or `not_asked`, `unknown`, `declined`. */
export type FactsView = { organisation: string | null; intake: string; closed: string | null; phase: string; channel: string; found_via: string; reporter_role: string; reporter_position: string; gender: string; age_band: string; contract_type: string; salary_group: string; department: string; non_belonging: string | null; behaviours: Array<string>; grounds: Array<string>; accused_relation: string; frequency: string; interventions: Array<string>; referrals: Array<string>; outcome: string; closing_reason: string; aftercare: string; second_adviser: boolean; duty_basis: string; breach: string; cluster: string; contact_route: string; explained_on: string | null };

/** One contact moment. */
export type NoteView = { entry: string; note: NoteBody; saved_at: string; revisions: number; two_versions: boolean };

/** What a note says. */
export type NoteBody = { date: string; channel: string; minutes: number; with_whom: string; facts: string; impressions: string };

/** Somebody in a case. */
export type PersonView = { entry: string | null; role: string; name: string; aliases: string; contact: string; details: string };

/** Something to do. */
export type TaskView = { entry: string | null; due: string; reason: string; done: string | null };

/** What the reporter consented to. */
export type ConsentView = { entry: string | null; kind: string; state: string; date: string; written: boolean; scope: string };

/** Which case. */
export type OneCase = { case: string };

/** Which entry of which case. */
export type OneEntry = { case: string; entry: string };

/** The number the next case will have. */
export type NextNumber = { number: string };

/** New facts of a case. */
export type SaveFacts = { case: string; facts: FactsView };

/** What a note says now. */
export type SaveNote = { case: string; entry: string | null; note: NoteBody };

/** A saved note. */
export type NoteSaved = { entry: string; saved_at: string };

/** A person to add or change. */
export type SavePerson = { case: string; person: PersonView };

/** A task to add or change. */
export type SaveTask = { case: string; task: TaskView };

/** A consent to add or change. */
export type SaveConsent = { case: string; consent: ConsentView };

/** Close a case. */
export type CloseCase = { case: string; outcome: string; closing_reason: string; closed: string; aftercare_on: string | null };

/** A name that is being typed. */
export type NameQuery = { name: string; role: string; case: string | null };

/** Somebody whose name resembles the one typed. */
export type Resemblance = { case: string; number: string; organisation: string; role: string; name: string; closed: boolean; conflict: boolean };

/** Which report. */
export type OneReport = { organisation: string; year: number; language: string };

/** The adviser's own texts. */
export type ReportTextsView = { summary: string; activities: string; risk_profile: string; comparison: string; developments: string; evaluation: string; recommendations: string };

/** A report as the screen shows it. */
export type ReportView = { frozen: boolean; frozen_on: string | null; years: Array<number>; threshold: number; texts: ReportTextsView; last_year: ReportTextsView | null; incomplete: Array<string>; figures: FiguresView };

/** The figures as text: the accessible form of the preview. */
export type FiguresView = { total: number | null; tables: Array<TableView>; statements: Array<string> };

/** One table. */
export type TableView = { id: string; title: string; base: number; multiple: boolean; rows: Array<RowView>; note: string | null };

/** One row. */
export type RowView = { label: string; value: number };

/** New texts for a report. */
export type SaveReportTexts = { organisation: string; year: number; texts: ReportTextsView };

/** Pages that were rendered; the window loads them as images by number. */
export type Pages = { count: number; version: number; figures: FiguresView | null };

/** Save a report as a PDF. */
export type SaveReport = { organisation: string; year: number; language: string; threshold: number | null; make_final: boolean };

/** A file that was written for the person. */
export type FileSaved = { file: string; folder: string };

/** A summary about to be made: new text beside generalised codes. */
export type IntervisionText = { case: string; language: string; month: string; traits: Array<string>; angle: string; situation: string; dilemma: string; own_role: string };

/** A line beside the text: what the summary will say in generalised codes. */
export type LabelledValue = { label: string; value: string };

/** What the screen shows for a case. */
export type IntervisionView = { number: string; context: Array<LabelledValue>; facts: Array<LabelledValue>; consent: boolean };

/** The check of a text. */
export type IntervisionCheck = { findings: Array<NameFinding>; warnings: Array<string>; pages: Pages | null };

/** Something in the text that identifies. */
export type NameFinding = { field: string; found: string; kind: string; start: number; end: number };

/** Save a summary. */
export type SaveIntervision = { text: IntervisionText; reason: string; confirmed: boolean };

/** An error as it leaves the door. */
export type ApiError = { code: ErrorCode; field: string | null; detail: string | null };

export type Stage = "no_vault" | "locked" | "open";

export type ErrorCode = "vault-locked" | "wrong-passphrase" | "wrong-recovery-code" | "recovery-group" | "no-vault" | "folder-not-empty" | "vault-in-use" | "file-damaged" | "file-foreign" | "file-older" | "file-missing" | "vault-too-new" | "changed-elsewhere" | "disk-full" | "folder-read-only" | "disk-failed" | "input-unreadable" | "passphrase-weak" | "field-required" | "field-invalid" | "organisation-unknown" | "case-unknown" | "case-closed" | "year-empty" | "year-frozen" | "year-incomplete" | "import-refused" | "names-left" | "name-check-failed" | "reason-required" | "not-confirmed" | "not-yet-available" | "internal";

export type Commands = {
  /** Where the app stands: wizard, lock screen or work. */
  app_state: [Nothing, AppState];
  /** Settings of this computer. */
  save_settings: [Settings, AppState];
  /** Six words to use as a passphrase. */
  suggest_passphrase: [Nothing, Suggestion];
  /** How strong a passphrase is. */
  rate_passphrase: [RatePassphrase, Rating];
  /** Make a vault; it is open afterwards. Answers the recovery code, once. */
  create_vault: [CreateVault, RecoveryGroups];
  /** Prove that the recovery sheet was written down. */
  confirm_recovery: [ConfirmRecovery, WrongGroups];
  /** Work with another vault folder. */
  use_vault: [UseVault, AppState];
  /** Unlock with the passphrase. */
  unlock: [Unlock, AppState];
  /** Unlock with the recovery sheet and set a new passphrase. */
  recover: [Recover, AppState];
  /** Lock. Everything is saved already. */
  lock: [Nothing, AppState];
  /** Another passphrase for the same vault. */
  change_passphrase: [ChangePassphrase, Done];
  /** A new recovery code; the old one opens nothing any more. */
  new_recovery_code: [Nothing, RecoveryGroups];
  /** Open and verify every file. */
  check_vault: [Nothing, CheckResult];
  /** The adviser and her organisations. */
  practice: [Nothing, PracticeView];
  /** Save who the adviser is. */
  save_adviser: [AdviserView, PracticeView];
  /** Add or change an organisation. */
  save_organisation: [OrganisationView, PracticeView];
  /** Import a coded year from CSV or XLSX. */
  import_year: [ImportYear, ImportResult];
  /** What needs attention today. */
  today: [Nothing, TodayView];
  /** All cases, newest first, without names. */
  list_cases: [Nothing, Array<CaseRow>];
  /** The number the next case will have. */
  next_number: [Nothing, NextNumber];
  /** Make a draft. */
  new_case: [Nothing, CaseView];
  /** One case, whole. */
  case: [OneCase, CaseView];
  /** Save the coded facts. */
  save_facts: [SaveFacts, CaseView];
  /** File a draft (*Melding vastleggen*); it needs an organisation. */
  file_case: [OneCase, CaseView];
  /** Close a case with outcome and reason. */
  close_case: [CloseCase, CaseView];
  /** Open a closed case again. */
  reopen_case: [OneCase, CaseView];
  /** Who resembles a name: the conflict of interest check. */
  resembling: [NameQuery, Array<Resemblance>];
  /** Save a note, new or changed. */
  save_note: [SaveNote, NoteSaved];
  /** Every revision of a note, newest first. */
  note_history: [OneEntry, Array<NoteView>];
  /** Mark a note as removed; its history stays. */
  remove_note: [OneEntry, CaseView];
  /** Add or change a person. */
  save_person: [SavePerson, CaseView];
  /** Remove a person. */
  remove_person: [OneEntry, CaseView];
  /** Add or change a task, or tick it. */
  save_task: [SaveTask, CaseView];
  /** Remove a task. */
  remove_task: [OneEntry, CaseView];
  /** Add or change a consent. */
  save_consent: [SaveConsent, CaseView];
  /** Remove a consent. */
  remove_consent: [OneEntry, CaseView];
  /** A report with its texts and figures. */
  report: [OneReport, ReportView];
  /** Save the adviser's texts. */
  save_report_texts: [SaveReportTexts, Saved];
  /** Render the pages of a report. */
  preview_report: [OneReport, Pages];
  /** Save a report as PDF, and make the year final if so asked. */
  save_report: [SaveReport, FileSaved];
  /** What a summary of a case would say in generalised codes. */
  intervision: [IntervisionText, IntervisionView];
  /** Check a summary for names, and render it when there are none. */
  check_intervision: [IntervisionText, IntervisionCheck];
  /** Save a summary without a name in it. */
  save_intervision: [SaveIntervision, FileSaved];
};
