/** The annual report: the adviser's texts on one side, the pages as they will be on the other. */
import type { EntryVersions, Pages, ReportTextsView, ReportView } from '../../api/bindings.gen';
import { asApiError, call } from '../../api/call';
import { session } from '../../app/session.svelte';
import { words } from '../../i18n/words.svelte';

const RENDER_AFTER = 600;

export type Tab = 'activities' | 'figures' | 'analysis' | 'advice';
export type Text = keyof ReportTextsView;

/** Which texts are written in which part. */
export const TEXTS: Record<Tab, Text[]> = {
  activities: ['summary', 'activities'],
  figures: [],
  analysis: ['risk_profile', 'comparison', 'developments', 'evaluation'],
  advice: ['recommendations'],
};

export class ReportController {
  organisation = $state('');
  year = $state(0);
  language = $state('nl');
  tab = $state<Tab>('activities');
  view = $state.raw<ReportView | null>(null);
  texts = $state<ReportTextsView | null>(null);
  pages = $state.raw<Pages | null>(null);
  rendering = $state(false);
  problem = $state<string | null>(null);
  saving = $state(false);
  /** The last drawing of the pages, and the last reading of the texts, that were asked for. */
  #asked = 0;
  #reads = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #queue = session.saving.queue('report');

  constructor(organisation?: string, year?: number, tab?: string) {
    const all = session.practice?.organisations ?? [];
    this.organisation = organisation ?? all.find((one) => one.active)?.id ?? all[0]?.id ?? '';
    this.language = words.language;
    // The year that is just over is the one to report on.
    this.year = year ?? Number(session.today.slice(0, 4)) - 1;
    if (tab && tab in TEXTS) this.tab = tab as Tab;
  }

  get which(): { organisation: string; year: number; language: string } {
    return { organisation: this.organisation, year: this.year, language: this.language };
  }

  async choose(change: { organisation?: string; year?: number; language?: string }): Promise<void> {
    if (!(await this.#queue.flush())) return;
    Object.assign(this, change);
    session.remember({ organisation: this.organisation, year: this.year });
    await this.load();
  }

  show(tab: Tab): void {
    this.tab = tab;
    session.remember({ tab });
  }

  async load(): Promise<void> {
    if (this.organisation === '') return;
    // What is drawn meanwhile may not take the place of what is read.
    clearTimeout(this.#timer);
    const mine = (this.#reads += 1);
    this.problem = null;
    try {
      const view = await call('report', this.which);
      if (mine !== this.#reads) return;
      this.view = view;
      this.texts = { ...view.texts };
      await this.render();
    } catch (thrown) {
      if (mine !== this.#reads) return;
      this.#asked += 1;
      this.view = null;
      this.texts = null;
      this.pages = null;
      await this.#say(thrown);
    }
  }

  /** Lets one of the texts that two computers wrote stand. */
  async chooseVersion(entry: EntryVersions, version: string | null): Promise<void> {
    if (!(await this.#queue.flush())) return;
    await session.choose(null, entry, version, () => this.load());
  }

  write(text: Text, value: string): void {
    if (!this.texts) return;
    this.texts[text] = value;
    this.#queue.touch('texts', async () => {
      const { organisation, year } = this;
      const texts = $state.snapshot(this.texts) as ReportTextsView;
      const after = this.view?.shown ?? null;
      return (await call('save_report_texts', { organisation, year, texts, after })).saved_at;
    });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#renderSaved(), RENDER_AFTER);
  }

  async #renderSaved(): Promise<void> {
    if (await this.#queue.flush()) await this.render();
  }

  /** The pages that are there stay until the new ones are. */
  async render(): Promise<void> {
    const mine = (this.#asked += 1);
    this.rendering = true;
    try {
      const pages = await call('preview_report', this.which);
      if (mine === this.#asked) {
        this.pages = pages;
        this.problem = null;
      }
    } catch (thrown) {
      if (mine === this.#asked) await this.#say(thrown);
    } finally {
      if (mine === this.#asked) this.rendering = false;
    }
  }

  async save(final: boolean): Promise<void> {
    if (this.saving || !(await this.#queue.flush())) return;
    this.saving = true;
    try {
      const saved = await call('save_report', { ...this.which, threshold: null, make_final: final });
      if (!saved) {
        session.say(words.t.report.cancelled);
        return;
      }
      session.say(words.t.report.saved(saved.file, saved.folder));
      // What another computer wrote may have come in with it.
      await this.load();
    } catch (thrown) {
      await session.fail(thrown);
    } finally {
      this.saving = false;
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #say(thrown: unknown): Promise<void> {
    const error = asApiError(thrown);
    this.problem = words.error(error);
    await session.follow(error);
  }
}
