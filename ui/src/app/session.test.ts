import { beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../api/call';
import { makeFake, type Fake } from '../api/fake';
import { CaseController } from '../features/cases/case.svelte';
import { Session, session } from './session.svelte';

let fake: Fake;

beforeEach(async () => {
  fake = makeFake('open', { demo: true });
  connect(fake);
  session.saving.clear();
  session.screen = { name: 'today' };
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
  test('saves every letter first, then locks', async () => {
    const controller = await openCase();
    controller.composer?.set({ facts: 'Half een woo' });
    expect(await session.lock('note-facts')).toBe(true);
    const names = fake.calls.map((one) => one.name);
    expect(names.lastIndexOf('save_note')).toBeLessThan(names.lastIndexOf('lock'));
    const saved = fake.vault.cases.find((view) => view.number === '2026-014');
    expect(saved?.notes[0]?.note.facts).toBe('Half een woo');
    expect(session.state?.stage).toBe('locked');
  });

  test('keeps the practice, the messages and the queues of the session nowhere', async () => {
    await openCase();
    session.say('iets');
    await session.lock(null);
    expect(session.practice).toBeNull();
    expect(session.toast).toBeNull();
    expect(session.announcement).toBe('');
    expect(session.primary).toBeNull();
  });

  test('does not happen while something cannot be saved, and says so', async () => {
    const controller = await openCase();
    controller.composer?.set({ facts: 'Nog niet bewaard' });
    fake.failNext('save_note', { code: 'disk-full', field: null, detail: null });
    expect(await session.lock(null)).toBe(false);
    expect(session.open).toBe(true);
    expect(session.toast?.text).toContain('nog niet vergrendeld');
    expect(controller.composer?.body.facts).toBe('Nog niet bewaard');
    expect(await session.lock(null)).toBe(true);
  });

  test('comes back to the same case, note and field', async () => {
    const controller = await openCase();
    controller.composer?.set({ facts: 'Eerste deel' });
    await session.lock('note-facts');
    const entry = controller.composer?.entry;
    await session.enter({ ...(session.state ?? fake.vault.state), stage: 'locked' });
    fake.vault.state = { ...fake.vault.state, stage: 'open' };
    await session.enter(fake.vault.state);
    expect(session.screen).toMatchObject({ name: 'case', note: entry });
    expect(session.focusAfterUnlock).toBe('note-facts');
    const again = new CaseController(controller.id);
    if (session.screen.name === 'case') await again.load(session.screen);
    expect(again.composer?.entry).toBe(entry);
    expect(again.composer?.body.facts).toBe('Eerste deel');
  });

  test('asks nothing of a vault that is locked already', async () => {
    await session.lock(null);
    const calls = fake.calls.length;
    expect(await session.lock(null)).toBe(false);
    expect(fake.calls.length).toBe(calls);
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
