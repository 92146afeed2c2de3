import { beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../api/call';
import { makeFake } from '../../api/fake';
import { session } from '../../app/session.svelte';
import { OrganisationsController } from './organisations.svelte';

const stored = () => session.practice?.organisations ?? [];

describe('what is written of an organisation does not wait for its name', () => {
  beforeEach(async () => {
    connect(makeFake('open', { demo: true }));
    await session.start();
    session.screen = { name: 'organisations' };
  });

  test('a new one without a name is kept, and found again after a lock', async () => {
    const controller = new OrganisationsController(undefined);
    await controller.add();
    controller.write('departments', 'Zorg\nPlanning');
    expect(await session.saving.flush()).toBe(true);
    const kept = stored().find((one) => one.departments.includes('Planning'));
    expect(kept?.name).toBe('Organisatie zonder naam');
    expect(session.screen).toMatchObject({ organisation: kept?.id });
    controller.set({ name: 'Zorggroep' });
    await session.saving.flush();
    expect(stored().find((one) => one.id === kept?.id)?.name).toBe('Zorggroep');
  });

  test('a name that was emptied stays what it was until there is another', async () => {
    const [first] = stored();
    const controller = new OrganisationsController(first?.id ?? undefined);
    controller.set({ name: '' });
    controller.set({ second_adviser: 'J. de Wit' });
    await session.saving.flush();
    const kept = stored().find((one) => one.id === first?.id);
    expect([kept?.name, kept?.second_adviser]).toEqual([first?.name, 'J. de Wit']);
  });

  test('a form that was only opened makes nothing', async () => {
    const before = stored().length;
    const controller = new OrganisationsController(undefined);
    await controller.add();
    controller.set({ name: 'Z' });
    controller.set({ name: '' });
    await session.saving.flush();
    expect(stored()).toHaveLength(before);
  });

  test('two without a name have different ones', async () => {
    for (const department of ['Zorg', 'Planning']) {
      const controller = new OrganisationsController(undefined);
      await controller.add();
      controller.write('departments', department);
      await session.saving.flush();
    }
    expect(stored().filter((one) => one.name.startsWith('Organisatie zonder naam'))).toHaveLength(2);
  });
});
