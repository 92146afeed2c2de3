/** One act at a time: the screen knows that something is at work, and what went wrong. */
import { asApiError } from '../api/call';
import { words } from '../i18n/words.svelte';

export interface Busy {
  busy: boolean;
  problem: string | null;
}

export async function busily(on: Busy, work: () => Promise<void>): Promise<void> {
  if (on.busy) return;
  on.busy = true;
  on.problem = null;
  try {
    await work();
  } catch (thrown) {
    on.problem = words.error(asApiError(thrown));
  } finally {
    on.busy = false;
  }
}
