import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function tokens(selector: string): Record<string, string> {
  const start = css.indexOf(selector);
  const block = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi)].map((m) => [m[1], m[2]]));
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const TEXT: [string, string][] = [
  ...['bg', 'surface', 'sunken', 'selected', 'accent-soft'].map((on): [string, string] => ['text', on]),
  ...['bg', 'surface', 'sunken', 'selected', 'accent-soft'].map((on): [string, string] => ['text-2', on]),
  ...['bg', 'surface', 'sunken'].map((on): [string, string] => ['text-3', on]),
  ...['success', 'warn', 'danger', 'info'].flatMap((kind): [string, string][] => [
    [kind, `${kind}-soft`],
    ['text', `${kind}-soft`],
    ['text-2', `${kind}-soft`],
  ]),
  ...['warn', 'danger', 'success'].flatMap((kind): [string, string][] => [
    [kind, 'surface'],
    [kind, 'bg'],
  ]),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['link', 'surface'],
  ['link', 'bg'],
  ['link', 'accent-soft'],
];
const CONTROLS: [string, string][] = [
  ...['surface', 'bg', 'sunken'].map((on): [string, string] => ['border-strong', on]),
  ...['surface', 'bg', 'sunken'].map((on): [string, string] => ['focus', on]),
  ['accent', 'surface'],
  ['accent', 'bg'],
];

describe.each([
  ['light', ':root {'],
  ['dark', ":root[data-theme='dark']"],
  ['dark by the system', ":root:not([data-theme='light'])"],
])('the %s colours', (_, selector) => {
  const colours = tokens(selector);
  const of = (name: string): string => colours[name] ?? expect.fail(`no colour ${name}`);

  test.each(TEXT)('%s on %s can be read', (ink, paper) => {
    expect(contrast(of(ink), of(paper))).toBeGreaterThanOrEqual(4.5);
  });
  test.each(CONTROLS)('%s on %s can be seen', (line, paper) => {
    expect(contrast(of(line), of(paper))).toBeGreaterThanOrEqual(3);
  });
});

test('both ways into the dark give the same colours', () => {
  expect(tokens(":root:not([data-theme='light'])")).toEqual(tokens(":root[data-theme='dark']"));
});
