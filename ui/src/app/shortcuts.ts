/** The keyboard map of the window. No letters without Ctrl, none with AltGr. */
export type Shortcut =
  | 'new-case'
  | 'search'
  | 'conflict'
  | 'lock'
  | 'settings'
  | 'help'
  | 'primary'
  | 'save'
  | 'write-note'
  | 'today'
  | 'cases'
  | 'organisations'
  | 'reports'
  | 'back'
  | 'forward'
  | 'next-region'
  | 'escape'
  | 'larger'
  | 'smaller'
  | 'normal-size'
  | 'swallow';

export interface Keys {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const WITH_CONTROL: Record<string, Shortcut> = {
  n: 'new-case',
  k: 'search',
  b: 'conflict',
  l: 'lock',
  ',': 'settings',
  enter: 'primary',
  s: 'save',
  '1': 'today',
  '2': 'cases',
  '3': 'organisations',
  '4': 'reports',
  '+': 'larger',
  '=': 'larger',
  '-': 'smaller',
  '0': 'normal-size',
};

/** Keys of a browser that have no place in a program: reload, source, print, find, inspector. */
const OF_A_BROWSER = new Set(['r', 'u', 'g', 'j', 'o', 'd', 'h', 'p', 'f', 'e']);
const OF_A_BROWSER_WITH_SHIFT = new Set(['r', 'i', 'c', 'j', 'k', 'p', 'o', 'delete']);
const FUNCTION_KEYS = new Set(['f3', 'f5', 'f7', 'f11', 'f12']);

export function shortcut(event: Keys, mac: boolean): Shortcut | null {
  const key = event.key.toLowerCase();
  const control = mac ? event.metaKey : event.ctrlKey;
  if (key === 'f1') return 'help';
  if (FUNCTION_KEYS.has(key)) return 'swallow';
  if (key === 'f6') return 'next-region';
  if (key === 'escape') return 'escape';
  if (event.altKey) {
    if (control || mac) return null;
    if (key === 'arrowleft') return 'back';
    if (key === 'arrowright') return 'forward';
    return null;
  }
  if (!control) return null;
  if (mac && key === '[') return 'back';
  if (mac && key === ']') return 'forward';
  if (event.shiftKey) {
    if (key === 'n') return 'write-note';
    if (OF_A_BROWSER_WITH_SHIFT.has(key)) return 'swallow';
    if (key === '+') return 'larger';
    return null;
  }
  if (OF_A_BROWSER.has(key)) return 'swallow';
  return WITH_CONTROL[key] ?? null;
}
