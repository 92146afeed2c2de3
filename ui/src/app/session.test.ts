import { beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../api/call';
import { makeFake, type Fake } from '../api/fake';
import { CaseController } from '../features/cases/case.svelte';
import { NewCaseController } from '../features/cases/new-case.svelte';
import { Session, session } from './session.svelte';

let fake: Fake;

beforeEach(async () => {
  fake = makeFake('open', { demo: true });
  connect(fake);
  session.saving.clear();
  session.screen = { name: 'today' };
  session.locking = false;
  session.gone = false;
  await session.start();
});

async function openCase(): Promise<CaseController> {
  const id = fake.vault.cases.find((view) => view.number === '2026-014')?.id ?? '';
  await session.go({ name: 'case', case: id });
  const controller = new CaseController(id);
  await controller.load({ name: 'case', case: id });
  return controller;
}

describe('locking', () => {
  test('saves every letter first, then leaves', async () => {
    const controller = await openCase();
    controller.composer?.set({ facts: 'Half een woo' });
    await session.leave(() => 'note-facts');
    const saved = fake.vault.cases.find((view) => view.number === '2026-014');
    expect(saved?.notes[0]?.note.facts).toBe('Half een woo');
    expect(fake.placeAtLock?.field).toBe('note-facts');
    expect(session.gone).toBe(true);
    expect(fake.kept).toEqual([]);
  });

  test('waits for a save that is under way, and saves what was typed meanwhile', async () => {
    const controller = await openCase();
    fake.delay = 20;
    controller.composer?.set({ facts: 'Een' });
    const under = session.saving.flush();
    controller.composer?.set({ facts: 'Een twee' });
    await Promise.all([under, session.leave(() => null)]);
    const notes = fake.vault.cases.find((view) => view.number === '2026-014')?.notes ?? [];
    expect(notes.filter((one) => one.note.facts.startsWith('Een'))).toHaveLength(1);
    expect(notes[0]?.note.facts).toBe('Een twee');
  });

  test('keeps words that cannot be saved, once, and leaves all the same', async () => {
    const controller = await openCase();
    controller.composer?.set({ facts: 'Nog niet bewaard' });
    const full = { code: 'disk-full', field: null, detail: null } as const;
    fake.failNext('save_note', full, 2);
    await session.saving.flush();
    await session.leave(() => null);
    expect(session.gone).toBe(true);
    expect(fake.kept).toHaveLength(1);
    expect(fake.kept[0]).toMatchObject({
      name: 'save_note',
      request: { note: { facts: 'Nog niet bewaard' } },
    });
  });

  test('keeps the words of a melding that could not be begun', async () => {
    await session.go({ name: 'new-case' });
    const controller = new NewCaseController();
    await controller.load({ name: 'new-case' });
    controller.write('De eerste woorden');
    fake.failNext('new_case', { code: 'disk-full', field: null, detail: null }, 9);
    fake.failNext('save_note', { code: 'case-unknown', field: null, detail: null });
    await session.leave(() => null);
    const none = '00000000-0000-0000-0000-000000000000';
    expect(fake.kept).toMatchObject([
      { name: 'save_note', request: { case: none, note: { facts: 'De eerste woorden' } } },
    ]);
  });

  test('tells the next process where she was, in ids alone', async () => {
    const controller = await openCase();
    controller.composer?.set({ facts: 'Eerste deel' });
    await session.leave(() => 'note-facts');
    const entry = controller.composer?.entry;
    expect(fake.placeAtLock?.screen).toEqual({ name: 'case', case: controller.id, note: entry });
    expect(JSON.stringify(fake.placeAtLock)).not.toContain('deel');
  });

  test('comes back to the same case, note and field', async () => {
    const controller = await openCase();
    controller.composer?.set({ facts: 'Eerste deel' });
    await session.leave(() => 'note-facts');
    const entry = controller.composer?.entry;
    const next = new Session();
    await next.start();
    expect(next.open).toBe(false);
    fake.vault.state = { ...fake.vault.state, stage: 'open' };
    await next.enter(fake.vault.state);
    expect(next.screen).toMatchObject({ name: 'case', note: entry });
    expect(next.focusAfterUnlock).toBe('note-facts');
    const again = new CaseController(controller.id);
    if (next.screen.name === 'case') await again.load(next.screen);
    expect(again.composer?.entry).toBe(entry);
    expect(again.composer?.body.facts).toBe('Eerste deel');
  });

  test('has nothing to say of a vault that is locked already', async () => {
    fake.vault.state = { ...fake.vault.state, stage: 'locked' };
    await session.start();
    await session.leave(() => null);
    expect(fake.placeAtLock).toBeNull();
  });
});

describe('moving between screens', () => {
  test('goes back and forward in order', async () => {
    await session.go({ name: 'cases' });
    await session.go({ name: 'settings' });
    await session.back();
    expect(session.screen.name).toBe('cases');
    await session.forward();
    expect(session.screen.name).toBe('settings');
  });

  test('stays where it is while something cannot be saved', async () => {
    const controller = await openCase();
    controller.composer?.set({ facts: 'Nog niet bewaard' });
    fake.failNext('save_note', { code: 'disk-full', field: null, detail: null });
    await session.go({ name: 'today' });
    expect(session.screen.name).toBe('case');
    expect(session.toast?.kind).toBe('warn');
    await session.go({ name: 'today' });
    expect(session.screen.name).toBe('today');
  });

  test('a fresh session knows nothing', () => {
    const fresh = new Session();
    expect(fresh.open).toBe(false);
    expect(fresh.practice).toBeNull();
    expect(fresh.saving.state).toBe('saved');
  });
});
