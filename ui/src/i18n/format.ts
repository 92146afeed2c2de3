/** Days and moments as a reader writes them. Days are ISO strings; no time zone touches them. */
import { words } from './words.svelte';

const noon = (iso: string): Date => new Date(`${iso}T12:00:00`);

function day(iso: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(words.locale, options).format(noon(iso));
}

/** zaterdag 21 november 2026 */
export const longDay = (iso: string): string =>
  day(iso, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** 21 november 2026 */
export const fullDay = (iso: string): string => day(iso, { day: 'numeric', month: 'long', year: 'numeric' });

/** 21 nov, or 21 nov 2025 when it is not this year */
export function shortDay(iso: string, today: string): string {
  const year = iso.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' as const };
  return day(iso, { day: 'numeric', month: 'short', ...year });
}

/** di 24 nov */
export const weekDay = (iso: string): string =>
  day(iso, { weekday: 'short', day: 'numeric', month: 'short' });

export const monthName = (month: number, style: 'short' | 'long' = 'short'): string =>
  new Intl.DateTimeFormat(words.locale, { month: style }).format(new Date(2026, month - 1, 15));

/** november 2026, from 2026-11 */
export const monthYear = (month: string): string => day(`${month}-15`, { month: 'long', year: 'numeric' });

/** 14:32 on this computer's clock */
export const clock = (moment: string): string =>
  new Intl.DateTimeFormat(words.locale, { hour: '2-digit', minute: '2-digit', hour12: false }).format(
    new Date(moment),
  );

/** The day of a moment on this computer's clock, as ISO. */
export function dayOf(moment: string | Date): string {
  const date = typeof moment === 'string' ? new Date(moment) : moment;
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** "om 14:32" today, else "op 20 november 2026 om 14:32" */
export function whenSaved(moment: string, today: string): string {
  const { dates } = words.t;
  const iso = dayOf(moment);
  return iso === today ? dates.todayAt(clock(moment)) : dates.onAt(fullDay(iso), clock(moment));
}

/** "21 nov 14:32" */
export const stamp = (moment: string, today: string): string =>
  `${shortDay(dayOf(moment), today)} ${clock(moment)}`;

export function addDays(iso: string, days: number): string {
  const date = noon(iso);
  date.setDate(date.getDate() + days);
  return dayOf(date);
}

/** The same day some months later, or the last day of that month. */
export function addMonths(iso: string, months: number): string {
  const [year, month, dayOfMonth] = iso.split('-').map(Number) as [number, number, number];
  const last = new Date(year, month - 1 + months + 1, 0);
  return dayOf(new Date(last.getFullYear(), last.getMonth(), Math.min(dayOfMonth, last.getDate()), 12));
}

/** "12 kB", "3,4 MB": rounded up, so that nothing is 0. */
export function fileSize(bytes: number): string {
  const steps: [number, string][] = [
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'kB'],
  ];
  const step = steps.find(([size]) => bytes >= size);
  if (!step) return `${bytes} bytes`;
  const [size, unit] = step;
  const digits = bytes / size < 10 ? 1 : 0;
  return `${(Math.ceil((bytes / size) * 10 ** digits) / 10 ** digits).toLocaleString(words.locale)} ${unit}`;
}
