/** What is being typed on a case: it saves itself through the queue of that case. */
import type { CaseView, NoteBody } from '../../api/bindings.gen';
import { call } from '../../api/call';
import type { SaveQueue } from '../../app/saving.svelte';

let made = 0;

/** A note while it is written. It gets its entry from the first save. */
export class NoteDraft {
  body = $state<NoteBody>({ date: '', channel: '', minutes: 0, with_whom: '', facts: '', impressions: '' });
  entry = $state<string | null>(null);
  readonly key = `note:${(made += 1)}`;
  #queue: SaveQueue;
  #caseOf: () => Promise<string>;
  #onEntry: (entry: string) => void;

  constructor(
    queue: SaveQueue,
    caseOf: () => Promise<string>,
    body: NoteBody,
    entry: string | null,
    onEntry: (entry: string) => void,
  ) {
    this.#queue = queue;
    this.#caseOf = caseOf;
    this.body = { ...body };
    this.entry = entry;
    this.#onEntry = onEntry;
  }

  get empty(): boolean {
    const { facts, impressions, with_whom } = this.body;
    return [facts, impressions, with_whom].every((one) => one.trim() === '');
  }

  set(change: Partial<NoteBody>): void {
    Object.assign(this.body, change);
    // A date alone is no note; it goes along with the first words.
    if (this.entry !== null || !this.empty) this.#queue.touch(this.key, () => this.#save());
  }

  async #save(): Promise<string> {
    const of = await this.#caseOf();
    const saved = await call('save_note', { case: of, entry: this.entry, note: { ...this.body } });
    if (this.entry !== saved.entry) {
      this.entry = saved.entry;
      this.#onEntry(saved.entry);
    }
    return saved.saved_at;
  }
}

interface Entry {
  entry: string | null;
}

/** How one kind of entry is saved and found back in a case. */
export interface EntryKind<T extends Entry> {
  /** Whether there is enough to save. */
  ready: (value: T) => boolean;
  send: (of: string, value: T) => Promise<CaseView>;
  within: (view: CaseView) => T[];
}

/** A person, task or consent while it is written. */
export class EntryDraft<T extends Entry> {
  value: T = $state() as T;
  readonly key = `entry:${(made += 1)}`;
  #kind: EntryKind<T>;
  #queue: SaveQueue;
  #caseOf: () => Promise<string>;
  #accept: (view: CaseView) => void;
  #touched = 0;
  #saved = 0;

  constructor(
    kind: EntryKind<T>,
    queue: SaveQueue,
    caseOf: () => Promise<string>,
    value: T,
    accept: (view: CaseView) => void,
  ) {
    this.#kind = kind;
    this.#queue = queue;
    this.#caseOf = caseOf;
    this.#accept = accept;
    this.value = { ...value };
  }

  get ready(): boolean {
    return this.#kind.ready(this.value);
  }

  /** Whether something was typed that is not on the disk yet. */
  get unsaved(): boolean {
    return this.#touched !== this.#saved;
  }

  set(change: Partial<T>): void {
    Object.assign(this.value as object, change);
    if (!this.ready) {
      this.#queue.forget(this.key);
      return;
    }
    this.#touched += 1;
    this.#queue.touch(this.key, () => this.#save());
  }

  /** Nothing of this is saved any more: it is about to be removed. */
  drop(): void {
    this.#queue.forget(this.key);
  }

  async #save(): Promise<string | null> {
    const of = await this.#caseOf();
    // Emptied while another save ran: its turn came although it was forgotten, and the
    // core would refuse it for as long as it stays empty, and hold her on this screen.
    if (!this.ready) return null;
    const at = this.#touched;
    const sent = { ...this.value };
    const view = await this.#kind.send(of, sent);
    if (this.value.entry === null) {
      const fresh = this.#kind.within(view).filter((one) => !this.#known.has(one.entry));
      // The core may have tidied the words, so a single new entry is ours in any case.
      this.value.entry =
        (fresh.length === 1 ? fresh[0] : fresh.find((one) => same(one, sent)))?.entry ?? null;
    }
    this.#saved = at;
    this.#accept(view);
    return view.saved_at;
  }

  #known = new Set<string | null>();

  /** Entries that exist already, so that the new one can be told from them. */
  knows(entries: (string | null)[]): this {
    this.#known = new Set(entries.filter((entry) => entry !== null));
    return this;
  }
}

function same<T extends Entry>(a: T, b: T): boolean {
  const one = a as unknown as Record<string, unknown>;
  const other = b as unknown as Record<string, unknown>;
  return Object.keys(other).every((name) => name === 'entry' || normal(one[name]) === normal(other[name]));
}

const normal = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : value);

/** The drafts after the case came back: known ones stay as they are typed, others follow the case. */
export function follow<T extends Entry>(
  drafts: EntryDraft<T>[],
  values: T[],
  make: (value: T) => EntryDraft<T>,
): EntryDraft<T>[] {
  const next = values.map((value) => {
    const draft = drafts.find((one) => one.value.entry === value.entry);
    if (!draft) return make(value);
    if (!draft.unsaved) Object.assign(draft.value as object, value);
    return draft;
  });
  return [...next, ...drafts.filter((one) => one.value.entry === null)];
}
