import { describe, expect, test } from 'vitest';
import { isWhole, parseDate, step, writeDate } from './date';

const TODAY = '2026-11-21';
const iso = (text: string): string => {
  const parsed = parseDate(text, TODAY);
  return parsed.kind === 'date' ? parsed.iso : parsed.kind;
};

describe('a typed date', () => {
  test.each([
    ['21-11-2026', '2026-11-21'],
    ['1-2-2026', '2026-02-01'],
    ['01/02/2026', '2026-02-01'],
    ['01.02.26', '2026-02-01'],
    ['1 2', '2026-02-01'],
    ['21112026', '2026-11-21'],
    ['211126', '2026-11-21'],
    ['2111', '2026-11-21'],
    ['2026-11-21', '2026-11-21'],
    ['v', '2026-11-21'],
    ['G', '2026-11-20'],
    ['29-2-2028', '2028-02-29'],
  ])('%s is %s', (text, expected) => expect(iso(text)).toBe(expected));

  test.each([
    '31-2-2026',
    '29-02-2026',
    '32-1-2026',
    '1-13-2026',
    '0-1-2026',
    'gisteren',
    '21-11-202',
    '11/21/2026',
  ])('%s is not understood', (text) => expect(iso(text)).toBe('wrong'));

  test('nothing typed is no date and no mistake', () => expect(iso('  ')).toBe('empty'));

  test('counts while typing only when it is whole', () => {
    expect(isWhole('21-11-2026')).toBe(true);
    expect(isWhole('v')).toBe(true);
    expect(isWhole('21-11')).toBe(false);
    expect(isWhole('21-11-20')).toBe(false);
  });

  test('arrows go a day up or down, over the edge of a month', () => {
    expect(step('30-11-2026', TODAY, 1)).toBe('2026-12-01');
    expect(step('01-03-2026', TODAY, -1)).toBe('2026-02-28');
    expect(step('', TODAY, 1)).toBe(TODAY);
  });

  test('is written the Dutch way', () => {
    expect(writeDate('2026-03-02')).toBe('02-03-2026');
    expect(writeDate(null)).toBe('');
  });
});
