/** Fictional data for developing and for tests. Nobody in it exists. */
import { emptyOrganisation } from '../organisation';
import type { CaseView, FactsView, NoteView, OrganisationView } from '../bindings.gen';

export const TODAY = '2026-11-21';
export const PASSPHRASE = 'merel wolk kaars fiets anker tulp';
export const GROUPS = [11, 22, 330, 4444, 60500, 17, 8080, 65535].map((n) => String(n * 11).padStart(6, '0'));

let made = 0;
export function uuid(): string {
  made += 1;
  return `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
}

let tick = 0;
/** A clock that never stands still and never goes back. */
export function now(): string {
  tick += 1;
  return new Date(Date.parse('2026-11-21T13:32:00Z') + tick * 1000).toISOString();
}

export function emptyFacts(intake = TODAY): FactsView {
  return {
    organisation: null,
    intake,
    closed: null,
    phase: 'phone_intake',
    channel: 'phone',
    found_via: 'not_asked',
    reporter_role: 'not_asked',
    reporter_position: 'not_asked',
    gender: 'not_asked',
    age_band: 'not_asked',
    contract_type: 'not_asked',
    salary_group: 'not_asked',
    department: '',
    non_belonging: null,
    behaviours: [],
    grounds: [],
    accused_relation: 'not_asked',
    frequency: 'not_asked',
    interventions: [],
    referrals: [],
    outcome: 'ongoing',
    closing_reason: 'not_closed',
    aftercare: 'not_applicable',
    second_adviser: false,
    duty_basis: 'none',
    breach: 'not_applicable',
    cluster: '',
    contact_route: '',
    explained_on: null,
  };
}

export function emptyCase(number: string): CaseView {
  return {
    id: uuid(),
    number,
    draft: true,
    imported_as: '',
    facts: emptyFacts(),
    notes: [],
    persons: [],
    tasks: [],
    consents: [],
    attachments: [],
    minutes: 0,
    hints: [],
    versions: [],
    saved_at: now(),
  };
}

export const organisation = (name: string, more: Partial<OrganisationView> = {}): OrganisationView => ({
  ...emptyOrganisation(),
  id: uuid(),
  name,
  ...more,
});

export function organisations(): OrganisationView[] {
  return [
    organisation('Gemeente Voorbeeldstad', {
      sector: 'public_administration',
      headcount: 640,
      departments: ['Burgerzaken', 'Openbare werken', 'Sociaal domein'],
      places: ['Voorbeeldstad', 'Stadskantoor'],
      aliases: ['GVB'],
      second_adviser: 'M. de Wit',
    }),
    organisation('Zorggroep Noord', {
      sector: 'health_care',
      headcount: 1250,
      departments: ['De Linde', 'Thuiszorg'],
      places: ['Noorderdam'],
    }),
  ];
}

function note(date: string, channel: string, minutes: number, facts: string, impressions = ''): NoteView {
  const body = { date, channel, minutes, with_whom: 'melder', facts, impressions };
  return { entry: uuid(), note: body, saved_at: `${date}T09:40:00Z`, revisions: 1, two_versions: false };
}

const STORY =
  'Melder vertelt dat een teamgenoot sinds de zomer opmerkingen maakt over haar werk waar anderen bij zijn. In het werkoverleg van vorige week werd ze voor de tweede keer niet aan het woord gelaten.\n\nAfgesproken: melder schrijft drie voorbeelden op met datum. Ik bel volgende week terug.';

/** Cases of two years; the first ones are written out, the others only counted. */
export function cases(of: OrganisationView[]): CaseView[] {
  const [town, care] = [of[0]?.id ?? null, of[1]?.id ?? null];
  const rich = (number: string, org: string | null, facts: Partial<FactsView>): CaseView => ({
    ...emptyCase(number),
    draft: false,
    facts: { ...emptyFacts(), organisation: org, reporter_role: 'affected', phase: 'consultation', ...facts },
  });
  const first = rich('2026-014', town, {
    intake: '2026-09-08',
    behaviours: ['bullying_exclusion', 'bullying_ridicule'],
    frequency: 'pattern',
    accused_relation: 'colleague',
    gender: 'female',
    department: 'Burgerzaken',
    interventions: ['first_reception', 'explore_options'],
  });
  first.notes = [
    {
      ...note(
        '2026-11-18',
        'phone',
        30,
        'Melder heeft de voorbeelden op papier. Ze wil eerst zelf in gesprek.',
      ),
      revisions: 2,
    },
    note(
      '2026-09-08',
      'in_person',
      60,
      STORY,
      'Ze kwam gespannen binnen en werd rustiger toen het tempo omlaag ging.',
    ),
  ];
  first.minutes = 90;
  first.persons = [
    {
      entry: uuid(),
      role: 'reporter',
      name: 'Karin Bakker',
      aliases: '',
      contact: '06 12345678',
      details: 'baliemedewerker',
    },
    {
      entry: uuid(),
      role: 'accused',
      name: 'Jan Jansen',
      aliases: 'Jantje',
      contact: '',
      details: 'coördinator',
    },
  ];
  first.tasks = [
    { entry: uuid(), due: '2026-11-18', reason: 'Terugbellen na gesprek leidinggevende', done: null },
  ];
  first.consents = [
    { entry: uuid(), kind: 'keep_record', state: 'given', date: '2026-09-08', written: false, scope: '' },
    {
      entry: uuid(),
      kind: 'use_in_intervision',
      state: 'given',
      date: '2026-11-18',
      written: false,
      scope: '',
    },
  ];
  first.hints = ['explain-confidentiality'];
  const second = rich('2026-019', care, {
    intake: '2026-10-20',
    behaviours: ['intimidation'],
    phase: 'aftercare',
  });
  second.tasks = [{ entry: uuid(), due: TODAY, reason: 'Nazorggesprek plannen', done: null }];
  second.notes = [
    note('2026-10-20', 'video_call', 45, 'Gesprek over toon van de teamleider in de overdracht.'),
  ];
  second.minutes = 45;
  const third = rich('2026-021', care, { intake: '2026-11-12', behaviours: ['discrimination_remarks'] });
  third.tasks = [
    { entry: uuid(), due: '2026-11-24', reason: 'Toestemming bevestigen (schriftelijk)', done: null },
  ];
  const kinds = [
    'bullying',
    'intimidation',
    'sexual_harassment_verbal',
    'aggression_verbal',
    'transgression_in_conflict',
  ];
  const more = Array.from({ length: 30 }, (_, at): CaseView => {
    const year = at < 18 ? 2026 : 2025;
    const month = String((at % 10) + 1).padStart(2, '0');
    const number = `${year}-${String(at < 18 ? (at < 13 ? at + 1 : at + 2) : at - 17).padStart(3, '0')}`;
    const closed = at % 3 === 0 ? null : `${year}-11-0${(at % 9) + 1}`;
    const view = rich(number, at % 2 === 0 ? town : care, {
      intake: `${year}-${month}-${String((at % 27) + 1).padStart(2, '0')}`,
      behaviours: at % 7 === 6 ? [] : [kinds[at % kinds.length] ?? 'bullying'],
      non_belonging: at % 7 === 6 ? 'labour_conflict' : null,
      closed,
      phase: closed ? 'closed' : 'consultation',
      outcome: closed ? 'resolved_informally' : 'ongoing',
      closing_reason: closed ? 'goal_reached' : 'not_closed',
    });
    view.notes = [note(view.facts.intake, 'phone', 30, 'Eerste gesprek.')];
    return view;
  });
  const draft = emptyCase('2026-022');
  draft.facts.intake = '2026-11-20';
  draft.notes = [note('2026-11-20', 'phone', 0, 'Kort telefoontje, belt maandag terug.')];
  return [draft, third, second, first, ...more].sort((a, b) => (a.number < b.number ? 1 : -1));
}
