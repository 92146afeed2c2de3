import type { FiguresView, ReportTextsView } from '../bindings.gen';
import { now } from './data';
import { refuse, type FakeVault, type Handlers } from './index';

const noTexts = (): ReportTextsView => ({
  summary: '',
  activities: '',
  risk_profile: '',
  comparison: '',
  developments: '',
  evaluation: '',
  recommendations: '',
});

function figures(vault: FakeVault, organisation: string, year: number): FiguresView {
  const found = vault.cases.filter(
    (view) =>
      !view.draft && view.facts.organisation === organisation && view.facts.intake.startsWith(String(year)),
  );
  if (found.length === 0) refuse('year-empty', null, String(year));
  const table = (
    id: string,
    title: string,
    multiple: boolean,
    rows: [string, number][],
    note: string | null = null,
  ) => ({
    id,
    title,
    base: found.length,
    multiple,
    rows: rows.map(([label, value]) => ({ label, value })),
    note,
  });
  const half = Math.max(5, Math.round(found.length / 2));
  return {
    total: found.length < 5 ? null : found.length,
    tables: [
      table('K1', 'Aard van de ongewenste omgangsvormen', true, [
        ['Pesten', half],
        ['Alle andere vormen samen', found.length],
      ]),
      table('K5', 'Frequentie', false, [['Alle meldingen', found.length]], 'Te klein om uit te splitsen.'),
      table('K6', 'Sekse', false, [
        ['Vrouw', half],
        ['Man, anders of niet geregistreerd', Math.max(5, found.length - half)],
      ]),
    ],
    statements: [`In ${year} kwamen er ${found.length} nieuwe meldingen.`],
  };
}

const key = (organisation: string, year: number): string => `${organisation}/${year}`;

export const reportCommands: Handlers = {
  report: ({ organisation, year }, vault) => ({
    frozen: vault.frozen.has(key(organisation, year)),
    frozen_on: vault.frozen.has(key(organisation, year)) ? vault.state.today : null,
    years: [2026, 2025],
    threshold: vault.practice.organisations.find((one) => one.id === organisation)?.threshold ?? 5,
    texts: vault.reportTexts.get(key(organisation, year)) ?? noTexts(),
    shown: null,
    versions: [],
    last_year: {
      ...noTexts(),
      developments: 'Het jaar stond in het teken van de verhuizing naar een nieuw gebouw.',
    },
    incomplete: year === 2026 ? ['2026-007', '2026-014'] : [],
    figures: figures(vault, organisation, year),
  }),
  save_report_texts: ({ organisation, year, texts }, vault) => {
    vault.reportTexts.set(key(organisation, year), texts);
    return { saved_at: now() };
  },
  preview_report: ({ organisation, year }, vault) => ({
    count: 4,
    version: (vault.rendered += 1),
    figures: figures(vault, organisation, year),
  }),
  save_report: ({ organisation, year, make_final }, vault) => {
    if (make_final && year >= Number(vault.state.today.slice(0, 4)))
      refuse('year-incomplete', 'year', String(year));
    if (make_final) vault.frozen.add(key(organisation, year));
    const name = vault.practice.organisations.find((one) => one.id === organisation)?.name ?? '';
    return { file: `Jaarverslag ${year} ${name}.pdf`, folder: 'Documenten' };
  },
};
