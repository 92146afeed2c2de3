import { describe, expect, test } from 'vitest';
import { groupState, spread, twoPlaces } from './recovery';
import { nextIndex, tabStop, toggled } from './roving';

describe('chips', () => {
  test('arrows move around, Home and End go to the ends', () => {
    expect(nextIndex('ArrowRight', 2, 3)).toBe(0);
    expect(nextIndex('ArrowLeft', 0, 3)).toBe(2);
    expect(nextIndex('Home', 2, 3)).toBe(0);
    expect(nextIndex('End', 0, 3)).toBe(2);
    expect(nextIndex('a', 0, 3)).toBeNull();
  });

  test('a group is one stop of the Tab key', () => {
    expect(tabStop(['a', 'b', 'c'], [], null)).toBe(0);
    expect(tabStop(['a', 'b', 'c'], ['c'], null)).toBe(2);
    expect(tabStop(['a', 'b', 'c'], ['c'], 1)).toBe(1);
    expect(tabStop(['a'], [], 4)).toBe(0);
  });

  test('one choice replaces another, several add up, a required one stays', () => {
    expect(toggled(['a'], 'b', false, false)).toEqual(['b']);
    expect(toggled(['a'], 'a', false, false)).toEqual([]);
    expect(toggled(['a'], 'a', false, true)).toEqual(['a']);
    expect(toggled(['a'], 'b', true, false)).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'a', true, true)).toEqual(['b']);
  });
});

describe('a group of the recovery sheet', () => {
  test('is right only as a multiple of eleven below the limit', () => {
    expect(groupState('000121')).toBe('right');
    expect(groupState('000122')).toBe('wrong');
    expect(groupState('720885')).toBe('right');
    expect(groupState('720896')).toBe('wrong');
    expect(groupState('00012')).toBe('unfinished');
  });

  test('every single wrong digit and every swap of neighbours is caught', () => {
    for (let number = 0; number < 65_536; number += 97) {
      const group = String(number * 11).padStart(6, '0');
      for (let at = 0; at < 6; at += 1) {
        for (let digit = 0; digit < 10; digit += 1) {
          const slip = group.slice(0, at) + digit + group.slice(at + 1);
          if (slip !== group) expect(groupState(slip), `${group} as ${slip}`).toBe('wrong');
        }
        const swap = group.slice(0, at) + (group[at + 1] ?? '') + (group[at] ?? '') + group.slice(at + 2);
        if (at < 5 && swap !== group) expect(groupState(swap), `${group} as ${swap}`).toBe('wrong');
      }
    }
  });

  test('a whole sheet that is pasted fills every field', () => {
    const empty = Array.from({ length: 8 }, () => '');
    const digits = Array.from({ length: 8 }, (_, at) => String((at + 1) * 11).padStart(6, '0'));
    expect(spread(empty, 0, digits.join(' '))).toEqual(digits);
    expect(spread(empty, 2, '12ab3')[2]).toBe('123');
  });

  test('the proof always asks two different groups', () => {
    for (let a = 0; a < 1; a += 0.07) {
      for (let b = 0; b < 1; b += 0.07) {
        const draws = [a, b];
        const [first, second] = twoPlaces(() => draws.shift() ?? 0);
        expect(first).toBeLessThan(second);
        expect(first).toBeGreaterThanOrEqual(1);
        expect(second).toBeLessThanOrEqual(8);
      }
    }
  });
});
