/** Dates as people type them: 21-11-2026, 21/11, 211126, v for today. */
import { addDays } from '../i18n/format';

export type Parsed = { kind: 'empty' } | { kind: 'date'; iso: string } | { kind: 'wrong' };

const two = (n: number): string => String(n).padStart(2, '0');

function exists(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function made(year: number, month: number, day: number): Parsed {
  if (!exists(year, month, day)) return { kind: 'wrong' };
  return { kind: 'date', iso: `${year}-${two(month)}-${two(day)}` };
}

const century = (year: number): number => (year < 100 ? 2000 + year : year);

/** Reads a typed date; without a year it is this year's. */
export function parseDate(text: string, today: string): Parsed {
  const typed = text.trim().toLowerCase();
  if (typed === '') return { kind: 'empty' };
  if (typed === 'v') return { kind: 'date', iso: today };
  if (typed === 'g') return { kind: 'date', iso: addDays(today, -1) };
  const thisYear = Number(today.slice(0, 4));
  const parts = /^(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{2}|\d{4}))?$/.exec(typed);
  if (parts) {
    const year = parts[3] === undefined ? thisYear : century(Number(parts[3]));
    return made(year, Number(parts[2]), Number(parts[1]));
  }
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed);
  if (iso) return made(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const run = /^(\d{2})(\d{2})(\d{2}|\d{4})?$/.exec(typed);
  if (run) {
    const year = run[3] === undefined ? thisYear : century(Number(run[3]));
    return made(year, Number(run[2]), Number(run[1]));
  }
  return { kind: 'wrong' };
}

/** Whether the text names a whole date, so that it may count while she still types. */
export function isWhole(text: string): boolean {
  return /^(\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}|\d{8}|[vg])$/i.test(text.trim());
}

/** 21-11-2026 */
export function writeDate(iso: string | null): string {
  return iso === null || iso === '' ? '' : iso.split('-').reverse().join('-');
}

/** The day that an arrow key leads to. */
export function step(text: string, today: string, days: number): string {
  const parsed = parseDate(text, today);
  return addDays(parsed.kind === 'date' ? parsed.iso : today, parsed.kind === 'date' ? days : 0);
}
