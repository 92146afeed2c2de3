import { beforeEach, expect, test } from 'vitest';
import { connect } from '../../api/call';
import { makeFake, type Fake } from '../../api/fake';
import { KeyChange } from '../../app/keys.svelte';
import { session } from '../../app/session.svelte';
import { NewKeysController } from './new-keys.svelte';

let fake: Fake;
let controller: NewKeysController;

beforeEach(async () => {
  fake = makeFake('open', { demo: true });
  connect(fake);
  await session.start();
  controller = new NewKeysController();
});

async function change(typed: (groups: string[]) => string[]): Promise<void> {
  await controller.makeSheet();
  const groups = controller.groups;
  controller.toSecrets();
  controller.typed = typed(controller.places.map((place) => groups[place - 1] ?? ''));
  controller.present = fake.vault.passphrase;
  controller.next = 'zes heel andere woorden op papier';
  await controller.change();
}

test('the keys change only once the new sheet is proved to be on paper', async () => {
  await change(([first]) => [first ?? '', '000000']);
  expect(controller.wrong).toEqual([controller.places[1]]);
  expect(session.state?.changing_keys).toBe(false);
});

test('everything is sealed anew in steps, and then it is done', async () => {
  await change((groups) => groups);
  expect(controller.at).toBe('closed');
  expect(session.state?.changing_keys).toBe(true);
  const keyChange = new KeyChange();
  await keyChange.run();
  expect(fake.calls.filter((one) => one.name === 'continue_keys')).toHaveLength(2);
  expect(session.state?.changing_keys).toBe(false);
});

test('files of another computer keep the former keys until she lets go', async () => {
  fake.vault.otherComputers = true;
  await change((groups) => groups);
  const keyChange = new KeyChange();
  await keyChange.run();
  expect(keyChange.waits).toBe(true);
  expect(session.state?.changing_keys).toBe(true);
  await keyChange.run(true);
  expect(keyChange.waits).toBe(false);
  expect(session.state?.changing_keys).toBe(false);
});

test('a disk that is full stops the change and says so, and trying again goes on', async () => {
  await change((groups) => groups);
  fake.failNext('continue_keys', { code: 'disk-full', field: null, detail: null });
  const keyChange = new KeyChange();
  await keyChange.run();
  expect(keyChange.problem?.code).toBe('disk-full');
  await keyChange.run();
  expect(keyChange.problem).toBeNull();
  expect(session.state?.changing_keys).toBe(false);
});
