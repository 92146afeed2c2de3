/** What an entry says, as names with words beside them: to read, and to compare two versions. */
import type {
  AdviserView,
  ConsentView,
  EntryVersions,
  FactsView,
  NoteBody,
  OrganisationView,
  PersonView,
  ReportTextsView,
  SaveIntervisionDraft,
  TaskView,
  VersionView,
} from '../api/bindings.gen';
import { label, listName } from '../i18n/codes';
import { fullDay, monthName, monthYear } from '../i18n/format';
import { words } from '../i18n/words.svelte';

export type Row = [name: string, text: string];

const listed = (list: string, codes: string[]): string => codes.map((code) => label(list, code)).join(', ');
const day = (iso: string | null): string => (iso ? fullDay(iso) : '');
const yes = (so: boolean): string => (so ? words.t.app.yes : words.t.app.no);

/** Every field of the facts has a row, so that two versions never look alike when they are not. */
export function factsRows(facts: FactsView, organisations: OrganisationView[]): Row[] {
  const t = words.t.case;
  const coded = (list: string, value: string): Row => [listName(list), label(list, value)];
  return [
    [t.organisation, organisations.find((one) => one.id === facts.organisation)?.name ?? ''],
    [t.department, facts.department],
    [t.nature, listed('behaviour', facts.behaviours)],
    [t.outOfScope, facts.non_belonging ? label('non_belonging', facts.non_belonging) : ''],
    [listName('discrimination_ground'), listed('discrimination_ground', facts.grounds)],
    coded('frequency', facts.frequency),
    coded('accused_relation', facts.accused_relation),
    coded('contact_channel', facts.channel),
    coded('found_via', facts.found_via),
    coded('reporter_role', facts.reporter_role),
    coded('reporter_position', facts.reporter_position),
    coded('gender', facts.gender),
    coded('age_band', facts.age_band),
    coded('contract_type', facts.contract_type),
    coded('salary_group', facts.salary_group),
    [listName('intervention'), listed('intervention', facts.interventions)],
    [listName('referral_target'), listed('referral_target', facts.referrals)],
    [t.secondAdviser, yes(facts.second_adviser)],
    [t.firstContact, day(facts.intake)],
    [t.explainedOn, day(facts.explained_on)],
    coded('phase', facts.phase),
    [t.closedOn, day(facts.closed)],
    [t.outcome, label('outcome', facts.outcome)],
    [t.closingReason, label('closing_reason', facts.closing_reason)],
    coded('aftercare_result', facts.aftercare),
    coded('duty_basis', facts.duty_basis),
    coded('breach_procedure', facts.breach),
    [t.clusterField, facts.cluster],
    [t.contactRoute, facts.contact_route],
  ];
}

export function noteRows(note: NoteBody): Row[] {
  const t = words.t.case;
  return [
    [t.date, day(note.date)],
    [t.channel, label('contact_channel', note.channel)],
    [t.minutes, note.minutes > 0 ? t.minutesShort(note.minutes) : ''],
    [t.withWhom, note.with_whom],
    [t.facts, note.facts],
    [t.impressions, note.impressions],
  ];
}

export function personRows(person: PersonView): Row[] {
  const t = words.t.case;
  return [
    [t.name, person.name],
    [t.role, label('person_role', person.role)],
    [t.aliases, person.aliases],
    [t.contact, person.contact],
    [t.details, person.details],
  ];
}

export function taskRows(task: TaskView): Row[] {
  const t = words.t.case;
  return [
    [t.taskReason, task.reason],
    [t.taskDue, day(task.due)],
    [words.t.today.done, day(task.done)],
  ];
}

export function consentRows(consent: ConsentView): Row[] {
  const t = words.t.case;
  return [
    [t.consentKind, label('consent_kind', consent.kind)],
    [t.consentState, label('consent_state', consent.state)],
    [t.consentDate, day(consent.date)],
    [t.written, yes(consent.written)],
    [t.consentScope, consent.scope],
  ];
}

export function organisationRows(organisation: OrganisationView): Row[] {
  const t = words.t.organisations;
  return [
    [t.name, organisation.name],
    [t.sector, organisation.sector ? label('sector', organisation.sector) : ''],
    [t.headcount, organisation.headcount === null ? '' : String(organisation.headcount)],
    [t.role, label('adviser_role', organisation.adviser_role)],
    [t.departments, organisation.departments.join(', ')],
    [t.places, organisation.places.join(', ')],
    [t.aliases, organisation.aliases.join(', ')],
    [t.secondAdviser, organisation.second_adviser],
    [t.accused, label('accused_policy', organisation.accused_policy)],
    [t.threshold, String(organisation.threshold)],
    [t.yearStart, monthName(organisation.year_start_month, 'long')],
    [t.retention, t.months(organisation.retention_months)],
    [t.hidden, organisation.hidden_tables.join(', ')],
    [t.active, yes(organisation.active)],
  ];
}

export function adviserRows(adviser: AdviserView): Row[] {
  return [
    [words.t.wizard.yourName, adviser.name],
    [words.t.organisations.certification, adviser.certification],
  ];
}

export function reportRows(texts: ReportTextsView): Row[] {
  const t = words.t.report.texts;
  const names = Object.keys(t) as (keyof ReportTextsView)[];
  return names.map((name) => [t[name], texts[name]]);
}

export function summaryRows({ text, reason }: SaveIntervisionDraft): Row[] {
  const t = words.t.intervision;
  return [
    [t.language, text.language === 'en' ? 'English' : 'Nederlands'],
    [t.month, monthYear(text.month)],
    [t.traits, text.traits.map((trait) => t.traitNames[trait] ?? trait).join(', ')],
    [t.angle, t.angles[text.angle] ?? ''],
    [t.fields.situation ?? '', text.situation],
    [t.fields.action ?? '', text.action],
    [t.fields.dilemma ?? '', text.dilemma],
    [t.fields.own_role ?? '', text.own_role],
    [t.reason, reason],
  ];
}

function rowsOf(version: VersionView, organisations: OrganisationView[]): Row[] {
  if (version.removed) return [];
  if (version.facts) return factsRows(version.facts, organisations);
  if (version.note) return noteRows(version.note);
  if (version.person) return personRows(version.person);
  if (version.task) return taskRows(version.task);
  if (version.consent) return consentRows(version.consent);
  if (version.organisation) return organisationRows(version.organisation);
  if (version.adviser) return adviserRows(version.adviser);
  if (version.report_texts) return reportRows(version.report_texts);
  if (version.summary_draft) return summaryRows(version.summary_draft);
  return [];
}

/** The rows of each version. Of long lists of fields only those that are not the same everywhere:
    among thirty fields nobody finds the one that matters. */
export function compared(entry: EntryVersions, organisations: OrganisationView[]): Row[][] {
  const all = entry.versions.map((version) => rowsOf(version, organisations));
  const whole = !['facts', 'organisation', 'report_texts', 'summary_draft'].includes(entry.kind);
  const living = all.filter((rows) => rows.length > 0);
  const differs = (name: string): boolean =>
    new Set(living.map((rows) => rows.find(([known]) => known === name)?.[1] ?? '')).size > 1;
  return all.map((rows) =>
    rows.filter(([name, text]) => (whole || living.length < 2 ? text !== '' : differs(name))),
  );
}
