import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connect } from '../../api/call';
import { makeFake, type Fake } from '../../api/fake';
import { session } from '../../app/session.svelte';
import { nl } from '../../i18n/nl';
import { around, IntervisionController, months, saveButton, type Readiness } from './intervision.svelte';

const ready: Readiness = {
  written: true,
  checked: true,
  failed: false,
  findings: 0,
  consent: true,
  reason: '',
  confirmed: true,
};
const t = nl.intervision;
const says = (change: Partial<Readiness>) => saveButton({ ...ready, ...change }, t);

describe('the save button', () => {
  test('can be pressed only when nothing is left to do', () => {
    expect(says({})).toEqual({ label: t.save, enabled: true });
    expect(says({ consent: false, reason: 'Al anoniem besproken' }).enabled).toBe(true);
  });

  test.each([
    [{ written: false }, t.writeFirst],
    [{ checked: false }, t.waiting],
    [{ failed: true }, t.checkFailed],
    [{ findings: 2 }, 'Nog 2 herkenbare gegevens in de tekst'],
    [{ findings: 1 }, 'Nog 1 herkenbaar gegeven in de tekst'],
    [{ consent: false }, t.reasonFirst],
    [{ consent: false, reason: '  ' }, t.reasonFirst],
    [{ confirmed: false }, t.confirmFirst],
  ] as const)('with %o it is off and says why', (change, label) => {
    expect(says(change)).toEqual({ label, enabled: false });
  });
});

describe('the summary', () => {
  let fake: Fake;
  let controller: IntervisionController;

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    fake = makeFake('open', { demo: true });
    connect(fake);
    session.saving.clear();
    session.locking = false;
    session.gone = false;
    const started = session.start();
    await vi.runAllTimersAsync();
    await started;
    const id = fake.vault.cases.find((view) => view.number === '2026-014')?.id ?? '';
    controller = await opened(id);
  });
  afterEach(() => vi.useRealTimers());

  async function opened(id: string): Promise<IntervisionController> {
    const fresh = new IntervisionController(id);
    await done(fresh.start());
    return fresh;
  }

  /** Waits for something that needs the clock to go on. */
  async function done(what: Promise<unknown>): Promise<void> {
    await vi.runAllTimersAsync();
    await what;
  }

  const drafts = () => fake.calls.filter((one) => one.name === 'save_intervision_draft');
  const settle = () => vi.advanceTimersByTimeAsync(700);

  test('starts empty: not a word comes from the notes', () => {
    const { situation, action, dilemma, own_role } = controller.text;
    expect([situation, action, dilemma, own_role]).toEqual(['', '', '', '']);
  });

  test('looks for names 600 milliseconds after the last key', async () => {
    controller.write('situation', 'Jansen zei');
    await vi.advanceTimersByTimeAsync(599);
    expect(fake.calls.some((one) => one.name === 'check_intervision')).toBe(false);
    await vi.advanceTimersByTimeAsync(10);
    expect(controller.check?.findings.length).toBeGreaterThan(0);
    expect(controller.marks('situation')[0]).toMatchObject({ start: 0 });
    expect(controller.button.enabled).toBe(false);
  });

  test('one letter more makes the last check and the confirmation worthless', async () => {
    controller.write('situation', 'De melder en een collega.');
    await settle();
    controller.confirmed = true;
    expect(controller.button.enabled).toBe(true);
    controller.write('situation', 'De melder en een collega. J');
    expect(controller.confirmed).toBe(false);
    expect(controller.button).toEqual({ label: t.waiting, enabled: false });
    await controller.save();
    expect(fake.calls.some((one) => one.name === 'save_intervision')).toBe(false);
  });

  test('nothing can be saved when the check fails', async () => {
    fake.failNext('check_intervision', { code: 'name-check-failed', field: null, detail: null });
    controller.write('situation', 'De melder en een collega.');
    await settle();
    expect(controller.button).toEqual({ label: t.checkFailed, enabled: false });
    expect(controller.check).toBeNull();
    const again = controller.look();
    await vi.runAllTimersAsync();
    await again;
    expect(controller.failed).toBe(false);
  });

  test('is saved once it is clean, seen and confirmed', async () => {
    controller.write('dilemma', 'Hoe blijf ik naast de melder staan?');
    await settle();
    controller.confirmed = true;
    const saving = controller.save();
    await vi.runAllTimersAsync();
    await saving;
    expect(fake.calls.at(-1)).toMatchObject({ name: 'save_intervision', request: { confirmed: true } });
  });

  test('no more than three traits', () => {
    for (const trait of ['gender', 'age', 'level', 'relation']) controller.toggleTrait(trait);
    expect(controller.text.traits).toEqual(['gender', 'age', 'level']);
  });

  test('goes to the case file after a pause of 400 milliseconds, once for many keys', async () => {
    controller.write('situation', 'B');
    controller.write('situation', 'Begin');
    controller.writeReason('Om te leren');
    await vi.advanceTimersByTimeAsync(399);
    expect(drafts()).toEqual([]);
    await vi.advanceTimersByTimeAsync(10);
    expect(drafts()).toHaveLength(1);
    expect(drafts()[0]?.request).toMatchObject({ text: { situation: 'Begin' }, reason: 'Om te leren' });
    expect(session.saving.state).toBe('saved');
  });

  test('only looking at a case writes nothing', async () => {
    await done(session.saving.flush());
    expect(drafts()).toEqual([]);
  });

  test('is in the case file before the vault is locked, and comes from there after unlocking', async () => {
    controller.toggleTrait('age');
    controller.write('situation', 'Begin van een tekst');
    controller.writeReason('Om te leren');
    await done(session.leave(() => null));
    expect(drafts().length).toBeGreaterThan(0);
    expect(fake.vault.state.stage).toBe('locked');
    fake.vault.state = { ...fake.vault.state, stage: 'open' };
    await done(session.enter(fake.vault.state));
    const stored = fake.vault.summaries.get(controller.text.case);
    fake.vault.summaries.set(controller.text.case, {
      text: { ...stored!.text, situation: 'Zoals het in de kluis staat' },
      after: null,
      reason: stored!.reason,
    });
    const again = await opened(controller.text.case);
    expect(again.text.situation).toBe('Zoals het in de kluis staat');
    expect(again.text.traits).toEqual(['age']);
    expect(again.reason).toBe('Om te leren');
    expect(again.fresh).toBe(true);
    const asked = fake.calls.filter((one) => one.name === 'intervision').at(-1);
    expect(asked?.request).toMatchObject({ traits: ['age'] });
  });

  test('every case has its own words', async () => {
    const first = controller.text.case;
    const other = fake.vault.cases.find((view) => view.id !== first && !view.draft)?.id ?? '';
    controller.write('situation', 'Van de eerste');
    await done(controller.open(other));
    expect(controller.text).toMatchObject({ case: other, situation: '' });
    expect(controller.check).toBeNull();
    controller.write('situation', 'Van de andere');
    await done(controller.open(first));
    expect(controller.text).toMatchObject({ case: first, situation: 'Van de eerste' });
    expect(fake.vault.summaries.get(other)?.text.situation).toBe('Van de andere');
  });

  test('stays at its case while it cannot be saved', async () => {
    const first = controller.text.case;
    const other = fake.vault.cases.find((view) => view.id !== first && !view.draft)?.id ?? '';
    fake.failNext('save_intervision_draft', { code: 'disk-full', field: null, detail: null });
    controller.write('situation', 'Nog niet bewaard');
    const opening = controller.open(other);
    await vi.advanceTimersByTimeAsync(10);
    await opening;
    expect(controller.chosen).toBe(first);
    expect(controller.text.situation).toBe('Nog niet bewaard');
    expect(session.saving.state).toBe('failed');
  });

  test('nothing can be written before the stored words are there', async () => {
    fake.failNext('intervision', { code: 'internal', field: null, detail: null });
    const blind = await opened(controller.text.case);
    blind.write('situation', 'Over het andere heen');
    blind.writeReason('Over het andere heen');
    await done(session.saving.flush());
    expect(blind.ready).toBe(false);
    expect(drafts()).toEqual([]);
  });

  test('stays after the summary was saved', async () => {
    controller.write('dilemma', 'Hoe blijf ik naast de melder staan?');
    await settle();
    controller.confirmed = true;
    await done(controller.save());
    expect((await opened(controller.text.case)).text.dilemma).toBe('Hoe blijf ik naast de melder staan?');
  });
});

test('a finding is shown with what stands around it', () => {
  const text = 'Een heel lange aanloop van woorden en dan Jansen die iets zei tegen een ander mens.';
  const start = text.indexOf('Jansen');
  const near = around({ field: 'situation', found: 'Jansen', kind: 'name', start, end: start + 6 }, text);
  expect(near.before.startsWith('…')).toBe(true);
  expect(near.after.endsWith('…')).toBe(true);
});

test('the months to choose from go over the edge of a year', () => {
  expect(months('2026-11-21')).toContain('2026-11');
  expect(months('2026-11-21').at(-1)).toBe('2027-03');
  expect(months('2026-11-21', '2025-02')[0]).toBe('2025-02');
  expect(months('2026-11-21', '2026-11')).toEqual(months('2026-11-21'));
});
