/** The intervision summary: new words, kept in the case file while they are written,
    checked for names, seen exactly, then saved. */
import type {
  EntryVersions,
  IntervisionCheck,
  IntervisionText,
  IntervisionView,
  NameFinding,
  Shown,
} from '../../api/bindings.gen';
import { call } from '../../api/call';
import { session } from '../../app/session.svelte';
import type { Dictionary } from '../../i18n/nl';
import { words } from '../../i18n/words.svelte';

const CHECK_AFTER = 600;
export const TRAITS = ['gender', 'age', 'level', 'relation', 'contract'];
const MOST_TRAITS = 3;

/** Everything that decides whether the summary may be saved. */
export interface Readiness {
  written: boolean;
  /** The check has seen exactly these words. */
  checked: boolean;
  failed: boolean;
  findings: number;
  consent: boolean;
  reason: string;
  confirmed: boolean;
}

/** What the button says. It can be pressed only when there is nothing left to do. */
export function saveButton(
  ready: Readiness,
  t: Dictionary['intervision'],
): { label: string; enabled: boolean } {
  const no = (label: string) => ({ label, enabled: false });
  if (!ready.written) return no(t.writeFirst);
  if (ready.failed) return no(t.checkFailed);
  if (!ready.checked) return no(t.waiting);
  if (ready.findings > 0) return no(t.left(ready.findings));
  if (!ready.consent && ready.reason.trim() === '') return no(t.reasonFirst);
  if (!ready.confirmed) return no(t.confirmFirst);
  return { label: t.save, enabled: true };
}

export type Words = 'situation' | 'action' | 'dilemma' | 'own_role';

function nothingYet(of: string): IntervisionText {
  return {
    case: of,
    language: words.language,
    month: session.today.slice(0, 7),
    traits: [],
    angle: '',
    situation: '',
    action: '',
    dilemma: '',
    own_role: '',
  };
}

export class IntervisionController {
  /** The case that is chosen in the list; its words may still be on their way. */
  chosen = $state('');
  text = $state<IntervisionText>(nothingYet(''));
  reason = $state('');
  /** The words of the chosen case are here; before that nothing can be written over them. */
  ready = $state(false);
  confirmed = $state(false);
  view = $state.raw<IntervisionView | null>(null);
  check = $state.raw<IntervisionCheck | null>(null);
  /** The last check has seen the text as it stands now. */
  fresh = $state(false);
  failed = $state(false);
  busy = $state(false);
  /** What stood on the screen before she typed; `null` when nothing did. */
  #after: Shown | null = null;
  #asked = 0;
  #loads = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(of: string | undefined) {
    this.chosen = of ?? '';
    this.text = nothingYet(this.chosen);
  }

  get written(): boolean {
    const { situation, action, dilemma, own_role } = this.text;
    return [situation, action, dilemma, own_role].some((one) => one.trim() !== '');
  }

  get consent(): boolean {
    return this.view?.consent ?? false;
  }

  get button(): { label: string; enabled: boolean } {
    const ready = {
      written: this.written,
      checked: this.fresh && this.check !== null,
      failed: this.failed,
      findings: this.check?.findings.length ?? 0,
      consent: this.consent,
      reason: this.reason,
      confirmed: this.confirmed,
    };
    const button = saveButton(ready, words.t.intervision);
    return { label: this.busy ? words.t.app.busy : button.label, enabled: button.enabled && !this.busy };
  }

  /** Where the findings stand in a field, while the text is still the one that was checked. */
  marks(field: Words): { start: number; end: number }[] {
    return this.fresh ? (this.check?.findings ?? []).filter((one) => one.field === field) : [];
  }

  async start(): Promise<void> {
    if (this.text.case === '') return;
    // Words of this case that still wait go first: what is read must hold them.
    await session.saving.queue(this.text.case).flush();
    await this.#load();
    if (this.ready && this.written) await this.look();
  }

  /** Goes to another case, which has words of its own or none yet. */
  async open(of: string): Promise<void> {
    this.chosen = of;
    if (!(await session.saving.flush())) {
      this.chosen = this.text.case;
      return;
    }
    if (this.chosen !== of) return;
    session.remember({ case: of });
    this.stop();
    this.#asked += 1;
    this.#loads += 1;
    this.text = nothingYet(of);
    this.reason = '';
    this.#after = null;
    this.ready = false;
    this.view = null;
    this.check = null;
    this.fresh = false;
    this.failed = false;
    this.confirmed = false;
    await this.start();
  }

  /** Lets one of the summaries that two computers wrote stand, and goes on with it. */
  async chooseVersion(entry: EntryVersions, version: string | null): Promise<void> {
    if (!(await session.saving.flush())) return;
    await session.choose(this.text.case, entry, version, () => this.open(this.text.case));
  }

  async choose(
    change: Partial<Pick<IntervisionText, 'language' | 'month' | 'traits' | 'angle'>>,
  ): Promise<void> {
    if (!this.ready) return;
    Object.assign(this.text, change);
    this.#changed();
    await this.#load();
  }

  toggleTrait(trait: string): void {
    const { traits } = this.text;
    if (traits.includes(trait)) void this.choose({ traits: traits.filter((one) => one !== trait) });
    else if (traits.length < MOST_TRAITS) void this.choose({ traits: [...traits, trait] });
  }

  write(field: Words, value: string): void {
    if (!this.ready) return;
    this.text[field] = value;
    this.#changed();
  }

  writeReason(reason: string): void {
    if (!this.ready) return;
    this.reason = reason;
    this.#keep();
  }

  /** Not one letter of an older check counts for a newer text. */
  #changed(): void {
    this.fresh = false;
    this.confirmed = false;
    this.#asked += 1;
    this.#keep();
    clearTimeout(this.#timer);
    if (this.written) this.#timer = setTimeout(() => void this.look(), CHECK_AFTER);
  }

  /** What is written goes to the file of its own case, also when another is chosen meanwhile. */
  #keep(): void {
    const text = $state.snapshot(this.text) as IntervisionText;
    const { reason } = this;
    const after = this.#after;
    session.saving.queue(text.case).touch('intervision', async () => {
      return (await call('save_intervision_draft', { text, reason, after })).saved_at;
    });
  }

  /** The case in codes; the first time also what was written about it before. */
  async #load(): Promise<void> {
    const mine = (this.#loads += 1);
    try {
      const view = await call('intervision', $state.snapshot(this.text) as IntervisionText);
      if (mine !== this.#loads) return;
      if (!this.ready) this.#after = view.shown;
      if (!this.ready && view.draft) {
        this.text = view.draft;
        this.reason = view.reason;
        this.ready = true;
        // The codes follow the choices that were made then.
        await this.#load();
        return;
      }
      this.view = view;
      this.ready = true;
    } catch (thrown) {
      if (mine !== this.#loads) return;
      this.view = null;
      await session.fail(thrown);
    }
  }

  /** Looks for names. When that fails, nothing can be saved. */
  async look(): Promise<void> {
    const mine = (this.#asked += 1);
    const text = $state.snapshot(this.text) as IntervisionText;
    try {
      const check = await call('check_intervision', text);
      if (mine !== this.#asked) return;
      this.check = check;
      this.failed = false;
      this.fresh = true;
    } catch (thrown) {
      if (mine !== this.#asked) return;
      this.check = null;
      this.failed = true;
      await session.fail(thrown);
    }
  }

  async save(): Promise<void> {
    if (!this.button.enabled) return;
    this.busy = true;
    const t = words.t.intervision;
    try {
      if (!(await session.saving.queue(this.text.case).flush())) return;
      const text = $state.snapshot(this.text) as IntervisionText;
      const saved = await call('save_intervision', {
        text,
        reason: this.reason.trim(),
        confirmed: this.confirmed,
      });
      session.say(saved ? t.saved(saved.file, saved.folder) : t.cancelled);
    } catch (thrown) {
      await session.fail(thrown);
    } finally {
      this.busy = false;
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** The words of a finding with a little of what stands around it. */
export function around(finding: NameFinding, text: string): { before: string; after: string } {
  const before = text.slice(Math.max(0, finding.start - 24), finding.start);
  const after = text.slice(finding.end, finding.end + 24);
  return {
    before: (finding.start > 24 ? '…' : '') + before.replace(/\s+/g, ' '),
    after: after.replace(/\s+/g, ' ') + (finding.end + 24 < text.length ? '…' : ''),
  };
}

/** Months around the present one in which a session may be, and the one that was chosen before. */
export function months(today: string, chosen = ''): string[] {
  const [year, month] = today.split('-').map(Number) as [number, number];
  const around = Array.from({ length: 9 }, (_, at) => {
    const date = new Date(year, month - 1 + at - 4, 15);
    return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`;
  });
  return chosen === '' || around.includes(chosen) ? around : [...around, chosen].sort();
}
