import { describe, expect, test } from 'vitest';
import { shortcut } from './shortcuts';

const keys = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('the keyboard map', () => {
  test.each([
    ['n', 'new-case'],
    ['k', 'search'],
    ['b', 'conflict'],
    ['l', 'lock'],
    [',', 'settings'],
    ['Enter', 'primary'],
    ['s', 'save'],
    ['1', 'today'],
    ['4', 'reports'],
  ] as const)('Ctrl+%s', (key, action) => {
    expect(shortcut(keys(key, { ctrlKey: true }), false)).toBe(action);
    expect(shortcut(keys(key, { metaKey: true }), true)).toBe(action);
  });

  test('F1 opens the help', () => {
    expect(shortcut(keys('F1'), false)).toBe('help');
  });

  test('no letter does anything without Ctrl', () => {
    for (const key of 'abcdefghijklmnopqrstuvwxyz') expect(shortcut(keys(key), false)).toBeNull();
  });

  test('AltGr types a letter and nothing else', () => {
    expect(shortcut(keys('n', { ctrlKey: true, altKey: true }), false)).toBeNull();
  });

  test('the keys of a browser are swallowed', () => {
    for (const key of ['F3', 'F5', 'F7', 'F12']) expect(shortcut(keys(key), false)).toBe('swallow');
    for (const key of ['r', 'u', 'g', 'p', 'f']) {
      expect(shortcut(keys(key, { ctrlKey: true }), false)).toBe('swallow');
    }
    for (const key of ['I', 'C', 'J', 'R']) {
      expect(shortcut(keys(key, { ctrlKey: true, shiftKey: true }), false)).toBe('swallow');
    }
  });

  test('Alt and the arrows go back and forward, and copying is left alone', () => {
    expect(shortcut(keys('ArrowLeft', { altKey: true }), false)).toBe('back');
    expect(shortcut(keys('ArrowRight', { altKey: true }), false)).toBe('forward');
    for (const key of ['c', 'v', 'x', 'a', 'z']) {
      expect(shortcut(keys(key, { ctrlKey: true }), false)).toBeNull();
    }
  });
});
