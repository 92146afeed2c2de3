import { beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../api/call';
import { makeFake, type Fake } from '../../api/fake';
import { session } from '../../app/session.svelte';
import { filtered, noFilters, PAGE, pages, sorted } from './case-list';
import { CaseController } from './case.svelte';
import { NewCaseController } from './new-case.svelte';

let fake: Fake;

beforeEach(async () => {
  fake = makeFake('open', { demo: true });
  connect(fake);
  session.saving.clear();
  await session.start();
  session.screen = { name: 'new-case' };
});

const count = (name: string): number => fake.calls.filter((one) => one.name === name).length;
const stored = (number: string) => fake.vault.cases.find((view) => view.number === number);

async function open(number: string): Promise<CaseController> {
  const id = stored(number)?.id ?? '';
  const controller = new CaseController(id);
  await controller.load({ name: 'case', case: id });
  return controller;
}

describe('a new melding', () => {
  test('makes nothing until something is written', async () => {
    const controller = new NewCaseController();
    await controller.load({ name: 'new-case' });
    expect(controller.number).toBe('2026-023');
    expect(count('new_case')).toBe(0);
  });

  test('the first words make one draft with the defaults on the screen', async () => {
    const controller = new NewCaseController();
    controller.write('Er');
    controller.write('Er belt iemand.');
    await session.saving.flush();
    expect(count('new_case')).toBe(1);
    const draft = stored('2026-023');
    expect(draft?.draft).toBe(true);
    expect(draft?.notes.map((note) => note.note.facts)).toEqual(['Er belt iemand.']);
    expect(draft?.facts.reporter_role).toBe('affected');
    expect(draft?.facts.organisation).toBeNull();
  });

  test('text typed during the first save ends up in the same note', async () => {
    fake.delay = 20;
    const controller = new NewCaseController();
    controller.write('een');
    const saving = session.saving.flush();
    await new Promise((resolve) => setTimeout(resolve, 5));
    controller.write('een twee');
    await saving;
    await session.saving.flush();
    expect(stored('2026-023')?.notes.map((note) => note.note.facts)).toEqual(['een twee']);
  });

  test('is not filed without an organisation, and the note stays', async () => {
    const controller = new NewCaseController();
    controller.write('Tekst');
    expect(await controller.file()).toBeNull();
    expect(controller.organisationMissing).toBe(true);
    controller.choose({ organisation: session.practice?.organisations[0]?.id ?? null });
    expect(controller.organisationMissing).toBe(false);
    expect(await controller.file()).toBe(stored('2026-023')?.id);
    expect(stored('2026-023')).toMatchObject({ draft: false });
    expect(stored('2026-023')?.notes[0]?.note.facts).toBe('Tekst');
  });

  test('preselects an organisation only when there is one', async () => {
    expect(new NewCaseController().facts.organisation).toBeNull();
    const [first] = session.practice?.organisations ?? [];
    if (session.practice && first) session.practice = { ...session.practice, organisations: [first] };
    expect(new NewCaseController().facts.organisation).toBe(first?.id);
  });

  test('a name, a role and a follow-up go along', async () => {
    const controller = new NewCaseController();
    controller.name('J. Jans');
    controller.choose({ reporter_role: 'witness' });
    await controller.follow('tomorrow');
    await session.saving.flush();
    const draft = stored('2026-023');
    expect(draft?.persons).toMatchObject([{ name: 'J. Jans', role: 'witness' }]);
    expect(draft?.tasks).toMatchObject([{ due: '2026-11-22' }]);
    await controller.follow('none');
    expect(stored('2026-023')?.tasks).toEqual([]);
  });

  test('a draft that was left opens with everything in it', async () => {
    const first = new NewCaseController();
    first.write('Bewaard concept');
    first.name('K. Vos');
    const id = await first.keep();
    const again = new NewCaseController();
    await again.load({ name: 'new-case', case: id ?? '' });
    expect(again.note.body.facts).toBe('Bewaard concept');
    expect(again.person.value.name).toBe('K. Vos');
    again.write('Bewaard concept, verder');
    await session.saving.flush();
    expect(stored('2026-023')?.notes).toHaveLength(1);
    expect(stored('2026-023')?.persons).toHaveLength(1);
  });
});

describe('a melding', () => {
  test('a finished note moves to the timeline and the composer is empty again', async () => {
    const controller = await open('2026-014');
    controller.composer?.set({ facts: 'Nieuw gesprek', impressions: 'Rustig' });
    expect(await controller.finishNote()).toBe(true);
    expect(controller.timeline[0]?.note).toMatchObject({ facts: 'Nieuw gesprek', impressions: 'Rustig' });
    expect(controller.composer?.empty).toBe(true);
  });

  test('the note in the composer is not shown twice', async () => {
    const controller = await open('2026-014');
    const before = controller.timeline.length;
    controller.composer?.set({ facts: 'Half' });
    await session.saving.flush();
    controller.setFacts({ frequency: 'single' });
    await session.saving.flush();
    expect(controller.timeline).toHaveLength(before);
    expect(controller.view?.hints).toContain('bullying-once');
  });

  test('facts typed during a save are not overwritten by its answer', async () => {
    fake.delay = 20;
    const controller = await open('2026-014');
    controller.setFacts({ contact_route: 'mobiel' });
    const saving = session.saving.flush();
    await new Promise((resolve) => setTimeout(resolve, 5));
    controller.setFacts({ contact_route: 'mobiel, na zes uur' });
    await saving;
    await session.saving.flush();
    expect(controller.facts?.contact_route).toBe('mobiel, na zes uur');
    expect(stored('2026-014')?.facts.contact_route).toBe('mobiel, na zes uur');
  });

  test('a new person is saved once, whatever is typed after the name', async () => {
    const controller = await open('2026-014');
    controller.addPerson('witness');
    const draft = controller.persons.at(-1);
    draft?.set({ name: 'P. Smit' });
    await session.saving.flush();
    draft?.set({ contact: 'smit@voorbeeld.nl' });
    await session.saving.flush();
    const people = stored('2026-014')?.persons ?? [];
    expect(people.filter((person) => person.name === 'P. Smit')).toMatchObject([
      { contact: 'smit@voorbeeld.nl' },
    ]);
    await controller.remove('person', draft?.value.entry ?? null);
    expect(stored('2026-014')?.persons).toHaveLength(2);
  });

  test('a person whose name is erased while another save runs holds nothing up', async () => {
    fake.delay = 20;
    const controller = await open('2026-014');
    controller.addPerson('witness');
    controller.setFacts({ contact_route: 'mobiel' });
    controller.persons.at(-1)?.set({ name: 'P.' });
    const saving = session.saving.flush();
    await new Promise((resolve) => setTimeout(resolve, 5));
    controller.persons.at(-1)?.set({ name: '' });
    expect(await saving).toBe(true);
    expect(count('save_person')).toBe(0);
  });

  test('a consent is kept as soon as it says what for, with today and spoken', async () => {
    const controller = await open('2026-014');
    controller.addConsent();
    controller.consents.at(-1)?.set({ kind: 'act_on_behalf' });
    await session.saving.flush();
    expect(stored('2026-014')?.consents.at(-1)).toMatchObject({
      state: 'given',
      written: false,
      date: '2026-11-21',
    });
  });

  test('is only read when closed, and written again after reopening', async () => {
    const controller = await open('2026-014');
    controller.composer?.set({ facts: 'Laatste woorden' });
    const request = {
      outcome: 'heard_only',
      closing_reason: 'goal_reached',
      closed: '2026-11-21',
      aftercare_on: null,
    };
    expect(await controller.close(request)).toBe(true);
    expect(controller.closed).toBe(true);
    expect(controller.composer).toBeNull();
    expect(controller.timeline[0]?.note.facts).toBe('Laatste woorden');
    expect(await controller.reopen()).toBe(true);
    expect(controller.composer).not.toBeNull();
  });
});

describe('the list', () => {
  const rows = async () => (await fake.call('list_cases', {}, false)) as Parameters<typeof filtered>[0];

  test('filters by words, status, year and nature together', async () => {
    const all = await rows();
    expect(filtered(all, { ...noFilters(), text: '2026-014' }).map((row) => row.number)).toContain(
      '2026-014',
    );
    expect(filtered(all, { ...noFilters(), text: 'zorggroep seksuele' }).length).toBeGreaterThan(0);
    expect(filtered(all, { ...noFilters(), status: 'closed' }).every((row) => row.closed)).toBe(true);
    expect(
      filtered(all, { ...noFilters(), year: '2025' }).every((row) => row.intake.startsWith('2025')),
    ).toBe(true);
    expect(filtered(all, { ...noFilters(), nature: 'Intimidatie' }).length).toBeGreaterThan(0);
  });

  test('puts empty cells last, up and down', async () => {
    const all = await rows();
    for (const down of [true, false]) {
      const tasks = sorted(all, 'next_task', down).map((row) => row.next_task);
      const firstEmpty = tasks.indexOf(null);
      expect(tasks.slice(firstEmpty).every((task) => task === null)).toBe(true);
    }
  });

  test('is paged by a hundred', () => {
    expect(pages(0)).toBe(1);
    expect(pages(PAGE)).toBe(1);
    expect(pages(PAGE + 1)).toBe(2);
  });
});
