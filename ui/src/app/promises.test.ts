import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

const sources = files(root)
  .filter((path) => /\.(ts|svelte|css)$/.test(path) && !path.endsWith('.test.ts'))
  .map((path) => ({ name: relative(root, path), text: readFileSync(path, 'utf8') }));

const where = (pattern: RegExp): string[] =>
  sources.filter((source) => pattern.test(source.text)).map((source) => source.name);

describe('the source of the window', () => {
  test('stores nothing in the browser', () => {
    expect(where(/localStorage|sessionStorage|indexedDB|document\.cookie/)).toEqual([]);
  });

  test('opens no connection', () => {
    expect(where(/\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon/)).toEqual([]);
  });

  test('writes no markup from text', () => {
    expect(where(/innerHTML|outerHTML|insertAdjacentHTML|\{@html|document\.write/)).toEqual([]);
  });

  test('writes no style in the page, which its security policy refuses', () => {
    expect(where(/\sstyle="/)).toEqual([]);
  });

  test('lets no browser learn or fill in what is typed in a field', () => {
    const fields = sources.flatMap(({ name, text }) =>
      [...text.matchAll(/<(?:input|textarea)\b[\s\S]*?(?<!=)>/g)]
        .map(([tag]) => ({ name, tag }))
        .filter(({ tag }) => !/type="(checkbox|radio)"/.test(tag)),
    );
    expect(fields.length).toBeGreaterThan(4);
    for (const { name, tag } of fields) {
      expect(tag, name).toMatch(/autocomplete=("off"|\{fresh \? 'new-password' : 'off'\})/);
      // Only the notes are checked; there is no menu from which a word can be learned.
      expect(tag, name).toMatch(
        name === 'controls/NoteArea.svelte' ? /spellcheck="true"/ : /spellcheck="false"/,
      );
    }
    expect(where(/oncontextmenu=\{stay\}/)).toEqual(['app/App.svelte']);
  });

  test('never changes the title of the window', () => {
    expect(where(/document\.title|<title|svelte:head/)).toEqual([]);
  });

  test('speaks to the shell in one file only', () => {
    expect(where(/@tauri-apps/)).toEqual(['api/tauri.ts']);
  });

  test('keeps features apart: none imports another', () => {
    const crossing = sources.filter(({ name, text }) => {
      const feature = /^features\/(\w+)\//.exec(name)?.[1];
      if (!feature) return false;
      return [...text.matchAll(/from '\.\.\/(\w+)\//g)].length > 0;
    });
    expect(crossing.map((source) => source.name)).toEqual([]);
  });

  test('keeps controls free of features and of the session', () => {
    const knowing = sources.filter(
      ({ name, text }) => name.startsWith('controls/') && /from '\.\.\/(features|app)\//.test(text),
    );
    expect(knowing.map((source) => source.name)).toEqual([]);
  });

  test('has the fake core in no shipped module', () => {
    const users = where(/api\/fake/).filter((name) => name !== 'main.ts');
    expect(users).toEqual([]);
  });

  test('has no file of more than 400 lines', () => {
    const long = sources.filter(
      ({ name, text }) => !name.endsWith('.gen.ts') && text.split('\n').length > 400,
    );
    expect(long.map((source) => source.name)).toEqual([]);
  });
});
