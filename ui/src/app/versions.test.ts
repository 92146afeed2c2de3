import { beforeEach, describe, expect, test } from 'vitest';
import type { EntryVersions, FactsView, NoteBody, VersionView } from '../api/bindings.gen';
import { connect } from '../api/call';
import { makeFake, type Fake } from '../api/fake';
import { emptyFacts } from '../api/fake/data';
import { session } from './session.svelte';
import { CaseController } from '../features/cases/case.svelte';
import { OrganisationsController } from '../features/organisations/organisations.svelte';
import { SettingsController } from '../features/settings/settings.svelte';
import { compared, factsRows, organisationRows } from '../controls/versions';

let fake: Fake;

beforeEach(async () => {
  fake = makeFake('open', { demo: true });
  connect(fake);
  session.saving.clear();
  await session.start();
});

function version(name: string, content: Partial<VersionView>): VersionView {
  return {
    version: name,
    saved_at: '2026-11-20T09:00:00Z',
    this_computer: name === 'ours',
    removed: false,
    facts: null,
    note: null,
    person: null,
    task: null,
    consent: null,
    organisation: null,
    adviser: null,
    report_texts: null,
    summary_draft: null,
    ...content,
  };
}

const note = (facts: string): NoteBody => ({
  date: '2026-11-20',
  channel: 'phone',
  minutes: 15,
  with_whom: '',
  facts,
  impressions: '',
});

/** A case with a note of which there are two versions. */
function twoNotes(): { id: string; entry: string } {
  const view = fake.vault.cases.find((one) => one.notes.length > 0);
  const first = view?.notes[0];
  if (!view || !first) throw new Error('the demo has notes');
  const versions = [version('ours', { note: note('hier') }), version('theirs', { note: note('daar') })];
  view.versions = [{ kind: 'note', entry: first.entry, versions }];
  return { id: view.id, entry: first.entry };
}

async function open(id: string): Promise<CaseController> {
  const controller = new CaseController(id);
  await controller.load({ name: 'case', case: id });
  return controller;
}

const words = (controller: CaseController): string[] =>
  controller.view?.notes.map((one) => one.note.facts) ?? [];

describe('two versions', () => {
  test('of a note stand where the note stands, until one is chosen', async () => {
    const { id, entry } = twoNotes();
    const controller = await open(id);
    const [two] = controller.versions('note', entry);
    expect(two?.versions.map((one) => one.note?.facts)).toEqual(['hier', 'daar']);
    expect(controller.versions('note', 'another')).toEqual([]);
    expect(controller.versions('person')).toEqual([]);
    await controller.choose(two as EntryVersions, 'theirs');
    expect(words(controller)).toContain('daar');
    expect(words(controller)).not.toContain('hier');
    expect(controller.versions('note', entry)).toEqual([]);
  });

  test('of a note can both be kept', async () => {
    const { id, entry } = twoNotes();
    const controller = await open(id);
    const before = words(controller).length;
    await controller.choose(controller.versions('note', entry)[0] as EntryVersions, null);
    expect(words(controller)).toHaveLength(before + 1);
    expect(words(controller)).toContain('daar');
    expect(controller.versions('note')).toEqual([]);
  });

  test('stay when choosing fails', async () => {
    const { id, entry } = twoNotes();
    const controller = await open(id);
    fake.failNext('choose_version', { code: 'disk-full', field: null, detail: null });
    await controller.choose(controller.versions('note', entry)[0] as EntryVersions, 'theirs');
    expect(controller.versions('note', entry)).toHaveLength(1);
  });

  test('what is still being typed is saved before a choice', async () => {
    const { id, entry } = twoNotes();
    const controller = await open(id);
    controller.setFacts({ contact_route: 'mobiel' });
    await controller.choose(controller.versions('note', entry)[0] as EntryVersions, 'ours');
    const names = fake.calls.map((one) => one.name);
    expect(names.indexOf('save_facts')).toBeLessThan(names.indexOf('choose_version'));
    expect(names).toContain('save_facts');
    expect(controller.facts?.contact_route).toBe('mobiel');
  });

  test('of an organisation are chosen between on its own screen', async () => {
    const [first] = fake.vault.practice.organisations;
    if (!first?.id) throw new Error('the demo has organisations');
    const theirs = { ...first, headcount: 4321 };
    const versions = [version('ours', { organisation: first }), version('theirs', { organisation: theirs })];
    fake.vault.practice.versions = [{ kind: 'organisation', entry: first.id, versions }];
    session.practice = { ...fake.vault.practice };
    const controller = new OrganisationsController(first.id);
    await controller.chooseVersion(first.id, 'theirs');
    expect(controller.chosen?.headcount).toBe(4321);
    expect(session.practice.versions).toEqual([]);
  });

  test('of facts show only what differs, and every field can differ', () => {
    const facts: FactsView = emptyFacts();
    const other: Record<keyof FactsView, unknown> = {
      ...facts,
      organisation: session.practice?.organisations[0]?.id ?? '',
      intake: '2026-01-02',
      closed: '2026-01-03',
      phase: 'consultation',
      channel: 'email',
      found_via: 'unknown',
      reporter_role: 'affected',
      reporter_position: 'unknown',
      gender: 'unknown',
      age_band: 'unknown',
      contract_type: 'unknown',
      salary_group: 'unknown',
      department: 'Zorg',
      non_belonging: 'labour_conflict',
      behaviours: ['bullying'],
      grounds: ['belief'],
      accused_relation: 'unknown',
      frequency: 'single',
      interventions: ['exploring'],
      referrals: ['care'],
      outcome: 'heard_only',
      closing_reason: 'goal_reached',
      aftercare: 'stable',
      second_adviser: true,
      duty_basis: 'written_consent',
      breach: 'considering',
      cluster: 'x',
      contact_route: 'y',
      explained_on: '2026-02-03',
    };
    const organisations = session.practice?.organisations ?? [];
    for (const field of Object.keys(facts) as (keyof FactsView)[]) {
      const changed = { ...facts, [field]: other[field] } as FactsView;
      const versions = [version('ours', { facts }), version('theirs', { facts: changed })];
      const rows = compared({ kind: 'facts', entry: 'e', versions }, organisations);
      expect(
        rows.map((side) => side.length),
        field,
      ).toEqual([1, 1]);
    }
    const names = factsRows(facts, organisations).map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test('of an organisation show only what differs, and every field can differ', () => {
    const [organisation] = fake.vault.practice.organisations;
    if (!organisation) throw new Error('the demo has organisations');
    const changes = {
      name: 'Anders',
      aliases: ['a1'],
      places: ['p1'],
      departments: ['d1'],
      sector: organisation.sector === 'trade' ? 'ict' : 'trade',
      headcount: 4321,
      adviser_role: organisation.adviser_role === 'both' ? 'misconduct' : 'both',
      accused_policy: organisation.accused_policy === 'refer_out' ? 'second_vpo' : 'refer_out',
      second_adviser: 'B.',
      year_start_month: 7,
      threshold: 9,
      hidden_tables: ['K1'],
      retention_months: 6,
      active: !organisation.active,
    };
    expect(Object.keys(changes).sort()).toEqual(
      Object.keys(organisation)
        .filter((name) => name !== 'id')
        .sort(),
    );
    for (const [field, value] of Object.entries(changes)) {
      const theirs = { ...organisation, [field]: value };
      const versions = [version('ours', { organisation }), version('theirs', { organisation: theirs })];
      const rows = compared({ kind: 'organisation', entry: 'e', versions }, []);
      expect(
        rows.map((side) => side.length),
        field,
      ).toEqual([1, 1]);
    }
    const names = organisationRows(organisation).map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test('of a report show only the texts that differ, and every text can differ', () => {
    const texts = {
      summary: 'een',
      activities: 'twee',
      risk_profile: 'drie',
      comparison: 'vier',
      developments: 'vijf',
      evaluation: 'zes',
      recommendations: 'zeven',
    };
    for (const field of Object.keys(texts)) {
      const versions = [
        version('ours', { report_texts: texts }),
        version('theirs', { report_texts: { ...texts, [field]: 'anders' } }),
      ];
      const [ours, theirs] = compared({ kind: 'report_texts', entry: 'e', versions }, []);
      expect([ours?.length, theirs?.length, theirs?.[0]?.[1]], field).toEqual([1, 1, 'anders']);
    }
  });

  test('of a summary show only what differs, and everything can differ', () => {
    const text = {
      case: 'c',
      language: 'nl',
      month: '2026-11',
      traits: ['gender'],
      angle: 'technical',
      situation: 'een',
      action: 'twee',
      dilemma: 'drie',
      own_role: 'vier',
    };
    const others = { language: 'en', month: '2026-10', traits: ['age'], angle: 'personal' };
    for (const field of Object.keys(text).filter((name) => name !== 'case')) {
      const other = {
        ...text,
        [field]: 'anders',
        ...(field in others ? { [field]: others[field as 'month'] } : {}),
      };
      const versions = [
        version('ours', { summary_draft: { text, reason: '', after: null } }),
        version('theirs', { summary_draft: { text: other, reason: '', after: null } }),
      ];
      const rows = compared({ kind: 'summary_draft', entry: 'e', versions }, []);
      expect(
        rows.map((side) => side.length),
        field,
      ).toEqual([1, 1]);
    }
    const reasons = ['', 'omdat'].map((reason, at) =>
      version(at === 0 ? 'ours' : 'theirs', { summary_draft: { text, reason, after: null } }),
    );
    expect(compared({ kind: 'summary_draft', entry: 'e', versions: reasons }, [])[1]?.[0]?.[1]).toBe('omdat');
  });

  test('of the adviser are chosen between in the settings', async () => {
    const versions = ['ours', 'theirs'].map((name) =>
      version(name, { adviser: { name, certification: '' } }),
    );
    fake.vault.practice.versions = [{ kind: 'adviser', entry: 'a', versions }];
    session.practice = { ...fake.vault.practice };
    const controller = new SettingsController();
    const [entry] = session.practice.versions;
    if (entry) await controller.chooseVersion(entry, 'theirs');
    expect(controller.adviser.name).toBe('theirs');
    expect(session.practice.versions).toEqual([]);
  });

  test('that it was removed elsewhere is shown beside all that it says here', () => {
    const versions = [
      version('ours', { note: note('hier') }),
      version('theirs', { note: note(''), removed: true }),
    ];
    const [ours, theirs] = compared({ kind: 'note', entry: 'e', versions }, []);
    expect(ours?.map(([, text]) => text)).toContain('hier');
    expect(theirs).toEqual([]);
  });
});
