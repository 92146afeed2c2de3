import { beforeEach, expect, test } from 'vitest';
import { call, connect } from '../../api/call';
import { makeFake } from '../../api/fake';
import { session } from '../../app/session.svelte';
import { WizardController } from './wizard.svelte';

beforeEach(async () => {
  connect(makeFake('open'));
  await session.start();
});

async function kept() {
  const { adviser, organisations } = await call('practice', {});
  return [adviser.name, organisations.map(({ name, adviser_role }) => [name, adviser_role])];
}

test('a lock in the last step keeps every letter that was typed there', async () => {
  const wizard = new WizardController();
  wizard.setYourName('Anne de Wit');
  wizard.setOrganisation({ name: 'Zorggroep Noo' });
  wizard.setOrganisation({ adviser_role: 'external' });
  await session.saving.lastWords();
  expect(await kept()).toEqual(['Anne de Wit', [['Zorggroep Noo', 'external']]]);
});

test('an organisation that is typed in pieces is one organisation, and none when it is erased', async () => {
  const wizard = new WizardController();
  await expect.poll(() => wizard.busy).toBe(false);
  for (const name of ['Zorg', '']) wizard.setOrganisation({ name });
  expect(await wizard.skip()).toBe(true);
  expect(await kept()).toEqual(['', []]);
  for (const name of ['Zorg', 'Zorggroep', 'Zorggroep Noord']) wizard.setOrganisation({ name });
  expect(await wizard.finish()).toBe(true);
  expect(await kept()).toEqual(['', [['Zorggroep Noord', 'both']]]);
});

test('without a name for the organisation the wizard waits for one, or for Later', async () => {
  const wizard = new WizardController();
  await expect.poll(() => wizard.busy).toBe(false);
  expect(await wizard.finish()).toBe(false);
  expect(wizard.nameMissing).toBe(true);
  expect(await wizard.skip()).toBe(true);
  expect(session.practice?.organisations).toEqual([]);
});
