/** One case on the screen: its facts, notes, persons, tasks and consents. */
import type {
  CaseView,
  CloseCase,
  ConsentView,
  EntryVersions,
  FactsView,
  NoteBody,
  NoteView,
  PersonView,
  TaskView,
} from '../../api/bindings.gen';
import { call } from '../../api/call';
import type { SaveQueue } from '../../app/saving.svelte';
import type { Screen } from '../../app/screens';
import { session } from '../../app/session.svelte';
import { addDays } from '../../i18n/format';
import { words } from '../../i18n/words.svelte';
import { EntryDraft, follow, NoteDraft, type EntryKind } from './drafts.svelte';

export const PERSONS: EntryKind<PersonView> = {
  ready: (person) => person.name.trim() !== '',
  send: (of, person) => call('save_person', { case: of, person }),
  within: (view) => view.persons,
};
export const TASKS: EntryKind<TaskView> = {
  ready: (task) => task.reason.trim() !== '' && task.due !== '',
  send: (of, task) => call('save_task', { case: of, task }),
  within: (view) => view.tasks,
};
export const CONSENTS: EntryKind<ConsentView> = {
  ready: (consent) => consent.kind !== '' && consent.date !== '',
  send: (of, consent) => call('save_consent', { case: of, consent }),
  within: (view) => view.consents,
};

type Part = 'person' | 'task' | 'consent' | 'note';

export class CaseController {
  view = $state.raw<CaseView | null>(null);
  facts = $state<FactsView | null>(null);
  composer = $state.raw<NoteDraft | null>(null);
  editing = $state.raw<NoteDraft | null>(null);
  persons = $state.raw<EntryDraft<PersonView>[]>([]);
  tasks = $state.raw<EntryDraft<TaskView>[]>([]);
  consents = $state.raw<EntryDraft<ConsentView>[]>([]);
  readonly id: string;
  #queue: SaveQueue;
  #factsTouched = 0;
  #factsSaved = 0;

  constructor(id: string) {
    this.id = id;
    this.#queue = session.saving.queue(id);
  }

  get closed(): boolean {
    return this.view?.facts.closed != null;
  }

  /** Notes of the timeline: the one that is being written stands in the composer. */
  get timeline(): NoteView[] {
    return this.view?.notes.filter((note) => note.entry !== this.composer?.entry) ?? [];
  }

  async load(screen: Extract<Screen, { name: 'case' }>): Promise<void> {
    try {
      const view = await call('case', { case: this.id });
      this.accept(view);
      this.facts = { ...view.facts };
      if (this.closed) return;
      const writing = view.notes.find((note) => note.entry === screen.note);
      this.#compose(writing);
      const editing = view.notes.find((note) => note.entry === screen.editing);
      if (editing) this.edit(editing);
    } catch (thrown) {
      await session.fail(thrown);
    }
  }

  setFacts(change: Partial<FactsView>): void {
    if (!this.facts) return;
    Object.assign(this.facts, change);
    this.#factsTouched += 1;
    this.#queue.touch('facts', () => this.#saveFacts());
  }

  async #saveFacts(): Promise<string | null> {
    if (!this.facts) return null;
    const at = this.#factsTouched;
    const view = await call('save_facts', { case: this.id, facts: $state.snapshot(this.facts) });
    this.#factsSaved = at;
    this.accept(view);
    return view.saved_at;
  }

  /** Takes over what the core says the case is now. */
  accept(view: CaseView): void {
    this.view = view;
    if (this.facts && this.#factsTouched === this.#factsSaved) Object.assign(this.facts, view.facts);
    this.persons = follow(this.persons, view.persons, (value) => this.#draft(PERSONS, value));
    this.tasks = follow(this.tasks, view.tasks, (value) => this.#draft(TASKS, value));
    this.consents = follow(this.consents, view.consents, (value) => this.#draft(CONSENTS, value));
  }

  #draft<T extends { entry: string | null }>(kind: EntryKind<T>, value: T): EntryDraft<T> {
    const known = this.view ? kind.within(this.view).map((one) => one.entry) : [];
    return new EntryDraft(
      kind,
      this.#queue,
      () => Promise.resolve(this.id),
      value,
      (view) => this.accept(view),
    ).knows(known);
  }

  addPerson(role: string): void {
    const empty = { entry: null, role, name: '', aliases: '', contact: '', details: '' };
    this.persons = [...this.persons, this.#draft(PERSONS, empty)];
  }

  addTask(): void {
    const due = addDays(session.today, 7);
    this.tasks = [...this.tasks, this.#draft(TASKS, { entry: null, due, reason: '', done: null })];
  }

  addConsent(): void {
    const empty = { entry: null, kind: '', state: 'given', date: session.today, written: false, scope: '' };
    this.consents = [...this.consents, this.#draft(CONSENTS, empty)];
  }

  #emptyNote(): NoteBody {
    const channel = this.view?.facts.channel || 'phone';
    return { date: session.today, channel, minutes: 0, with_whom: '', facts: '', impressions: '' };
  }

  #compose(note?: NoteView): void {
    this.composer = new NoteDraft(
      this.#queue,
      () => Promise.resolve(this.id),
      note?.note ?? this.#emptyNote(),
      note?.entry ?? null,
      (entry) => session.remember({ note: entry }),
    );
  }

  /** The note in the composer is finished and moves to the timeline. */
  async finishNote(): Promise<boolean> {
    if (!this.composer || this.composer.empty) return false;
    if (!(await this.#queue.flush())) return false;
    await this.#reload();
    session.remember({ note: '' });
    this.#compose();
    return true;
  }

  edit(note: NoteView): void {
    session.remember({ editing: note.entry });
    this.editing = new NoteDraft(
      this.#queue,
      () => Promise.resolve(this.id),
      note.note,
      note.entry,
      () => undefined,
    );
  }

  async finishEditing(): Promise<void> {
    if (!(await this.#queue.flush())) return;
    await this.#reload();
    session.remember({ editing: '' });
    this.editing = null;
  }

  async #reload(): Promise<void> {
    await this.#act(() => call('case', { case: this.id }));
  }

  /** What two computers wrote, for the place where it stands. */
  versions(kind: EntryVersions['kind'], entry?: string): EntryVersions[] {
    const all = this.view?.versions.filter((one) => one.kind === kind) ?? [];
    return entry === undefined ? all : all.filter((one) => one.entry === entry);
  }

  /** Lets one version stand; without one, every version of a note. */
  async choose(of: EntryVersions, version: string | null): Promise<void> {
    if (!(await this.#queue.flush())) return;
    const chosen = await this.#act(async () => {
      await call('choose_version', { case: this.id, kind: of.kind, entry: of.entry, version });
      return call('case', { case: this.id });
    });
    if (chosen) session.say(words.t.versions.chosen);
  }

  async history(entry: string): Promise<NoteView[]> {
    try {
      return await call('note_history', { case: this.id, entry });
    } catch (thrown) {
      await session.fail(thrown);
      return [];
    }
  }

  async remove(part: Part, entry: string | null): Promise<void> {
    for (const draft of [...this.persons, ...this.tasks, ...this.consents]) {
      if (draft.value.entry === entry) draft.drop();
    }
    if (entry === null) {
      this.persons = this.persons.filter((draft) => draft.value.entry !== null);
      this.tasks = this.tasks.filter((draft) => draft.value.entry !== null);
      this.consents = this.consents.filter((draft) => draft.value.entry !== null);
      return;
    }
    await this.#queue.flush();
    await this.#act(() => call(`remove_${part}`, { case: this.id, entry }));
  }

  file(): Promise<boolean> {
    return this.#act(() => call('file_case', { case: this.id }));
  }

  async close(request: Omit<CloseCase, 'case'>): Promise<boolean> {
    if (!(await this.#queue.flush())) return false;
    const done = await this.#act(() => call('close_case', { case: this.id, ...request }));
    if (done) {
      this.composer = null;
      this.editing = null;
    }
    return done;
  }

  async reopen(): Promise<boolean> {
    const done = await this.#act(() => call('reopen_case', { case: this.id }));
    if (done) this.#compose();
    return done;
  }

  async #act(work: () => Promise<CaseView>): Promise<boolean> {
    try {
      const view = await work();
      session.saving.durable(view.saved_at);
      this.accept(view);
      return true;
    } catch (thrown) {
      await session.fail(thrown);
      return false;
    }
  }
}
