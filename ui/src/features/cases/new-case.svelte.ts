/** A new melding: the first words make the draft, everything else can wait. */
import type { CaseView, FactsView, PersonView, TaskView } from '../../api/bindings.gen';
import { call } from '../../api/call';
import type { SaveQueue } from '../../app/saving.svelte';
import type { Screen } from '../../app/screens';
import { session } from '../../app/session.svelte';
import { addDays, addMonths } from '../../i18n/format';
import { words } from '../../i18n/words.svelte';
import { PERSONS, TASKS } from './case.svelte';
import { EntryDraft, NoteDraft } from './drafts.svelte';

/** The part somebody plays who comes with a report in this role. */
const PERSON_ROLE: Record<string, string> = {
  witness: 'witness',
  accused: 'accused',
  asking_advice: 'manager',
};
export const personRole = (reporterRole: string): string => PERSON_ROLE[reporterRole] ?? 'reporter';

export type FollowUp = 'none' | 'tomorrow' | 'week' | 'month';

/** The case of words that are kept although their melding could not be begun. */
const NO_CASE_YET = '00000000-0000-0000-0000-000000000000';

type Chosen = Pick<
  FactsView,
  'organisation' | 'behaviours' | 'grounds' | 'non_belonging' | 'reporter_role' | 'intake'
>;

export class NewCaseController {
  number = $state('');
  loaded = $state(false);
  facts = $state<Chosen>({
    organisation: null,
    behaviours: [],
    grounds: [],
    non_belonging: null,
    reporter_role: 'affected',
    intake: '',
  });
  followUp = $state<FollowUp>('none');
  organisationMissing = $state(false);
  started = $state(false);
  busy = $state(false);
  note: NoteDraft;
  person: EntryDraft<PersonView>;
  task: EntryDraft<TaskView>;
  #queue: SaveQueue;
  #case: Promise<CaseView> | null = null;

  constructor() {
    this.#queue = session.saving.queue('new-case');
    const caseOf = (): Promise<string> =>
      this.#draft().then(
        (view) => view.id,
        (thrown) => {
          // At a lock the words are kept; the core makes the melding when it can.
          if (session.locking) return NO_CASE_YET;
          throw thrown;
        },
      );
    const today = session.today;
    this.facts.intake = today;
    const active = session.practice?.organisations.filter((one) => one.active) ?? [];
    // With one client there is nothing to choose; with more, a wrong guess is a wrong report.
    if (active.length === 1) this.facts.organisation = active[0]?.id ?? null;
    this.note = new NoteDraft(
      this.#queue,
      caseOf,
      { date: today, channel: 'phone', minutes: 0, with_whom: '', facts: '', impressions: '' },
      null,
      (entry) => session.remember({ note: entry }),
    );
    const accept = (): void => undefined;
    this.person = new EntryDraft<PersonView>(
      PERSONS,
      this.#queue,
      caseOf,
      { entry: null, role: 'reporter', name: '', aliases: '', contact: '', details: '' },
      accept,
    );
    this.task = new EntryDraft<TaskView>(
      TASKS,
      this.#queue,
      caseOf,
      { entry: null, due: addDays(today, 7), reason: '', done: null },
      accept,
    );
  }

  async load(screen: Extract<Screen, { name: 'new-case' }>): Promise<void> {
    try {
      if (screen.case) this.#take(await call('case', { case: screen.case }), screen);
      else this.number = (await call('next_number', {})).number;
      this.loaded = true;
    } catch (thrown) {
      await session.fail(thrown);
    }
  }

  /** A draft that was left earlier, or before a lock. */
  #take(view: CaseView, screen: Extract<Screen, { name: 'new-case' }>): void {
    this.#case = Promise.resolve(view);
    this.number = view.number;
    this.started = true;
    const { organisation, behaviours, grounds, non_belonging, reporter_role, intake } = view.facts;
    this.facts = { organisation, behaviours, grounds, non_belonging, reporter_role, intake };
    const note = view.notes.find((one) => one.entry === screen.note) ?? view.notes[0];
    if (note) {
      this.note.entry = note.entry;
      this.note.body = { ...note.note };
    }
    const person = view.persons[0];
    if (person) this.person.value = { ...person };
    const task = view.tasks.find((one) => one.done === null);
    if (task) {
      this.task.value = { ...task };
      this.followUp =
        (['tomorrow', 'week', 'month'] as const).find((one) => this.#due(one) === task.due) ?? 'week';
    }
  }

  /** The draft in the vault; the first change makes it. */
  #draft(): Promise<CaseView> {
    this.#case ??= call('new_case', {}).then(
      (view) => {
        this.number = view.number;
        this.started = true;
        session.remember({ case: view.id });
        return view;
      },
      (thrown) => {
        this.#case = null;
        throw thrown;
      },
    );
    return this.#case;
  }

  write(text: string): void {
    this.#begin();
    this.note.set({ facts: text });
  }

  choose(change: Partial<Chosen>): void {
    Object.assign(this.facts, change);
    if (change.organisation) this.organisationMissing = false;
    if (change.reporter_role && this.person.ready)
      this.person.set({ role: personRole(change.reporter_role) });
    if (change.intake && !this.note.empty) this.note.set({ date: change.intake });
    else if (change.intake) this.note.body.date = change.intake;
    this.#saveFacts();
  }

  name(name: string): void {
    this.#begin();
    this.person.set({ name, role: personRole(this.facts.reporter_role) });
  }

  async follow(choice: FollowUp): Promise<void> {
    this.followUp = choice;
    this.#begin();
    if (choice !== 'none') {
      this.task.set({
        due: this.#due(choice),
        reason: this.task.value.reason || words.t.case.followUpReason,
      });
      return;
    }
    this.task.drop();
    await this.#queue.flush();
    const entry = this.task.value.entry;
    if (entry === null) return;
    try {
      await call('remove_task', { case: (await this.#draft()).id, entry });
      this.task.value.entry = null;
    } catch (thrown) {
      await session.fail(thrown);
    }
  }

  #due(choice: Exclude<FollowUp, 'none'>): string {
    const today = session.today;
    return choice === 'tomorrow'
      ? addDays(today, 1)
      : choice === 'week'
        ? addDays(today, 7)
        : addMonths(today, 1);
  }

  /** The defaults on the screen count from the first change on. */
  #begin(): void {
    if (!this.started && this.#case === null) this.#saveFacts();
  }

  #saveFacts(): void {
    this.#queue.touch('facts', async () => {
      const view = await this.#draft();
      const facts = { ...view.facts, ...$state.snapshot(this.facts) };
      return (await call('save_facts', { case: view.id, facts })).saved_at;
    });
  }

  /** *Melding vastleggen*. The new case's id, or `null` when something is missing. */
  async file(): Promise<string | null> {
    if (this.busy) return null;
    this.organisationMissing = this.facts.organisation === null;
    if (this.organisationMissing) return null;
    this.busy = true;
    try {
      const id = await this.keep();
      if (id === null) return null;
      const view = await call('file_case', { case: id });
      session.saving.durable(view.saved_at);
      session.say(words.t.case.filed(view.number));
      return id;
    } catch (thrown) {
      await session.fail(thrown);
      return null;
    } finally {
      this.busy = false;
    }
  }

  /** Everything typed is in the vault; answers the draft's id. */
  async keep(): Promise<string | null> {
    this.#begin();
    if (!(await this.#queue.flush())) return null;
    return (await this.#draft()).id;
  }
}
