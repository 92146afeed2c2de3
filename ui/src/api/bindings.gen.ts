// Made by `cargo xtask codegen` from crates/api; do not edit.

/**
 * A file that the person picked, for a case.
 */
export type AddAttachment = { 
/**
 * The case.
 */
case: string, };

/**
 * The adviser as reports name her.
 */
export type AdviserView = { 
/**
 * Name.
 */
name: string, 
/**
 * Certification.
 */
certification: string, };

/**
 * An error as it leaves the door.
 */
export type ApiError = { 
/**
 * What went wrong.
 */
code: ErrorCode, 
/**
 * The field it is about, if any.
 */
field: string | null, 
/**
 * A file name, a number or a count that belongs in the sentence.
 */
detail: string | null, };

/**
 * The state of the app, free of case content.
 */
export type AppState = { 
/**
 * Where the app stands.
 */
stage: Stage, 
/**
 * Last part of the vault folder's name.
 */
vault_name: string, 
/**
 * The settings of this computer.
 */
settings: Settings, 
/**
 * Moment of the last durable write known on this computer, RFC 3339.
 */
saved_at: string | null, 
/**
 * The path of the vault when nothing is there now, as when a stick is not connected.
 */
missing_folder: string | null, 
/**
 * What was noticed at unlock; empty when locked.
 */
findings: Array<FindingView>, 
/**
 * Whether the keys are being changed, so that `continue_keys` has something to do.
 */
changing_keys: boolean, 
/**
 * Today, as the clock of this computer has it.
 */
today: string, 
/**
 * Version of the program.
 */
version: string, };

/**
 * A file of a case.
 */
export type AttachmentView = { 
/**
 * The entry.
 */
entry: string, 
/**
 * What it was called where it came from.
 */
name: string, 
/**
 * Whether it is a picture that can be shown.
 */
picture: boolean, 
/**
 * Bytes.
 */
length: number, 
/**
 * When it was added, RFC 3339.
 */
added_at: string, 
/**
 * Whether its sealed file is in the folder.
 */
there: boolean, };

/**
 * What *Vandaag* says of back-ups.
 */
export type BackupCard = { 
/**
 * `none`, `failed`, `damaged`, `waiting`, `old` or `rehearse`.
 */
kind: string, 
/**
 * Days since the last back-up.
 */
days: number, };

/**
 * What is in a back-up.
 */
export type BackupContents = { 
/**
 * Its name.
 */
file: string, 
/**
 * Its length in bytes.
 */
size: number, 
/**
 * Cases that open, or that are in it when nothing was opened.
 */
cases: number, 
/**
 * Attachments that open.
 */
attachments: number, 
/**
 * The day of the last change in it.
 */
last_change: string | null, 
/**
 * Whether everything was opened, or only every byte compared.
 */
opened: boolean, 
/**
 * Files that do not open or are missing.
 */
bad: Array<string>, };

/**
 * A folder for back-ups, which the person picked.
 */
export type BackupFolder = {  };

/**
 * A back-up file, which the person picked or named.
 */
export type BackupPath = {  };

/**
 * When back-ups are made.
 */
export type BackupRhythm = { 
/**
 * `close`, `daily` or `hand`.
 */
rhythm: string, 
/**
 * How many are kept, 1-100.
 */
keep: number, };

/**
 * What opens a back-up: one of the two.
 */
export type BackupSecret = { 
/**
 * The passphrase.
 */
passphrase: string | null, 
/**
 * The 48 digits of the recovery sheet.
 */
code: string | null, };

/**
 * Where and when back-ups of this vault are made on this computer.
 */
export type BackupState = { 
/**
 * The folder, as the system writes it; `null` when none was chosen.
 */
folder: string | null, 
/**
 * Whether that folder looks like one that a program copies to a cloud.
 */
cloud: boolean, 
/**
 * `close`, `daily` or `hand`.
 */
rhythm: string, 
/**
 * How many are kept.
 */
keep: number, 
/**
 * Whether one is due and the folder is not there.
 */
waiting: boolean, 
/**
 * The last one.
 */
last: LastBackupView | null, 
/**
 * The day of the last rehearsal.
 */
rehearsed: string | null, };

/**
 * One row of a list: a number and codes, never a name.
 */
export type CaseRow = { 
/**
 * The case.
 */
id: string, 
/**
 * Its number.
 */
number: string, 
/**
 * Name of the organisation; empty for a draft without one.
 */
organisation: string, 
/**
 * Whether it still has to be filed.
 */
draft: boolean, 
/**
 * Date of first contact.
 */
intake: string, 
/**
 * Date of closing.
 */
closed: string | null, 
/**
 * Code of list `phase`.
 */
phase: string, 
/**
 * Main types of behaviour; empty when not coded.
 */
behaviours: Array<string>, 
/**
 * Code of list `non_belonging`, when it does not belong here.
 */
non_belonging: string | null, 
/**
 * Answer of list `reporter_role`.
 */
reporter_role: string, 
/**
 * The next open task's day.
 */
next_task: string | null, 
/**
 * Day of the last contact.
 */
last_contact: string | null, 
/**
 * What is still missing: `organisation`, `behaviour`.
 */
missing: Array<string>, };

/**
 * One case, whole, as the screen shows it.
 */
export type CaseView = { 
/**
 * The case.
 */
id: string, 
/**
 * Its number.
 */
number: string, 
/**
 * Whether it still has to be filed.
 */
draft: boolean, 
/**
 * Code under which it was imported.
 */
imported_as: string, 
/**
 * The coded facts.
 */
facts: FactsView, 
/**
 * Contact moments, newest first.
 */
notes: Array<NoteView>, 
/**
 * Everybody in it.
 */
persons: Array<PersonView>, 
/**
 * Tasks by day, done ones last.
 */
tasks: Array<TaskView>, 
/**
 * Consents, newest first.
 */
consents: Array<ConsentView>, 
/**
 * Files that belong to it, oldest first.
 */
attachments: Array<AttachmentView>, 
/**
 * Minutes written, all notes together.
 */
minutes: number, 
/**
 * Stable codes of quiet hints, for example `bullying-once`; texts in `assets/messages`.
 */
hints: Array<string>, 
/**
 * Entries of which two computers wrote a version each.
 */
versions: Array<EntryVersions>, 
/**
 * Last durable write, RFC 3339.
 */
saved_at: string, };

/**
 * Other keys, a new passphrase and the sheet that was prepared for them.
 */
export type ChangeKeys = { 
/**
 * The present passphrase.
 */
old: string, 
/**
 * The next one.
 */
new: string, 
/**
 * Which groups of the new sheet were typed over, from 1.
 */
places: Array<number>, 
/**
 * Their digits, in the same order.
 */
groups: Array<string>, };

/**
 * A new passphrase for the same vault.
 */
export type ChangePassphrase = { 
/**
 * The present one.
 */
old: string, 
/**
 * The next one.
 */
new: string, };

/**
 * What a check of every file found.
 */
export type CheckResult = { 
/**
 * Files that opened and were what they should be.
 */
good: number, 
/**
 * Everything else.
 */
findings: Array<FindingView>, };

/**
 * Which version stands; the others stay in the history.
 */
export type ChooseVersion = { 
/**
 * The case it is in; `null` for what is in the practice.
 */
case: string | null, 
/**
 * What it is.
 */
kind: EntryKind, 
/**
 * The entry.
 */
entry: string, 
/**
 * The version that stands; `null` keeps every version, as notes of their own.
 */
version: string | null, };

/**
 * A back-up that was picked, before a secret was typed.
 */
export type ChosenBackup = { 
/**
 * Its name.
 */
file: string, 
/**
 * Its length in bytes.
 */
size: number, 
/**
 * How many cases it holds.
 */
cases: number, };

/**
 * Close a case.
 */
export type CloseCase = { 
/**
 * The case.
 */
case: string, 
/**
 * Code of list `outcome`, not `ongoing`.
 */
outcome: string, 
/**
 * Code of list `closing_reason`, not `not_closed`.
 */
closing_reason: string, 
/**
 * The day.
 */
closed: string, 
/**
 * Day of an aftercare contact, if one is wanted.
 */
aftercare_on: string | null, };

/**
 * Groups copied from the recovery sheet, to prove that it exists.
 */
export type ConfirmRecovery = { 
/**
 * Which group, from 1.
 */
places: Array<number>, 
/**
 * The digits typed, in the same order.
 */
groups: Array<string>, };

/**
 * What the reporter consented to.
 */
export type ConsentView = { 
/**
 * `null` for a new one.
 */
entry: string | null, 
/**
 * Code of list `consent_kind`.
 */
kind: string, 
/**
 * Code of list `consent_state`.
 */
state: string, 
/**
 * On which day.
 */
date: string, 
/**
 * In writing.
 */
written: boolean, 
/**
 * How far it goes.
 */
scope: string, };

/**
 * Some more files to be sealed with the new keys.
 */
export type ContinueKeys = { 
/**
 * Whether the former keys go although files are kept back, or another computer may
 * hold some.
 */
let_go: boolean, };

/**
 * A new vault in a folder that the person picked.
 */
export type CreateVault = { 
/**
 * The passphrase.
 */
passphrase: string, };

/**
 * A file in the inbox that cannot be used.
 */
export type DamagedNote = { 
/**
 * The name of its file.
 */
id: string, 
/**
 * What is wrong with it.
 */
finding: FindingView, };

/**
 * Throw a note away.
 */
export type DiscardQuickNote = { 
/**
 * The note.
 */
id: string, 
/**
 * The person was asked, and said yes.
 */
confirmed: boolean, };

/**
 * The act is done.
 */
export type Done = Record<symbol, never>;

/**
 * What kind of entry it is.
 */
export type EntryKind = "facts" | "note" | "person" | "task" | "consent" | "organisation" | "adviser" | "report_texts" | "summary_draft";

/**
 * One entry with the versions between which she chooses, newest first.
 */
export type EntryVersions = { 
/**
 * What it is.
 */
kind: EntryKind, 
/**
 * The entry.
 */
entry: string, 
/**
 * At least two.
 */
versions: Array<VersionView>, };

/**
 * What went wrong. The sentences in Dutch and English stand in
 * `assets/messages/errors.json`; a code exists only if a reader must be told
 * something different.
 */
export type ErrorCode = "vault-locked" | "wrong-passphrase" | "wrong-recovery-code" | "recovery-group" | "sheet-gone" | "keys-changing" | "no-vault" | "folder-not-empty" | "vault-in-use" | "file-damaged" | "file-foreign" | "file-older" | "file-missing" | "file-not-downloaded" | "vault-too-new" | "changed-elsewhere" | "disk-full" | "folder-read-only" | "disk-failed" | "folder-missing" | "place-not-allowed" | "input-unreadable" | "attachment-too-large" | "picture-unreadable" | "inbox-unknown" | "passphrase-same" | "passphrase-weak" | "field-required" | "field-invalid" | "organisation-unknown" | "case-unknown" | "case-closed" | "year-empty" | "year-frozen" | "two-versions" | "year-incomplete" | "import-refused" | "names-left" | "name-check-failed" | "reason-required" | "not-confirmed" | "not-a-backup" | "backup-damaged" | "backup-not-connected" | "backup-not-set" | "backup-other-keys" | "backup-busy" | "file-exists" | "internal";

/**
 * An attachment to save outside the vault, not sealed.
 */
export type ExportAttachment = { 
/**
 * The case.
 */
case: string, 
/**
 * The attachment.
 */
entry: string, };

/**
 * The coded facts. A single answer is a code, or `not_asked`, `unknown`, `declined`.
 */
export type FactsView = { 
/**
 * The organisation; `null` while a draft.
 */
organisation: string | null, 
/**
 * Date of first contact.
 */
intake: string, 
/**
 * Date of closing; set by `close_case` only.
 */
closed: string | null, 
/**
 * Code of list `phase`.
 */
phase: string, 
/**
 * Code of list `contact_channel`.
 */
channel: string, 
/**
 * Answer of list `found_via`.
 */
found_via: string, 
/**
 * Answer of list `reporter_role`.
 */
reporter_role: string, 
/**
 * Answer of list `reporter_position`.
 */
reporter_position: string, 
/**
 * Answer of list `gender`.
 */
gender: string, 
/**
 * Answer of list `age_band`.
 */
age_band: string, 
/**
 * Answer of list `contract_type`.
 */
contract_type: string, 
/**
 * Answer of list `salary_group`.
 */
salary_group: string, 
/**
 * One of the organisation's departments, or empty.
 */
department: string, 
/**
 * Code of list `non_belonging`; `null` when it belongs here.
 */
non_belonging: string | null, 
/**
 * Codes of list `behaviour`.
 */
behaviours: Array<string>, 
/**
 * Codes of list `discrimination_ground`.
 */
grounds: Array<string>, 
/**
 * Answer of list `accused_relation`.
 */
accused_relation: string, 
/**
 * Answer of list `frequency`.
 */
frequency: string, 
/**
 * Codes of list `intervention`.
 */
interventions: Array<string>, 
/**
 * Codes of list `referral_target`.
 */
referrals: Array<string>, 
/**
 * Code of list `outcome`; set by `close_case` only.
 */
outcome: string, 
/**
 * Code of list `closing_reason`; set by `close_case` only.
 */
closing_reason: string, 
/**
 * Code of list `aftercare_result`.
 */
aftercare: string, 
/**
 * Whether a second adviser was involved.
 */
second_adviser: boolean, 
/**
 * Code of list `duty_basis`.
 */
duty_basis: string, 
/**
 * Code of list `breach_procedure`.
 */
breach: string, 
/**
 * Private word for cases about the same person.
 */
cluster: string, 
/**
 * Safe contact route and its limits.
 */
contact_route: string, 
/**
 * When confidentiality was explained.
 */
explained_on: string | null, };

/**
 * The figures as text: the accessible form of the preview.
 */
export type FiguresView = { 
/**
 * The total; `null` when it may not be printed.
 */
total: number | null, 
/**
 * The tables.
 */
tables: Array<TableView>, 
/**
 * Every generated sentence.
 */
statements: Array<string>, };

/**
 * A file that was written for the person.
 */
export type FileSaved = { 
/**
 * Name of the file, without its folder.
 */
file: string, 
/**
 * Name of the folder.
 */
folder: string, };

/**
 * Something found in the vault folder, in codes and neutral ids.
 */
export type FindingView = { 
/**
 * Stable code, for example `damaged`; the sentence stands in `assets/messages`.
 */
code: string, 
/**
 * The file, relative to the vault folder.
 */
file: string, 
/**
 * The number of the case, when it is one and known.
 */
number: string | null, 
/**
 * The case, when it is one.
 */
case: string | null, 
/**
 * Whether `restore_previous` can put it right; found out by a check only.
 */
restorable: boolean, };

/**
 * One broken cell, in both languages.
 */
export type ImportProblem = { 
/**
 * Line as a spreadsheet shows it, from 1.
 */
line: number, 
/**
 * Name of the column; empty when the whole line or file is meant.
 */
column: string, 
/**
 * What stands there.
 */
value: string, 
/**
 * The codes that may stand there; empty when it is not a code.
 */
allowed: Array<string>, 
/**
 * Stable code of what is wrong, for example `unknown-code`.
 */
kind: string, 
/**
 * The plain sentence in Dutch.
 */
nl: string, 
/**
 * The plain sentence in English.
 */
en: string, };

/**
 * What an import did, or would do.
 */
export type ImportResult = { 
/**
 * Neutral name of the file that was read.
 */
file: string, 
/**
 * Whether the organisation is new.
 */
new_organisation: boolean, 
/**
 * Departments that are new.
 */
new_departments: Array<string>, 
/**
 * Rows that become cases.
 */
imported: number, 
/**
 * Codes of rows that exist already and are left alone.
 */
existing: Array<string>, 
/**
 * Codes of rows that carry on a case that is there already: their year's work, and
 * how the case was closed, are added to it.
 */
continued: Array<string>, 
/**
 * Every broken cell; while there is one, nothing is imported.
 */
problems: Array<ImportProblem>, };

/**
 * An import of a coded year.
 */
export type ImportYear = { 
/**
 * Name of the organisation; it is made when it is new.
 */
organisation: string, 
/**
 * Only look; import nothing.
 */
dry_run: boolean, };

/**
 * What was written while the vault was locked and is in no case yet.
 */
export type InboxView = { 
/**
 * The notes, oldest first. None of them is verified: whoever knows for whom to seal
 * could have written it.
 */
notes: Array<QuickNoteView>, 
/**
 * Files that cannot be used: a code, and the id to throw it away by.
 */
damaged: Array<DamagedNote>, 
/**
 * How many more there are than are shown at once.
 */
more: number, };

/**
 * The check of a text.
 */
export type IntervisionCheck = { 
/**
 * Everything that identifies; saving is impossible while there is one.
 */
findings: Array<NameFinding>, 
/**
 * Stable codes of warnings: `quotation`, `rare`, `number`, `small-count`, `recent`, `refused`.
 */
warnings: Array<string>, 
/**
 * The exact pages, when nothing was found.
 */
pages: Pages | null, };

/**
 * A summary about to be made: new text beside generalised codes.
 */
export type IntervisionText = { 
/**
 * The case; its number is not printed.
 */
case: string, 
/**
 * `nl` or `en`.
 */
language: string, 
/**
 * Month of the session, `2026-11`.
 */
month: string, 
/**
 * Traits to show, at most three of `gender`, `age`, `level`, `relation`, `contract`.
 */
traits: Array<string>, 
/**
 * Angle: `technical`, `normative`, `personal` or empty.
 */
angle: string, 
/**
 * What happened, roles only.
 */
situation: string, 
/**
 * What the adviser did.
 */
action: string, 
/**
 * Dilemma and learning question.
 */
dilemma: string, 
/**
 * Feeling and own role.
 */
own_role: string, };

/**
 * What the screen shows for a case.
 */
export type IntervisionView = { 
/**
 * Number of the case, for the screen only.
 */
number: string, 
/**
 * Context lines.
 */
context: Array<LabelledValue>, 
/**
 * Coded lines.
 */
facts: Array<LabelledValue>, 
/**
 * Whether consent `use_in_intervision` is noted as given.
 */
consent: boolean, 
/**
 * The summary as it was written so far, from the case file.
 */
draft: IntervisionText | null, 
/**
 * The reason that stands with it.
 */
reason: string, 
/**
 * What the summary is, if there is one; goes back with what is typed.
 */
shown: Shown | null, 
/**
 * The summary, when two computers wrote a version each.
 */
versions: Array<EntryVersions>, };

/**
 * How far a change of keys is.
 */
export type KeysStep = { 
/**
 * Files that were sealed anew since unlocking.
 */
done: number, 
/**
 * Files that follow, as far as is known.
 */
left: number, 
/**
 * Files that only the former keys open, and why.
 */
kept_back: Array<FindingView>, 
/**
 * Another computer wrote in this vault too.
 */
other_computers: boolean, 
/**
 * Nothing more can be done before one of these changes, or she lets go.
 */
waiting: boolean, 
/**
 * The former keys open nothing any more.
 */
finished: boolean, };

/**
 * A line beside the text: what the summary will say in generalised codes.
 */
export type LabelledValue = { 
/**
 * What it is.
 */
label: string, 
/**
 * What it says.
 */
value: string, };

/**
 * The last back-up.
 */
export type LastBackupView = { 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * Its name.
 */
file: string, 
/**
 * Its length in bytes; a number that a window can hold.
 */
size: number, 
/**
 * How many cases are in it.
 */
cases: number, };

/**
 * Something in the text that identifies.
 */
export type NameFinding = { 
/**
 * Which field: `situation`, `action`, `dilemma` or `own_role`.
 */
field: string, 
/**
 * The words found.
 */
found: string, 
/**
 * `name`, `initials`, `email`, `number`, `case_number`, `imported_code`, `private_word`,
 * `organisation`, `department`, `place` or `details`.
 */
kind: string, 
/**
 * Offset in UTF-16 units, where the window marks it.
 */
start: number, 
/**
 * End of the words, in the same units.
 */
end: number, };

/**
 * A name that is being typed.
 */
export type NameQuery = { 
/**
 * The name or a part of it.
 */
name: string, 
/**
 * The role the person is about to get: code of list `person_role`, or empty.
 */
role: string, 
/**
 * The case in which it is typed; left out of the answer.
 */
case: string | null, };

/**
 * The number the next case will have.
 */
export type NextNumber = { 
/**
 * For example `2026-022`.
 */
number: string, };

/**
 * What a note says.
 */
export type NoteBody = { 
/**
 * Day of the contact.
 */
date: string, 
/**
 * Code of list `contact_channel`.
 */
channel: string, 
/**
 * Minutes; 0 when not written down.
 */
minutes: number, 
/**
 * With whom, as a role.
 */
with_whom: string, 
/**
 * What was said and agreed.
 */
facts: string, 
/**
 * The adviser's own impressions.
 */
impressions: string, };

/**
 * A saved note.
 */
export type NoteSaved = { 
/**
 * The entry it became.
 */
entry: string, 
/**
 * Durable since, RFC 3339.
 */
saved_at: string, };

/**
 * One contact moment.
 */
export type NoteView = { 
/**
 * The entry.
 */
entry: string, 
/**
 * What it says.
 */
note: NoteBody, 
/**
 * Last written, RFC 3339.
 */
saved_at: string, 
/**
 * How many revisions it has.
 */
revisions: number, 
/**
 * Another version of the same note exists beside this one.
 */
two_versions: boolean, };

/**
 * Nothing is asked.
 */
export type Nothing = Record<symbol, never>;

/**
 * Which case.
 */
export type OneCase = { 
/**
 * The case.
 */
case: string, };

/**
 * Which entry of which case.
 */
export type OneEntry = { 
/**
 * The case.
 */
case: string, 
/**
 * The entry.
 */
entry: string, };

/**
 * Which report.
 */
export type OneReport = { 
/**
 * The organisation.
 */
organisation: string, 
/**
 * The report year.
 */
year: number, 
/**
 * `nl` or `en`.
 */
language: string, };

/**
 * One client organisation, to show and to save.
 */
export type OrganisationView = { 
/**
 * `null` for a new one.
 */
id: string | null, 
/**
 * Full name; required.
 */
name: string, 
/**
 * Other names and abbreviations.
 */
aliases: Array<string>, 
/**
 * Places and buildings.
 */
places: Array<string>, 
/**
 * Departments.
 */
departments: Array<string>, 
/**
 * Code of list `sector`.
 */
sector: string | null, 
/**
 * Number of workers.
 */
headcount: number | null, 
/**
 * Code of list `adviser_role`.
 */
adviser_role: string, 
/**
 * Code of list `accused_policy`.
 */
accused_policy: string, 
/**
 * The second adviser.
 */
second_adviser: string, 
/**
 * First month of the report year, 1-12.
 */
year_start_month: number, 
/**
 * Smallest printed count, 3-10.
 */
threshold: number, 
/**
 * Tables the organisation does not want, for example `K8`.
 */
hidden_tables: Array<string>, 
/**
 * Months after closing at which destruction comes up, 0-120.
 */
retention_months: number, 
/**
 * Whether it still is a client.
 */
active: boolean, };

/**
 * Pages that were rendered; the window loads them as images by number.
 */
export type Pages = { 
/**
 * How many pages.
 */
count: number, 
/**
 * Changes with every rendering; part of an image's address.
 */
version: number, 
/**
 * The same content as figures; `null` for an intervision summary.
 */
figures: FiguresView | null, };

/**
 * Somebody in a case.
 */
export type PersonView = { 
/**
 * `null` for a new one.
 */
entry: string | null, 
/**
 * Code of list `person_role`.
 */
role: string, 
/**
 * Name or mark.
 */
name: string, 
/**
 * Other names, separated by commas.
 */
aliases: string, 
/**
 * E-mail addresses and phone numbers, separated by commas.
 */
contact: string, 
/**
 * Job title, team, place.
 */
details: string, };

/**
 * Everything about the practice that screens need.
 */
export type PracticeView = { 
/**
 * The adviser.
 */
adviser: AdviserView, 
/**
 * Her organisations, by name.
 */
organisations: Array<OrganisationView>, 
/**
 * Organisations of which two computers wrote a version each.
 */
versions: Array<EntryVersions>, };

/**
 * The recovery sheet as pages.
 */
export type PreviewSheet = { 
/**
 * Whether the digits stand on it as a QR code as well.
 */
square: boolean, };

/**
 * All groups of the recovery sheet, to prove that it opens the vault.
 */
export type ProveRecovery = { 
/**
 * The eight groups as typed.
 */
groups: Array<string>, };

/**
 * A note that is in no case yet.
 */
export type QuickNoteView = { 
/**
 * The name of its file.
 */
id: string, 
/**
 * When it says that it was written, RFC 3339.
 */
written_at: string, 
/**
 * The words.
 */
text: string, };

/**
 * A passphrase to be judged.
 */
export type RatePassphrase = { 
/**
 * As typed.
 */
passphrase: string, };

/**
 * How strong a passphrase is.
 */
export type Rating = { 
/**
 * `too_short`, `weak`, `fair` or `strong`; the first two are refused.
 */
strength: string, 
/**
 * `length`, `keyboard`, `repeat`, `sequence`, `date`, `common` or `guessable` for what
 * is refused.
 */
reason: string | null, 
/**
 * Whether letters outside ASCII are used, which are hard to type elsewhere.
 */
not_ascii: boolean, };

/**
 * Unlock with the recovery sheet and set a new passphrase.
 */
export type Recover = { 
/**
 * The 48 digits, with or without separators.
 */
code: string, 
/**
 * The new passphrase.
 */
passphrase: string, };

/**
 * The recovery code, shown once.
 */
export type RecoveryGroups = { 
/**
 * Eight groups of six digits.
 */
groups: Array<string>, };

/**
 * The adviser's own texts.
 */
export type ReportTextsView = { 
/**
 * Kern in het kort.
 */
summary: string, 
/**
 * Explanation of the activities.
 */
activities: string, 
/**
 * Risk profile.
 */
risk_profile: string, 
/**
 * Comparison with national figures and earlier years.
 */
comparison: string, 
/**
 * Developments.
 */
developments: string, 
/**
 * Evaluation of role and function.
 */
evaluation: string, 
/**
 * Recommendations, one a line.
 */
recommendations: string, };

/**
 * A report as the screen shows it.
 */
export type ReportView = { 
/**
 * Whether the year was made final.
 */
frozen: boolean, 
/**
 * The day on which it was.
 */
frozen_on: string | null, 
/**
 * Years in which the organisation has meldingen, newest first.
 */
years: Array<number>, 
/**
 * Smallest printed count.
 */
threshold: number, 
/**
 * The texts of this year.
 */
texts: ReportTextsView, 
/**
 * What the texts are, if there are any; goes back with what is typed.
 */
shown: Shown | null, 
/**
 * The texts, when two computers wrote a version each.
 */
versions: Array<EntryVersions>, 
/**
 * The texts of the year before, one click away.
 */
last_year: ReportTextsView | null, 
/**
 * Numbers of cases whose coding is not complete (R26).
 */
incomplete: Array<string>, 
/**
 * The figures, as they will be printed.
 */
figures: FiguresView, };

/**
 * Somebody whose name resembles the one typed.
 */
export type Resemblance = { 
/**
 * The case.
 */
case: string, 
/**
 * Its number.
 */
number: string, 
/**
 * Name of the organisation.
 */
organisation: string, 
/**
 * The part that person plays there.
 */
role: string, 
/**
 * The name there.
 */
name: string, 
/**
 * Whether that case is closed.
 */
closed: boolean, 
/**
 * Same organisation, or reporter here and accused there: a conflict of interest.
 */
conflict: boolean, };

/**
 * Where a back-up is put back.
 */
export type RestoreBackup = { 
/**
 * Whether a folder of its own is made in it when there is something in it already.
 */
beside: boolean, };

/**
 * What to put back from the kept versions.
 */
export type RestorePrevious = { 
/**
 * The case; `null` for the practice.
 */
case: string | null, };

/**
 * One row.
 */
export type RowView = { 
/**
 * What is counted.
 */
label: string, 
/**
 * How many.
 */
value: number, };

/**
 * A consent to add or change.
 */
export type SaveConsent = { 
/**
 * The case.
 */
case: string, 
/**
 * The consent.
 */
consent: ConsentView, };

/**
 * New facts of a case.
 */
export type SaveFacts = { 
/**
 * The case.
 */
case: string, 
/**
 * The facts as they now stand.
 */
facts: FactsView, };

/**
 * Save a summary.
 */
export type SaveIntervision = { 
/**
 * The summary.
 */
text: IntervisionText, 
/**
 * Why without consent; required when none is noted.
 */
reason: string, 
/**
 * The person saw the exact preview and said yes a second time.
 */
confirmed: boolean, };

/**
 * Save a summary that is being written into the case file.
 */
export type SaveIntervisionDraft = { 
/**
 * The summary.
 */
text: IntervisionText, 
/**
 * Why without consent, as far as written.
 */
reason: string, 
/**
 * What was on the screen.
 */
after: Shown | null, };

/**
 * A summary in a plain text file: headings such as `# Leervraag` start a part.
 */
export type SaveIntervisionFile = { 
/**
 * The case; its number is not printed.
 */
case: string, 
/**
 * `nl` or `en`.
 */
language: string, 
/**
 * The words of the file.
 */
words: string, 
/**
 * Why without consent; required when none is noted.
 */
reason: string, };

/**
 * What a note says now.
 */
export type SaveNote = { 
/**
 * The case.
 */
case: string, 
/**
 * `null` for a new note.
 */
entry: string | null, 
/**
 * The words.
 */
note: NoteBody, };

/**
 * A person to add or change.
 */
export type SavePerson = { 
/**
 * The case.
 */
case: string, 
/**
 * The person.
 */
person: PersonView, };

/**
 * Save a report as a PDF.
 */
export type SaveReport = { 
/**
 * The organisation.
 */
organisation: string, 
/**
 * The report year.
 */
year: number, 
/**
 * `nl` or `en`.
 */
language: string, 
/**
 * Another threshold than the organisation's, 3-10.
 */
threshold: number | null, 
/**
 * Make the year final: it never changes again.
 */
make_final: boolean, };

/**
 * New texts for a report.
 */
export type SaveReportTexts = { 
/**
 * The organisation.
 */
organisation: string, 
/**
 * The report year.
 */
year: number, 
/**
 * The texts.
 */
texts: ReportTextsView, 
/**
 * What was on the screen.
 */
after: Shown | null, };

/**
 * The recovery sheet as a PDF.
 */
export type SaveSheet = { 
/**
 * Whether the digits stand on it as a QR code as well.
 */
square: boolean, };

/**
 * A task to add or change.
 */
export type SaveTask = { 
/**
 * The case.
 */
case: string, 
/**
 * The task.
 */
task: TaskView, };

/**
 * The act is durably on the disk.
 */
export type Saved = { 
/**
 * The moment of the last durable write, RFC 3339 in UTC.
 */
saved_at: string, };

/**
 * Settings of this computer, readable before unlocking.
 */
export type Settings = { 
/**
 * `nl` or `en`.
 */
language: string, 
/**
 * `system`, `light` or `dark`.
 */
theme: string, 
/**
 * Text size in percent: 90, 100, 115, 130 or 150.
 */
text_size: number, 
/**
 * Minutes without work after which Luwte locks, 1-60.
 */
lock_minutes: number, 
/**
 * Lock before the computer sleeps.
 */
lock_on_sleep: boolean, 
/**
 * Lock when the screen is locked or another user is shown.
 */
lock_on_screen_lock: boolean, };

/**
 * What the typed sheet is worth.
 */
export type SheetProof = { 
/**
 * Numbers of the groups with a typing error, from 1.
 */
wrong: Array<number>, 
/**
 * Whether it opens the vault; if no group is wrong and it does not, it is an older sheet.
 */
opens: boolean, };

/**
 * What stands on a screen: a revision of an entry. What is saved goes with the one that it
 * was typed over; without one nothing was there to be seen.
 */
export type Shown = { 
/**
 * The revision.
 */
revision: string, 
/**
 * How often it was rewritten.
 */
step: number, };

/**
 * A picture that is ready to be shown, until another is, or the vault is locked.
 */
export type ShownPicture = { 
/**
 * Under this id the window can load it.
 */
id: string, 
/**
 * Pixels.
 */
width: number, 
/**
 * Pixels.
 */
height: number, };

/**
 * Put a note in a case.
 */
export type SortQuickNote = { 
/**
 * The note.
 */
id: string, 
/**
 * The case; `null` makes a new one of it.
 */
case: string | null, };

/**
 * What the window has to show: the wizard, the lock screen or the work.
 */
export type Stage = "no_vault" | "locked" | "open";

/**
 * A proposed passphrase.
 */
export type Suggestion = { 
/**
 * Six Dutch words.
 */
words: Array<string>, };

/**
 * One table.
 */
export type TableView = { 
/**
 * For example `K1`.
 */
id: string, 
/**
 * Its heading.
 */
title: string, 
/**
 * The number of meldingen it is about.
 */
base: number, 
/**
 * Whether a melding can stand in several rows.
 */
multiple: boolean, 
/**
 * The rows in fixed order.
 */
rows: Array<RowView>, 
/**
 * Why it is not broken down further.
 */
note: string | null, };

/**
 * A task in a list.
 */
export type TaskRow = { 
/**
 * The case.
 */
case: string, 
/**
 * Its number.
 */
number: string, 
/**
 * Name of the organisation.
 */
organisation: string, 
/**
 * The task.
 */
entry: string, 
/**
 * The day.
 */
due: string, 
/**
 * Why.
 */
reason: string, };

/**
 * Something to do.
 */
export type TaskView = { 
/**
 * `null` for a new one.
 */
entry: string | null, 
/**
 * The day.
 */
due: string, 
/**
 * Why.
 */
reason: string, 
/**
 * The day it was done.
 */
done: string | null, };

/**
 * *Vandaag*.
 */
export type TodayView = { 
/**
 * Open tasks, oldest first.
 */
tasks: Array<TaskRow>, 
/**
 * Drafts and cases without organisation or behaviour.
 */
unfinished: Array<CaseRow>, 
/**
 * The five cases with the latest contact.
 */
recent: Array<CaseRow>, 
/**
 * New meldingen per month of this calendar year, January first.
 */
months: Array<number>, 
/**
 * The one thing that keeping the vault safe asks of her now.
 */
upkeep: Upkeep | null, 
/**
 * Notes that were written while the vault was locked, and are in no case yet.
 */
quick_notes: number, 
/**
 * What there is to say of back-ups, if anything.
 */
backup: BackupCard | null, };

/**
 * Unlock with the passphrase.
 */
export type Unlock = { 
/**
 * The passphrase.
 */
passphrase: string, };

/**
 * What keeping the vault safe asks of her, one thing at a time.
 */
export type Upkeep = "sheet_unproved" | "sheet_new" | "sheet_old";

/**
 * An existing vault to work with.
 */
export type UseVault = {  };

/**
 * One version; exactly one of the contents is there.
 */
export type VersionView = { 
/**
 * What names it when it is chosen.
 */
version: string, 
/**
 * When it was written, RFC 3339.
 */
saved_at: string, 
/**
 * Whether this computer wrote it.
 */
this_computer: boolean, 
/**
 * Whether it says that the entry was removed.
 */
removed: boolean, 
/**
 * The facts, if it is facts.
 */
facts: FactsView | null, 
/**
 * The note, if it is one.
 */
note: NoteBody | null, 
/**
 * The person, if it is one.
 */
person: PersonView | null, 
/**
 * The task, if it is one.
 */
task: TaskView | null, 
/**
 * The consent, if it is one.
 */
consent: ConsentView | null, 
/**
 * The organisation, if it is one.
 */
organisation: OrganisationView | null, 
/**
 * Who the adviser is, if it is that.
 */
adviser: AdviserView | null, 
/**
 * The texts of a report, if it is those.
 */
report_texts: ReportTextsView | null, 
/**
 * The summary, if it is one.
 */
summary_draft: SaveIntervisionDraft | null, };

/**
 * A note to keep until it is put in a case.
 */
export type WriteQuickNote = { 
/**
 * The words.
 */
text: string, };

/**
 * The groups that were not right.
 */
export type WrongGroups = { 
/**
 * Numbers of the groups, from 1; empty when all were right.
 */
wrong: Array<number>, };

/** Everything the app can do: request and answer of each command. */
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
  /** Make a vault of fictional cases; it is open afterwards. Answers its passphrase. */
  create_demo: [UseVault, Suggestion];
  /** Prove that the recovery sheet was written down. */
  confirm_recovery: [ConfirmRecovery, WrongGroups];
  /** Prove with all 48 digits that the recovery sheet opens the vault. */
  prove_recovery: [ProveRecovery, SheetProof];
  /** Render the recovery sheet of the code that was made last. */
  preview_sheet: [PreviewSheet, Pages];
  /** Save that sheet as PDF. */
  save_sheet: [SaveSheet, FileSaved];
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
  /** A recovery code for other keys; nothing is changed yet. */
  prepare_keys: [Nothing, RecoveryGroups];
  /** Change the keys after a leak, once the prepared sheet is on paper. */
  change_keys: [ChangeKeys, WrongGroups];
  /** Seal some more files with the new keys. */
  continue_keys: [ContinueKeys, KeysStep];
  /** Open and verify every file that is in use. */
  check_vault: [Nothing, CheckResult];
  /** Put a case or the practice back from the versions that are kept of it, and check again. */
  restore_previous: [RestorePrevious, CheckResult];
  /** Where and when back-ups are made. */
  backup_state: [Nothing, BackupState];
  /** Make back-ups in this folder from now on. */
  choose_backup_folder: [BackupFolder, BackupState];
  /** When back-ups are made, and how many are kept. */
  save_backup_rhythm: [BackupRhythm, BackupState];
  /** Make a back-up now and open everything in it. */
  make_backup: [Nothing, BackupContents];
  /** Make one back-up in a place of her choice. */
  make_backup_at: [BackupPath, BackupContents];
  /** Compare every byte of the last back-up and open everything in it. */
  check_backup: [Nothing, BackupContents];
  /** Pick a back-up to look into, to rehearse with or to put back. */
  choose_backup: [BackupPath, ChosenBackup];
  /** Open everything in the picked back-up; nothing is written. */
  preview_backup: [BackupSecret, BackupContents];
  /** Prove that the picked back-up and this secret work, and note the day. */
  rehearse_backup: [BackupSecret, BackupContents];
  /** Put the picked back-up back in a new folder and work with that one. */
  restore_backup: [RestoreBackup, AppState];
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
  /** Let one of two versions of an entry stand, or both versions of a note. */
  choose_version: [ChooseVersion, Done];
  /** Take a copy of a file into a case. */
  add_attachment: [AddAttachment, CaseView];
  /** Mark an attachment as removed; its bytes stay while a version refers to them. */
  remove_attachment: [OneEntry, CaseView];
  /** Make a picture ready to be shown. */
  show_attachment: [OneEntry, ShownPicture];
  /** The picture is not looked at any more. */
  hide_attachment: [Nothing, Done];
  /** Save a copy of an attachment outside the vault, not sealed. */
  export_attachment: [ExportAttachment, FileSaved];
  /** Keep a note without opening the vault. The answer says nothing but that it is saved. */
  quick_note: [WriteQuickNote, Done];
  /** The notes that are in no case yet. */
  inbox: [Nothing, InboxView];
  /** Put a quick note in a case, or make a new case of it. */
  sort_quick_note: [SortQuickNote, CaseView];
  /** Throw a quick note away. */
  discard_quick_note: [DiscardQuickNote, Done];
  /** A report with its texts and figures. */
  report: [OneReport, ReportView];
  /** Save the adviser's texts. */
  save_report_texts: [SaveReportTexts, Saved];
  /** Render the pages of a report. */
  preview_report: [OneReport, Pages];
  /** Save a report as PDF, and make the year final if so asked. */
  save_report: [SaveReport, FileSaved];
  /** What a summary of a case would say in generalised codes, and what was written of it. */
  intervision: [IntervisionText, IntervisionView];
  /** Save a summary that is being written into the case file. */
  save_intervision_draft: [SaveIntervisionDraft, Saved];
  /** Check a summary for names, and render it when there are none. */
  check_intervision: [IntervisionText, IntervisionCheck];
  /** Save a summary without a name in it. */
  save_intervision: [SaveIntervision, FileSaved];
  /** Save a summary from a text file, as the command line does. */
  save_intervision_file: [SaveIntervisionFile, FileSaved];
};
