/** Unlocking: one secret, calm answers, and a pause after five wrong tries. */
import { tick } from 'svelte';
import { asApiError, call } from '../../api/call';
import { session } from '../../app/session.svelte';
import { words } from '../../i18n/words.svelte';
import { quickNote } from './quick-note.svelte';

const TRIES = 5;
const PAUSE_SECONDS = 30;

export class UnlockController {
  passphrase = $state('');
  busy = $state(false);
  /** Said under the field. */
  wrong = $state<string | null>(null);
  /** Said in a box: not about what was typed. */
  problem = $state<string | null>(null);
  #tries = 0;
  #waiting = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  async unlock(): Promise<boolean> {
    if (this.busy || this.#waiting > 0) return false;
    this.busy = true;
    this.wrong = null;
    this.problem = null;
    try {
      const state = await quickNote.around(() => call('unlock', { passphrase: this.passphrase }));
      this.passphrase = '';
      await session.enter(state);
      return true;
    } catch (thrown) {
      const error = asApiError(thrown);
      if (error.code === 'wrong-passphrase') {
        this.#wrong();
        return false;
      }
      this.problem = words.error(error);
      // The stick may have been pulled out meanwhile; the screen says that in its own words.
      await this.#look();
      if (session.state?.missing_folder) this.problem = null;
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** The stick may be there now. */
  async lookAgain(): Promise<void> {
    this.problem = null;
    await this.#look();
    if (session.state?.missing_folder) this.problem ??= words.t.unlock.stillMissing;
    await tick();
    document.getElementById('passphrase')?.focus();
  }

  async #look(): Promise<void> {
    try {
      session.use(await call('app_state', {}));
      if (session.state?.missing_folder) this.passphrase = '';
    } catch (thrown) {
      this.problem ??= words.error(asApiError(thrown));
    }
  }

  async otherVault(): Promise<void> {
    this.problem = null;
    // It was meant for this vault.
    if (!(await quickNote.keep())) return;
    try {
      const state = await call('use_vault', {});
      if (state) await session.enter(state);
    } catch (thrown) {
      this.problem = words.error(asApiError(thrown));
    }
  }

  stop(): void {
    clearInterval(this.#timer);
    this.passphrase = '';
  }

  #wrong(): void {
    const t = words.t.unlock;
    this.#tries += 1;
    this.wrong = this.#tries >= 3 ? `${t.wrong} ${t.wrongOften}` : t.wrong;
    if (this.#tries % TRIES !== 0) return;
    this.#waiting = PAUSE_SECONDS;
    this.wrong = `${t.wrong} ${t.wait(this.#waiting)}`;
    this.#timer = setInterval(() => {
      this.#waiting -= 1;
      this.wrong = this.#waiting > 0 ? `${t.wrong} ${t.wait(this.#waiting)}` : null;
      if (this.#waiting <= 0) clearInterval(this.#timer);
    }, 1000);
  }
}
