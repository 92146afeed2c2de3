/** Where the adviser is: locked or at work, on which screen, and what the window says. */
import { untrack } from 'svelte';
import type { ApiError, AppState, EntryVersions, PracticeView } from '../api/bindings.gen';
import { asApiError, call, lock, locked, placeBeforeLock, type Place } from '../api/call';
import { words } from '../i18n/words.svelte';
import { Saving } from './saving.svelte';
import type { Screen } from './screens';

export interface Toast {
  text: string;
  kind: 'calm' | 'warn';
  action?: { label: string; run: () => void } | undefined;
}

export class Session {
  state = $state.raw<AppState | null>(null);
  practice = $state.raw<PracticeView | null>(null);
  screen = $state.raw<Screen>({ name: 'today' });
  /** Changes with every visit, so that a screen starts afresh and its controller is dropped. */
  visit = $state(0);
  announcement = $state('');
  toast = $state.raw<Toast | null>(null);
  conflictOpen = $state(false);
  locking = $state(false);
  /** Nothing of a case may be seen any more. */
  gone = $state(false);
  saving = new Saving();
  /** What Ctrl+Enter does on this screen. */
  primary: (() => void) | null = null;
  /** The field that had the focus when the vault was locked, in the process before this one. */
  focusAfterUnlock: string | null = null;
  /** How the list of cases was filtered, for coming back to it. */
  listFilters: unknown = null;
  #back: Screen[] = [];
  #forward: Screen[] = [];

  get open(): boolean {
    return this.state?.stage === 'open';
  }

  get today(): string {
    return this.state?.today ?? '';
  }

  async start(): Promise<void> {
    const before = await placeBeforeLock();
    if (before) {
      this.screen = before.screen as unknown as Screen;
      this.focusAfterUnlock = before.field;
    }
    await this.enter(await call('app_state', {}));
  }

  /** A new state of the app: after start, unlock, or a new vault. */
  async enter(state: AppState): Promise<void> {
    // The lock screen says what was before; here it is said from the first save on.
    this.saving.savedAt = null;
    this.practice = state.stage === 'open' ? await call('practice', {}) : null;
    this.visit += 1;
    this.use(state);
  }

  /** A back-up was put back; its vault is locked. What is open here is locked as always, and
      the lock screen that follows is that of the other vault. */
  async restored(state: AppState): Promise<void> {
    if (state.stage === 'open') return this.lock();
    await this.enter(state);
    this.say(words.t.backup.restored);
  }

  /** Settings or the day changed; the screen stays. */
  use(state: AppState): void {
    this.state = state;
    words.language = state.settings.language === 'en' ? 'en' : 'nl';
  }

  async go(to: Screen): Promise<void> {
    const from = this.screen;
    if (await this.#show(to)) {
      this.#back.push(from);
      this.#forward = [];
    }
  }

  async back(): Promise<void> {
    const to = this.#back.at(-1);
    const from = this.screen;
    if (!to) {
      if (from.name !== 'today') await this.#show({ name: 'today' });
      return;
    }
    if (await this.#show(to)) {
      this.#back.pop();
      this.#forward.push(from);
    }
  }

  async forward(): Promise<void> {
    const to = this.#forward.at(-1);
    const from = this.screen;
    if (to && (await this.#show(to))) {
      this.#forward.pop();
      this.#back.push(from);
    }
  }

  /** Notes an id that this visit came to need, for after a lock. */
  remember(
    ids: Partial<
      Extract<Screen, { name: 'new-case' | 'case' | 'organisations' | 'annual-report' | 'intervision' }>
    >,
  ): void {
    this.screen = { ...this.screen, ...ids } as Screen;
  }

  async #show(to: Screen): Promise<boolean> {
    if (!(await this.saving.flush())) {
      this.warn(`${words.t.saving.leaveRefused} ${this.#whyNotSaved()}`);
      return false;
    }
    this.primary = null;
    this.screen = to;
    this.visit += 1;
    return true;
  }

  /** Asks for a lock; what follows is [`leave`], as for every other reason to lock. */
  async lock(): Promise<void> {
    if (this.open && !this.locking) await lock();
  }

  /**
   * The vault is being locked. Every letter goes to the core, and then this process
   * ends: nothing is asked, and nothing of the session is left to be emptied.
   */
  async leave(focused: () => string | null): Promise<void> {
    if (this.locking || !this.open) return;
    this.locking = true;
    await this.saving.lastWords();
    this.gone = true;
    await locked(this.#place(focused()));
  }

  #place(field: string | null): Place {
    const given = Object.entries(this.screen).filter(([, id]) => id !== undefined && id !== '');
    return { screen: Object.fromEntries(given) as Place['screen'], field };
  }

  /** The core says that the vault is locked although the window did not ask for it. */
  async follow(error: ApiError): Promise<void> {
    if (error.code === 'vault-locked' && this.open && !this.locking) await this.start();
  }

  /** Lets one of the versions that two computers wrote stand, and reads what there is then. */
  async choose(
    of: string | null,
    { kind, entry }: Pick<EntryVersions, 'kind' | 'entry'>,
    version: string | null,
    read: () => Promise<void>,
  ): Promise<void> {
    try {
      await call('choose_version', { case: of, kind, entry, version });
      await read();
      this.say(words.t.versions.chosen);
    } catch (thrown) {
      await this.fail(thrown);
    }
  }

  announce(text: string): void {
    // Heard again even when it is the same sentence; effects that speak do not listen.
    const before = untrack(() => this.announcement);
    this.announcement = before === text ? `${text}\u00a0` : text;
  }

  say(text: string, action?: Toast['action']): void {
    this.toast = { text, kind: 'calm', action };
    this.announce(text);
  }

  warn(text: string): void {
    this.toast = { text, kind: 'warn' };
  }

  /** Shows what went wrong, and notices when the vault was locked meanwhile. */
  async fail(thrown: unknown): Promise<void> {
    const error = asApiError(thrown);
    this.warn(words.error(error));
    await this.follow(error);
  }

  #whyNotSaved(): string {
    return this.saving.error ? words.error(this.saving.error) : '';
  }
}

export const session = new Session();
