import type { IntervisionText, NameFinding } from '../bindings.gen';
import { now } from './data';
import { refuse, type FakeVault, type Handlers } from './index';

/** Good enough to see the screen work; the real check is the core's. */
function find(text: IntervisionText, vault: FakeVault): NameFinding[] {
  const known: [string, string][] = [
    ...vault.cases.flatMap((view) =>
      view.persons.flatMap((person) =>
        person.name.split(' ').map((word): [string, string] => [word, 'name']),
      ),
    ),
    ...vault.practice.organisations.flatMap((one): [string, string][] => [
      [one.name, 'organisation'],
      ...one.places.map((place): [string, string] => [place, 'place']),
      ...one.departments.map((department): [string, string] => [department, 'department']),
    ]),
  ];
  const findings: NameFinding[] = [];
  for (const field of ['situation', 'action', 'dilemma', 'own_role'] as const) {
    const lower = text[field].toLowerCase();
    for (const [word, kind] of known) {
      const start = lower.indexOf(word.toLowerCase());
      if (start === -1) continue;
      const end = start + word.length;
      findings.push({ field, found: text[field].slice(start, end), kind, start, end });
    }
  }
  return findings.sort((a, b) => a.start - b.start);
}

export const intervisionCommands: Handlers = {
  intervision: ({ case: id }, vault) => {
    const view = vault.cases.find((one) => one.id === id) ?? refuse('case-unknown', 'case');
    return {
      number: view.number,
      context: [
        { label: 'Sector', value: 'Overheid en onderwijs' },
        { label: 'Omvang', value: 'groot (250 of meer)' },
        { label: 'Eerste contact', value: '11 weken voor deze samenvatting' },
      ],
      facts: [
        { label: 'Aard', value: 'Pesten' },
        { label: 'Frequentie', value: 'Patroon, herhaald' },
        { label: 'Relatie', value: 'Zelfde niveau' },
        { label: 'Gesprekken', value: 'enkele' },
        { label: 'Wat ik deed', value: 'Eerste opvang; opties besproken' },
      ],
      consent: view.consents.some((one) => one.kind === 'use_in_intervision' && one.state === 'given'),
      draft: vault.summaries.get(id)?.text ?? null,
      reason: vault.summaries.get(id)?.reason ?? '',
      shown: null,
      versions: [],
    };
  },
  save_intervision_draft: (request, vault) => {
    vault.summaries.set(request.text.case, request);
    return { saved_at: now() };
  },
  check_intervision: (text, vault) => {
    const findings = find(text, vault);
    const warnings = /["“”]/.test(text.situation) ? ['quotation'] : [];
    const pages = findings.length > 0 ? null : { count: 1, version: (vault.rendered += 1), figures: null };
    return { findings, warnings, pages };
  },
  save_intervision: ({ text, confirmed }, vault) => {
    const findings = find(text, vault);
    if (findings.length > 0) refuse('names-left', null, String(findings.length));
    if (!confirmed) refuse('not-confirmed');
    return { file: 'Intervisie 2026-11.pdf', folder: 'Documenten' };
  },
};
