/** Where the adviser is: locked or at work, on which screen, and what the window says. */
import { untrack } from 'svelte';
import type { ApiError, AppState, PracticeView } from '../api/bindings.gen';
import { asApiError, call } from '../api/call';
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
  saving = new Saving();
  /** What Ctrl+Enter does on this screen. */
  primary: (() => void) | null = null;
  /** The field that had the focus when the vault was locked. */
  focusAfterUnlock: string | null = null;
  /** How the list of cases was filtered, for coming back to it; gone at lock. */
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
    await this.enter(await call('app_state', {}));
  }

  /** A new state of the app: after start, unlock, or a new vault. */
  async enter(state: AppState): Promise<void> {
    this.saving.savedAt = state.saved_at;
    this.practice = state.stage === 'open' ? await call('practice', {}) : null;
    this.visit += 1;
    this.use(state);
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
    ids: Partial<Extract<Screen, { name: 'new-case' | 'case' | 'annual-report' | 'intervision' }>>,
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

  /**
   * Locks. First everything that was typed goes to the disk; only then the vault
   * closes and the screen is emptied. Nothing is asked.
   */
  async lock(focused: string | null): Promise<boolean> {
    if (this.locking || !this.open) return false;
    this.locking = true;
    try {
      if (!(await this.saving.flush())) {
        this.warn(`${words.t.saving.lockRefused} ${this.#whyNotSaved()}`);
        return false;
      }
      const state = await call('lock', {});
      this.focusAfterUnlock = focused;
      this.primary = null;
      this.listFilters = null;
      this.practice = null;
      this.toast = null;
      this.announcement = '';
      this.conflictOpen = false;
      this.saving.clear();
      this.saving.savedAt = state.saved_at;
      this.visit += 1;
      this.use(state);
      return true;
    } catch (thrown) {
      this.warn(words.error(asApiError(thrown)));
      return false;
    } finally {
      this.locking = false;
    }
  }

  /** The core says that the vault is locked although the window did not ask for it. */
  async follow(error: ApiError): Promise<void> {
    if (error.code === 'vault-locked' && this.open && !this.locking) await this.start();
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
