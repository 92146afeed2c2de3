/** Settings hold at once; secrets are changed by one explicit act. */
import type { AdviserView, CheckResult, EntryVersions, Settings } from '../../api/bindings.gen';
import { asApiError, call } from '../../api/call';
import { session } from '../../app/session.svelte';
import { twoPlaces } from '../../controls/recovery';
import { words } from '../../i18n/words.svelte';

export class SettingsController {
  adviser = $state<AdviserView>({ name: '', certification: '' });
  present = $state('');
  next = $state<string | null>(null);
  passphraseProblem = $state<string | null>(null);
  passphraseOpen = $state(false);
  groups = $state<string[]>([]);
  proving = $state(false);
  checking = $state(false);
  places = $state<[number, number]>([3, 7]);
  typed = $state(['', '']);
  wrong = $state<number[]>([]);
  result = $state.raw<CheckResult | null>(null);
  busy = $state(false);
  #queue = session.saving.queue('adviser');
  #changes = Promise.resolve();

  constructor() {
    const adviser = session.practice?.adviser;
    if (adviser) this.adviser = { ...adviser };
  }

  /** One after the other: a change is made to the settings that the one before it left. */
  set(change: Partial<Settings>): Promise<void> {
    this.#changes = this.#changes.then(() => this.#change(change));
    return this.#changes;
  }

  async #change(change: Partial<Settings>): Promise<void> {
    const settings = session.state?.settings;
    if (!settings) return;
    try {
      session.use(await call('save_settings', { ...settings, ...change }));
    } catch (thrown) {
      await session.fail(thrown);
    }
  }

  /** Lets one of the names that two computers wrote stand. */
  async chooseVersion(entry: EntryVersions, version: string | null): Promise<void> {
    if (!(await this.#queue.flush())) return;
    await session.choose(null, entry, version, async () => {
      session.practice = await call('practice', {});
      this.adviser = { ...session.practice.adviser };
    });
  }

  setAdviser(change: Partial<AdviserView>): void {
    Object.assign(this.adviser, change);
    this.#queue.touch('adviser', async () => {
      session.practice = await call('save_adviser', $state.snapshot(this.adviser));
      return new Date().toISOString();
    });
  }

  async changePassphrase(): Promise<void> {
    if (this.next === null || this.busy) return;
    this.busy = true;
    this.passphraseProblem = null;
    try {
      await call('change_passphrase', { old: this.present, new: this.next });
      this.present = '';
      this.next = null;
      this.passphraseOpen = false;
      session.say(words.t.settings.changed);
    } catch (thrown) {
      this.passphraseProblem = words.error(asApiError(thrown));
    } finally {
      this.busy = false;
    }
  }

  async newSheet(): Promise<void> {
    await this.#act(async () => {
      this.groups = (await call('new_recovery_code', {})).groups;
      this.proving = false;
      this.checking = false;
    });
  }

  prove(): void {
    this.groups = [];
    this.places = twoPlaces(Math.random);
    this.typed = ['', ''];
    this.wrong = [];
    this.proving = true;
  }

  async confirmSheet(): Promise<void> {
    await this.#act(async () => {
      const answer = await call('confirm_recovery', { places: [...this.places], groups: [...this.typed] });
      this.wrong = answer.wrong;
      if (answer.wrong.length > 0) return;
      this.proving = false;
      this.typed = ['', ''];
      session.say(words.t.settings.sheetGood);
    });
  }

  async checkVault(): Promise<void> {
    await this.#act(async () => {
      this.result = null;
      this.result = await call('check_vault', {});
    });
  }

  /** Puts a case, or the practice, back from the versions that are kept of it. */
  async restorePrevious(id: string | null): Promise<void> {
    await this.#act(async () => {
      this.result = await call('restore_previous', { case: id });
      session.state = await call('app_state', {});
    });
  }

  async #act(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await work();
    } catch (thrown) {
      await session.fail(thrown);
    } finally {
      this.busy = false;
    }
  }
}
