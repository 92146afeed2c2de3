import type { CaseRow, CaseView } from '../bindings.gen';
import { emptyCase, now, TODAY, uuid } from './data';
import { refuse, type FakeVault, type Handlers } from './index';

export function one(vault: FakeVault, id: string): CaseView {
  return vault.cases.find((view) => view.id === id) ?? refuse('case-unknown', 'case', id);
}

function open(vault: FakeVault, id: string): CaseView {
  const view = one(vault, id);
  if (view.facts.closed !== null) refuse('case-closed');
  return view;
}

export function saved(view: CaseView): CaseView {
  view.saved_at = now();
  view.hints = view.hints.filter((code) => code !== 'bullying-once');
  if (
    view.facts.frequency === 'single' &&
    view.facts.behaviours.some((code) => code.startsWith('bullying'))
  ) {
    view.hints.push('bullying-once');
  }
  view.minutes = view.notes.reduce((sum, note) => sum + note.note.minutes, 0);
  return view;
}

/** Puts an entry in a list, new or changed. */
function put<T extends { entry: string | null }>(list: T[], entry: T): T[] {
  if (entry.entry === null) return [...list, { ...entry, entry: uuid() }];
  return list.map((known) => (known.entry === entry.entry ? entry : known));
}

const without = <T extends { entry: string | null }>(list: T[], entry: string): T[] =>
  list.filter((known) => known.entry !== entry);

export function nextNumber(vault: FakeVault): string {
  const year = TODAY.slice(0, 4);
  const last = vault.cases
    .filter((view) => view.number.startsWith(year))
    .reduce((most, view) => Math.max(most, Number(view.number.slice(5))), 0);
  return `${year}-${String(last + 1).padStart(3, '0')}`;
}

export function organisationName(vault: FakeVault, view: CaseView): string {
  return vault.practice.organisations.find((known) => known.id === view.facts.organisation)?.name ?? '';
}

function row(vault: FakeVault, view: CaseView): CaseRow {
  const open = view.tasks.filter((task) => task.done === null).map((task) => task.due);
  const missing = [
    ...(view.facts.organisation === null ? ['organisation'] : []),
    ...(view.facts.behaviours.length === 0 && view.facts.non_belonging === null ? ['behaviour'] : []),
  ];
  return {
    id: view.id,
    number: view.number,
    organisation: organisationName(vault, view),
    draft: view.draft,
    intake: view.facts.intake,
    closed: view.facts.closed,
    phase: view.facts.phase,
    behaviours: view.facts.behaviours,
    non_belonging: view.facts.non_belonging,
    reporter_role: view.facts.reporter_role,
    next_task: open.sort()[0] ?? null,
    last_contact: view.notes[0]?.note.date ?? null,
    missing,
  };
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();

export const caseCommands: Handlers = {
  today: (_, vault) => {
    const rows = vault.cases.map((view) => row(vault, view));
    const months = Array.from({ length: 12 }, (_, at) => {
      const month = `${TODAY.slice(0, 4)}-${String(at + 1).padStart(2, '0')}`;
      return rows.filter((one) => !one.draft && one.intake.startsWith(month)).length;
    });
    const tasks = vault.cases
      .flatMap((view) =>
        view.tasks
          .filter((task) => task.done === null)
          .map((task) => ({
            case: view.id,
            number: view.number,
            organisation: organisationName(vault, view),
            entry: task.entry ?? '',
            due: task.due,
            reason: task.reason,
          })),
      )
      .sort((a, b) => a.due.localeCompare(b.due));
    const unfinished = rows.filter((one) => one.draft || one.missing.length > 0);
    const recent = rows.filter((one) => !one.draft).slice(0, 5);
    return {
      tasks,
      unfinished,
      recent,
      months,
      upkeep: vault.recoveryConfirmed ? null : 'sheet_unproved',
      quick_notes: vault.inbox.length,
      backup: null,
    };
  },
  list_cases: (_, vault) => vault.cases.map((view) => row(vault, view)),
  next_number: (_, vault) => ({ number: nextNumber(vault) }),
  new_case: (_, vault) => {
    const view = emptyCase(nextNumber(vault));
    vault.cases = [view, ...vault.cases];
    return view;
  },
  case: ({ case: id }, vault) => one(vault, id),
  save_facts: ({ case: id, facts }, vault) => {
    const view = open(vault, id);
    view.facts = facts;
    return saved(view);
  },
  file_case: ({ case: id }, vault) => {
    const view = open(vault, id);
    if (view.facts.organisation === null) refuse('field-required', 'organisation');
    view.draft = false;
    return saved(view);
  },
  close_case: ({ case: id, outcome, closing_reason, closed }, vault) => {
    const view = open(vault, id);
    view.facts = { ...view.facts, outcome, closing_reason, closed, phase: 'closed' };
    return saved(view);
  },
  reopen_case: ({ case: id }, vault) => {
    const view = one(vault, id);
    view.facts = {
      ...view.facts,
      outcome: 'ongoing',
      closing_reason: 'not_closed',
      closed: null,
      phase: 'consultation',
    };
    return saved(view);
  },
  resembling: ({ name, role, case: id }, vault) => {
    const wanted = plain(name);
    return vault.cases
      .filter((view) => view.id !== id)
      .flatMap((view) =>
        view.persons
          .filter((person) => plain(`${person.name} ${person.aliases}`).includes(wanted))
          .map((person) => ({
            case: view.id,
            number: view.number,
            organisation: organisationName(vault, view),
            role: person.role,
            name: person.name,
            closed: view.facts.closed !== null,
            conflict: person.role === 'accused' || (role === 'accused' && person.role === 'reporter'),
          })),
      );
  },
  save_note: ({ case: id, entry, note }, vault) => {
    const view = open(vault, id);
    const at = now();
    const known = view.notes.find((one) => one.entry === entry);
    if (known) {
      Object.assign(known, { note, saved_at: at });
      saved(view);
      return { entry: known.entry, saved_at: at };
    }
    const made = { entry: uuid(), note, saved_at: at, revisions: 1, two_versions: false };
    view.notes = [made, ...view.notes];
    saved(view);
    return { entry: made.entry, saved_at: at };
  },
  note_history: ({ case: id, entry }, vault) => one(vault, id).notes.filter((note) => note.entry === entry),
  remove_note: ({ case: id, entry }, vault) => {
    const view = open(vault, id);
    view.notes = without(view.notes, entry);
    return saved(view);
  },
  save_person: ({ case: id, person }, vault) => {
    const view = open(vault, id);
    if (person.name.trim() === '') refuse('field-required', 'name');
    view.persons = put(view.persons, person);
    return saved(view);
  },
  remove_person: ({ case: id, entry }, vault) => {
    const view = open(vault, id);
    view.persons = without(view.persons, entry);
    return saved(view);
  },
  save_task: ({ case: id, task }, vault) => {
    const view = open(vault, id);
    view.tasks = put(view.tasks, task).sort((a, b) => Number(a.done !== null) - Number(b.done !== null));
    return saved(view);
  },
  remove_task: ({ case: id, entry }, vault) => {
    const view = open(vault, id);
    view.tasks = without(view.tasks, entry);
    return saved(view);
  },
  save_consent: ({ case: id, consent }, vault) => {
    const view = open(vault, id);
    view.consents = put(view.consents, consent);
    return saved(view);
  },
  remove_consent: ({ case: id, entry }, vault) => {
    const view = open(vault, id);
    view.consents = without(view.consents, entry);
    return saved(view);
  },
};
