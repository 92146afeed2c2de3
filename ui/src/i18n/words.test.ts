import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import errors from '../../../assets/messages/errors.json';
import findings from '../../../assets/messages/findings.json';
import { en } from './en';
import { addMonths } from './format';
import { nl } from './nl';
import { fill, words } from './words.svelte';

/** Every sentence of a dictionary; the ones with counts are asked for one and for two. */
function sentences(part: unknown): string[] {
  if (typeof part === 'string') return [part];
  if (typeof part === 'function') {
    const asked = part as (...values: unknown[]) => string;
    // Sentences ask for words or for counts; the wrong kind is not for them.
    return [
      [1, 1, true],
      [2, 2, false],
      ['a', 'b'],
    ].flatMap((values) => {
      try {
        return [asked(...values)];
      } catch {
        return [];
      }
    });
  }
  if (Array.isArray(part)) return part.flatMap(sentences);
  if (part && typeof part === 'object') return Object.values(part).flatMap(sentences);
  return [];
}

function shape(part: unknown): unknown {
  if (part === null || typeof part !== 'object') return typeof part;
  if (Array.isArray(part)) return part.length;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, shape(value)]));
}

/** The codes as the core has them, read from the generated bindings. */
function errorCodes(): string[] {
  const bindings = readFileSync(new URL('../api/bindings.gen.ts', import.meta.url), 'utf8');
  const union = /export type ErrorCode =([^;]+);/.exec(bindings)?.[1] ?? '';
  return [...union.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? '');
}

describe('the words', () => {
  test.each(['passphrase', 'sync', 'database', 'ongeldig', 'error'])(
    '"%s" is not said in Dutch',
    (banned) => {
      const said = sentences(nl).filter((sentence) => sentence.toLowerCase().includes(banned));
      expect(said).toEqual([]);
    },
  );

  test('English has every sentence that Dutch has', () => {
    expect(shape(en)).toEqual(shape(nl));
  });

  test('no sentence shows a hole', () => {
    for (const sentence of [...sentences(nl), ...sentences(en)]) {
      expect(sentence).not.toMatch(/undefined|\[object|NaN/);
    }
  });

  test('every error of the core has a sentence in both languages', () => {
    const codes = errorCodes();
    expect(codes.length).toBeGreaterThan(20);
    for (const code of codes) {
      const sentence = (errors as Record<string, { nl: string; en: string }>)[code];
      expect(sentence?.nl, code).toBeTruthy();
      expect(sentence?.en, code).toBeTruthy();
    }
  });

  test('a sentence without its detail leaves no trace of it', () => {
    expect(fill('Het bestand {detail} is weg ({field} {detail}).', { detail: null })).toBe(
      'Het bestand is weg.',
    );
    expect(fill('Jaar {detail}.', { detail: '2025' })).toBe('Jaar 2025.');
    expect(words.error({ code: 'year-empty', field: null, detail: '2019' })).toContain('2019');
  });

  test('a finding names a case by its number and another file by its name', () => {
    words.language = 'nl';
    const found = {
      code: 'merged',
      file: 'cases/8f8b.age',
      number: '2026-014',
      case: '8f8b',
      restorable: false,
    };
    expect(words.finding(found)).toContain('Het bestand van melding 2026-014 was ook');
    expect(words.finding({ ...found, number: null, case: null, file: 'practice.age' })).toContain(
      'practice.age',
    );
  });

  test('every sentence that names a file reads well with a case in its place', () => {
    for (const [code, sentence] of Object.entries(findings)) {
      for (const text of Object.values(sentence)) {
        if (!text.includes('{file}') || text.includes('{number}')) continue;
        expect(text, code).toMatch(/(bestand|file|bijlage|attachment) \{file\}|\(\{file\}\)|\{file\}, /);
      }
    }
  });

  test('months later is the same day, or the last of a short month', () => {
    expect(addMonths('2026-11-21', 24)).toBe('2028-11-21');
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2026-12-15', 1)).toBe('2027-01-15');
  });
});
