/** Back-ups on their page: where, when, what they are worth. */
import type { BackupContents, BackupState } from '../../api/bindings.gen';
import { call } from '../../api/call';
import { session } from '../../app/session.svelte';
import { words } from '../../i18n/words.svelte';

export class BackupController {
  state = $state.raw<BackupState | null>(null);
  problem = $state<string | null>(null);
  busy = $state(false);

  async load(): Promise<void> {
    await this.#act(async () => {
      this.state = await call('backup_state', {});
    });
  }

  choose(): Promise<void> {
    return this.#act(async () => {
      const state = await call('choose_backup_folder', {});
      if (state) this.state = state;
    });
  }

  rhythm(rhythm: string, keep: number): Promise<void> {
    return this.#act(async () => {
      this.state = await call('save_backup_rhythm', { rhythm, keep });
    });
  }

  make(): Promise<void> {
    return this.#act(async () => {
      if (!(await session.saving.flush())) return;
      this.#tell(await call('make_backup', {}), words.t.backup.made);
      this.state = await call('backup_state', {});
    });
  }

  elsewhere(): Promise<void> {
    return this.#act(async () => {
      if (!(await session.saving.flush())) return;
      const made = await call('make_backup_at', {});
      if (made) this.#tell(made, words.t.backup.made);
    });
  }

  check(): Promise<void> {
    return this.#act(async () => this.#tell(await call('check_backup', {}), words.t.backup.good));
  }

  #tell(contents: BackupContents, good: (cases: number) => string): void {
    if (contents.bad.length > 0) this.problem = words.t.backup.bad(contents.bad.length);
    else session.say(good(contents.cases));
  }

  async #act(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      await work();
    } catch (thrown) {
      await session.fail(thrown);
    } finally {
      this.busy = false;
    }
  }
}
