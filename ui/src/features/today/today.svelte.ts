/** What asks attention today; ticking and postponing can be undone at once. */
import type { TaskRow, TaskView, TodayView } from '../../api/bindings.gen';
import { call } from '../../api/call';
import { session } from '../../app/session.svelte';
import { addDays } from '../../i18n/format';
import { words } from '../../i18n/words.svelte';

export class TodayController {
  view = $state.raw<TodayView | null>(null);

  async load(): Promise<void> {
    try {
      this.view = await call('today', {});
    } catch (thrown) {
      await session.fail(thrown);
    }
  }

  async done(row: TaskRow): Promise<void> {
    const before = this.#task(row);
    await this.#save(row, { ...before, done: session.today });
    session.say(words.t.today.isDone(row.reason), {
      label: words.t.today.undo,
      run: () => void this.#save(row, before),
    });
  }

  async postpone(row: TaskRow, days: number): Promise<void> {
    const before = this.#task(row);
    await this.#save(row, { ...before, due: addDays(session.today, days) });
  }

  #task(row: TaskRow): TaskView {
    return { entry: row.entry, due: row.due, reason: row.reason, done: null };
  }

  async #save(row: TaskRow, task: TaskView): Promise<void> {
    try {
      const saved = await call('save_task', { case: row.case, task });
      session.saving.durable(saved.saved_at);
      await this.load();
    } catch (thrown) {
      await session.fail(thrown);
    }
  }
}
