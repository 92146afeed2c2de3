/** The intervision summary: new words, checked for names, seen exactly, then saved. */
import type { IntervisionCheck, IntervisionText, IntervisionView, NameFinding } from '../../api/bindings.gen';
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

export class IntervisionController {
  text = $state<IntervisionText>({
    case: '',
    language: 'nl',
    month: '',
    traits: [],
    angle: '',
    situation: '',
    action: '',
    dilemma: '',
    own_role: '',
  });
  reason = $state('');
  confirmed = $state(false);
  view = $state.raw<IntervisionView | null>(null);
  check = $state.raw<IntervisionCheck | null>(null);
  /** The last check has seen the text as it stands now. */
  fresh = $state(false);
  failed = $state(false);
  busy = $state(false);
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(of: string | undefined) {
    const kept = session.takeBack('intervision') as { text: IntervisionText; reason: string } | undefined;
    if (kept && (of === undefined || of === kept.text.case)) {
      this.text = kept.text;
      this.reason = kept.reason;
      this.#keep();
    } else {
      this.text.case = of ?? '';
      this.text.language = words.language;
      this.text.month = session.today.slice(0, 7);
    }
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
    await this.#load();
    if (this.written) await this.look();
  }

  async choose(
    change: Partial<Pick<IntervisionText, 'case' | 'language' | 'month' | 'traits' | 'angle'>>,
  ): Promise<void> {
    Object.assign(this.text, change);
    if (change.case !== undefined) session.remember({ case: change.case });
    this.#changed();
    if (this.text.case !== '') await this.#load();
  }

  toggleTrait(trait: string): void {
    const { traits } = this.text;
    if (traits.includes(trait)) void this.choose({ traits: traits.filter((one) => one !== trait) });
    else if (traits.length < MOST_TRAITS) void this.choose({ traits: [...traits, trait] });
  }

  write(field: Words, value: string): void {
    this.text[field] = value;
    this.#changed();
  }

  writeReason(reason: string): void {
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
    if (this.text.case !== '' && this.written) this.#timer = setTimeout(() => void this.look(), CHECK_AFTER);
  }

  #keep(): void {
    session.keep('intervision', { text: $state.snapshot(this.text), reason: this.reason });
  }

  async #load(): Promise<void> {
    try {
      this.view = await call('intervision', $state.snapshot(this.text) as IntervisionText);
    } catch (thrown) {
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

/** Months around the present one in which a session may be. */
export function months(today: string): string[] {
  const [year, month] = today.split('-').map(Number) as [number, number];
  return Array.from({ length: 9 }, (_, at) => {
    const date = new Date(year, month - 1 + at - 4, 15);
    return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`;
  });
}
