/** A note at the lock screen: it goes into the inbox and cannot be seen there again. */
import { asApiError, call } from '../../api/call';
import { words } from '../../i18n/words.svelte';

export class QuickNoteController {
  open = $state(false);
  text = $state('');
  busy = $state(false);
  saved = $state(false);
  problem = $state<string | null>(null);
  #keeping: Promise<boolean> | null = null;

  show(): void {
    this.open = true;
    this.saved = false;
  }

  /** Keeps what was typed, also when she goes on without a press on the button. False when
      it could not be kept; it still stands there. */
  keep(): Promise<boolean> {
    this.#keeping ??= this.#keep().finally(() => (this.#keeping = null));
    return this.#keeping;
  }

  /** Keeps it around an act that takes this screen away. A vault that this computer never
      opened takes a note only once it is open. */
  async around<T>(open: () => Promise<T>): Promise<T> {
    const kept = await this.keep();
    const opened = await open();
    if (!kept) await this.keep();
    return opened;
  }

  async #keep(): Promise<boolean> {
    const { text } = this;
    if (text.trim() === '') return true;
    this.busy = true;
    this.problem = null;
    try {
      await call('quick_note', { text });
      // What was typed meanwhile stays.
      const rest = this.text.startsWith(text) ? this.text.slice(text.length) : this.text;
      this.drop();
      this.text = rest;
      this.open = rest.trim() !== '';
      this.saved = true;
      return true;
    } catch (thrown) {
      this.open = true;
      this.problem = words.error(asApiError(thrown));
      return false;
    } finally {
      this.busy = false;
    }
  }

  drop(): void {
    this.text = '';
    this.open = false;
    this.problem = null;
  }
}

/** The one of the lock screen: it outlives a look at another part of it. */
export const quickNote = new QuickNoteController();
