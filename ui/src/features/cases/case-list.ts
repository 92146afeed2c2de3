/** The list of cases: filters and order, without names. */
import type { CaseRow } from '../../api/bindings.gen';
import { label, mainLabel } from '../../i18n/codes';

export type Column =
  'number' | 'intake' | 'organisation' | 'nature' | 'role' | 'phase' | 'next_task' | 'last_contact';

export interface Filters {
  text: string;
  organisation: string;
  status: 'open' | 'closed' | 'all';
  year: string;
  nature: string;
  column: Column;
  down: boolean;
  page: number;
}

export const PAGE = 100;

export const noFilters = (): Filters => ({
  text: '',
  organisation: '',
  status: 'all',
  year: '',
  nature: '',
  column: 'number',
  down: true,
  page: 1,
});

export function nature(row: CaseRow): string {
  const natures = [...new Set(row.behaviours.map((code) => mainLabel('behaviour', code)))];
  if (row.non_belonging) natures.push(label('non_belonging', row.non_belonging));
  return natures.join(', ');
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();

export function filtered(rows: CaseRow[], filters: Filters): CaseRow[] {
  const wanted = plain(filters.text).split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (filters.organisation && row.organisation !== filters.organisation) return false;
    if (filters.status === 'open' && row.closed !== null) return false;
    if (filters.status === 'closed' && row.closed === null) return false;
    if (filters.year && row.intake.slice(0, 4) !== filters.year) return false;
    const natures = nature(row);
    if (filters.nature && !natures.split(', ').includes(filters.nature)) return false;
    const all = plain(`${row.number} ${row.organisation} ${natures}`);
    return wanted.every((word) => all.includes(word));
  });
}

function cell(row: CaseRow, column: Column): string {
  switch (column) {
    case 'nature':
      return nature(row);
    case 'role':
      return label('reporter_role', row.reporter_role);
    case 'phase':
      return label('phase', row.phase);
    default:
      return row[column] ?? '';
  }
}

/** Empty cells come last, whichever way the order goes; ties go by number, newest first. */
export function sorted(rows: CaseRow[], column: Column, down: boolean): CaseRow[] {
  const compare = new Intl.Collator('nl', { numeric: true }).compare;
  return [...rows].sort((a, b) => {
    const one = cell(a, column);
    const other = cell(b, column);
    if ((one === '') !== (other === '')) return one === '' ? 1 : -1;
    const order = compare(one, other);
    return order === 0 ? compare(b.number, a.number) : down ? -order : order;
  });
}

export const pages = (count: number): number => Math.max(1, Math.ceil(count / PAGE));
