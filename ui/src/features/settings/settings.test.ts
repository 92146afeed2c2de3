import { expect, test } from 'vitest';
import { connect } from '../../api/call';
import { makeFake } from '../../api/fake';
import { session } from '../../app/session.svelte';
import { SettingsController } from './settings.svelte';

test('two changes right after each other are both kept', async () => {
  const fake = makeFake('open', { demo: true });
  connect(fake);
  await session.start();
  fake.delay = 5;
  const controller = new SettingsController();
  await Promise.all([controller.set({ language: 'en' }), controller.set({ theme: 'dark' })]);
  expect(session.state?.settings).toMatchObject({ language: 'en', theme: 'dark' });
});
