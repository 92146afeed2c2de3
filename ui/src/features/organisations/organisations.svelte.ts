/** Organisations: saved by themselves while they are written, and years imported into them. */
import type { ImportResult, OrganisationView } from '../../api/bindings.gen';
import { call } from '../../api/call';
import { emptyOrganisation } from '../../api/organisation';
import { saveOrganisation } from '../../app/organisation';
import { session } from '../../app/session.svelte';
import { words } from '../../i18n/words.svelte';

/** Stands in a place for the one that is being added. */
const NEW = 'new';

/** One a line; empty lines are nothing. */
export const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** Whether a new organisation has anything in it that she would miss. */
const hasWords = ({
  name,
  departments,
  places,
  aliases,
  second_adviser,
  headcount,
}: OrganisationView): boolean =>
  [name, second_adviser].some((one) => one.trim() !== '') ||
  [...departments, ...places, ...aliases].length > 0 ||
  headcount !== null;

export class OrganisationsController {
  chosen = $state<OrganisationView | null>(null);
  /** The lists as they are typed, so that an empty line is not taken from under the cursor. */
  texts = $state({ departments: '', places: '', aliases: '' });
  #queue = session.saving.queue('organisations');
  /** What it was called before it was changed here. */
  #named = '';

  constructor(id: string | undefined) {
    const all = session.practice?.organisations ?? [];
    const first = id === NEW ? emptyOrganisation() : (all.find((one) => one.id === id) ?? all[0]);
    if (first) this.#use(first);
  }

  #use(organisation: OrganisationView): void {
    this.#named = organisation.name;
    this.chosen = structuredClone($state.snapshot(organisation) as OrganisationView);
    this.texts = {
      departments: organisation.departments.join('\n'),
      places: organisation.places.join('\n'),
      aliases: organisation.aliases.join('\n'),
    };
  }

  async choose(organisation: OrganisationView): Promise<void> {
    if (!(await this.#queue.flush())) return;
    // It may be the one that was just saved.
    const now = session.practice?.organisations.find((one) => one.id === organisation.id);
    this.#use(now ?? organisation);
    session.remember({ organisation: organisation.id ?? '' });
  }

  async add(): Promise<void> {
    if (!(await this.#queue.flush())) return;
    this.#use(emptyOrganisation());
    session.remember({ organisation: NEW });
  }

  /** Lets one of the versions that two computers wrote stand. */
  async chooseVersion(entry: string, version: string | null): Promise<void> {
    if (!(await this.#queue.flush())) return;
    await session.choose(null, { kind: 'organisation', entry }, version, async () => {
      session.practice = await call('practice', {});
      const chosen = session.practice.organisations.find((one) => one.id === entry);
      if (chosen && this.chosen?.id === entry) this.#use(chosen);
    });
  }

  write(list: 'departments' | 'places' | 'aliases', text: string): void {
    this.texts[list] = text;
    this.set({ [list]: lines(text) });
  }

  set(change: Partial<OrganisationView>): void {
    const organisation = this.chosen;
    if (!organisation) return;
    Object.assign(organisation, change);
    if (organisation.id === null && !hasWords(organisation)) {
      this.#queue.forget('organisation');
      return;
    }
    this.#queue.touch('organisation', () => this.#save(organisation));
  }

  /** What she wrote does not wait for a name: until there is one it goes under the name
      that it had, or under a name that says that it has none. */
  #nameOf({ name }: OrganisationView): string {
    if (name.trim() !== '') return name;
    if (this.#named !== '') return this.#named;
    const names = new Set(session.practice?.organisations.map((one) => one.name));
    const free = (count: number): string => {
      const name = words.t.organisations.unnamed(count);
      return names.has(name) ? free(count + 1) : name;
    };
    return free(1);
  }

  async #save(organisation: OrganisationView): Promise<string | null> {
    // Emptied while another save ran.
    if (organisation.id === null && !hasWords(organisation)) return null;
    const sent = $state.snapshot(organisation) as OrganisationView;
    const name = this.#nameOf(sent);
    const id = await saveOrganisation({ ...sent, name });
    if (organisation.id === null) {
      organisation.id = id;
      if (this.#named === '' && sent.name.trim() === '') this.#named = name;
      session.remember({ organisation: id ?? '' });
    }
    return new Date().toISOString();
  }
}

/** An import: always looked at first; nothing goes in while a cell is broken. */
export class ImportController {
  organisation = $state('');
  newName = $state('');
  looked = $state.raw<ImportResult | null>(null);
  done = $state.raw<ImportResult | null>(null);
  busy = $state(false);

  get name(): string {
    return (this.organisation || this.newName).trim();
  }

  async run(dryRun: boolean): Promise<void> {
    if (this.busy || this.name === '') return;
    this.busy = true;
    try {
      const result = await call('import_year', { organisation: this.name, dry_run: dryRun });
      if (!result) return;
      if (dryRun || result.problems.length > 0) {
        this.looked = result;
        this.done = null;
        return;
      }
      this.done = result;
      this.looked = null;
      session.practice = await call('practice', {});
    } catch (thrown) {
      await session.fail(thrown);
    } finally {
      this.busy = false;
    }
  }
}
