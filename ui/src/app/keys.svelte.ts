/** Seals the vault anew in the background, file by file, after its keys were changed. */
import type { ApiError, KeysStep } from '../api/bindings.gen';
import { asApiError, call } from '../api/call';
import { words } from '../i18n/words.svelte';
import { session } from './session.svelte';

/** Between two steps others have their turn at the door. */
const PAUSE = 40;

export class KeyChange {
  step = $state.raw<KeysStep | null>(null);
  problem = $state.raw<ApiError | null>(null);
  running = $state(false);

  /** Everything that can be done is done; the rest is hers to decide. */
  get waits(): boolean {
    return !this.running && (this.step?.waiting ?? false);
  }

  async run(letGo = false): Promise<void> {
    if (this.running) return;
    this.running = true;
    this.problem = null;
    try {
      while (session.open && !session.locking) {
        const step = await call('continue_keys', { let_go: letGo });
        this.step = step;
        if (step.finished) {
          session.use(await call('app_state', {}));
          const toBackup = (): void => void session.go({ name: 'backup' });
          session.say(words.t.keys.done, { label: words.t.backup.cardButton, run: toBackup });
          return;
        }
        if (step.waiting) return;
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    } catch (thrown) {
      // A full disk is no reason to stop her work; the next unlock goes on as well.
      this.problem = asApiError(thrown);
      await session.follow(this.problem);
    } finally {
      this.running = false;
    }
  }
}

export const keyChange = new KeyChange();
