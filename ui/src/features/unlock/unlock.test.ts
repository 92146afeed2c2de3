import { beforeEach, expect, test } from 'vitest';
import { connect } from '../../api/call';
import { makeFake, type Fake } from '../../api/fake';
import { session } from '../../app/session.svelte';
import { quickNote } from './quick-note.svelte';
import { UnlockController } from './unlock.svelte';

let fake: Fake;

beforeEach(async () => {
  fake = makeFake('locked', { demo: true });
  connect(fake);
  quickNote.drop();
  await session.start();
  quickNote.show();
  quickNote.text = 'Half getypt aan de telefoon';
});

const kept = (): string[] => fake.vault.inbox.map((note) => note.text);

test('a quick note that stands half typed is kept before the vault opens', async () => {
  const before = kept().length;
  const controller = new UnlockController();
  controller.passphrase = fake.vault.passphrase;
  expect(await controller.unlock()).toBe(true);
  expect(kept().slice(before)).toEqual(['Half getypt aan de telefoon']);
  expect(quickNote.text).toBe('');
});

test('a note that can be kept only once the vault is open is kept then', async () => {
  fake.failNext('quick_note', { code: 'inbox-unknown', field: null, detail: null });
  const before = kept().length;
  const controller = new UnlockController();
  controller.passphrase = fake.vault.passphrase;
  expect(await controller.unlock()).toBe(true);
  expect(kept().slice(before)).toEqual(['Half getypt aan de telefoon']);
});

test('a note that cannot be kept at all does not keep her out, and stays where it can be seen', async () => {
  fake.failNext('quick_note', { code: 'disk-full', field: null, detail: null }, 2);
  const controller = new UnlockController();
  controller.passphrase = fake.vault.passphrase;
  expect(await controller.unlock()).toBe(true);
  expect(quickNote.text).toBe('Half getypt aan de telefoon');
  expect(quickNote.problem).not.toBeNull();
});

test('what is typed while a note is being kept stays', async () => {
  fake.delay = 10;
  const keeping = quickNote.keep();
  quickNote.text += ', en nog iets';
  expect(await keeping).toBe(true);
  expect([quickNote.text, quickNote.open]).toEqual([', en nog iets', true]);
});

test('a note goes to the vault that it was typed for, before another one is chosen', async () => {
  await new UnlockController().otherVault();
  expect(fake.calls.map((call) => call.name).slice(-2)).toEqual(['quick_note', 'use_vault']);
});
