/** The files of one case: taken in, looked at, saved elsewhere, removed. */
import type { AttachmentView } from '../../api/bindings.gen';
import { call, pictureUrl } from '../../api/call';
import { session } from '../../app/session.svelte';
import { words } from '../../i18n/words.svelte';
import type { CaseController } from './case.svelte';

interface Shown {
  name: string;
  url: string;
  width: number;
  height: number;
}

export class AttachmentsController {
  busy = $state(false);
  /** Whether one was just added: its original still stands where it was. */
  added = $state(false);
  shown = $state.raw<Shown | null>(null);
  #of: CaseController;

  constructor(of: CaseController) {
    this.#of = of;
  }

  add(): Promise<void> {
    return this.#work(async () => {
      const view = await call('add_attachment', { case: this.#of.id });
      if (!view) return;
      this.#of.accept(view);
      this.added = true;
    });
  }

  remove(file: AttachmentView): Promise<void> {
    return this.#work(async () => {
      this.#of.accept(await call('remove_attachment', { case: this.#of.id, entry: file.entry }));
    });
  }

  show(file: AttachmentView): Promise<void> {
    return this.#work(async () => {
      const picture = await call('show_attachment', { case: this.#of.id, entry: file.entry });
      this.shown = { ...picture, name: file.name, url: pictureUrl(picture.id) };
    });
  }

  /** The core forgets the picture too. */
  async hide(): Promise<void> {
    if (!this.shown) return;
    this.shown = null;
    if (session.open) await call('hide_attachment', {}).catch((thrown: unknown) => session.fail(thrown));
  }

  saveAs(file: AttachmentView): Promise<void> {
    return this.#work(async () => {
      const saved = await call('export_attachment', { case: this.#of.id, entry: file.entry });
      if (saved) session.say(words.t.attachments.saved(saved.file, saved.folder));
    });
  }

  async #work(act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.added = false;
    try {
      await act();
    } catch (thrown) {
      await session.fail(thrown);
    } finally {
      this.busy = false;
    }
  }
}
