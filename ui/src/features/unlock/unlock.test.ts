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

test('a note that cannot be kept stays where it is, and the vault stays locked', async () => {
  fake.failNext('quick_note', { code: 'disk-full', field: null, detail: null });
  const controller = new UnlockController();
  controller.passphrase = fake.vault.passphrase;
  expect(await controller.unlock()).toBe(false);
  expect(session.state?.stage).toBe('locked');
  expect(quickNote.text).toBe('Half getypt aan de telefoon');
  expect(quickNote.problem).not.toBeNull();
  expect(await controller.unlock()).toBe(true);
});

test('a note goes to the vault that it was typed for, before another one is chosen', async () => {
  await new UnlockController().otherVault();
  expect(fake.calls.map((call) => call.name).slice(-2)).toEqual(['quick_note', 'use_vault']);
});
