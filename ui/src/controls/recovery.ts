/** Groups of the recovery sheet: each of the eight checks itself, so a slip is named at once. */
export type GroupState = 'unfinished' | 'wrong' | 'right';

/** A group is a 16-bit number times eleven, written as six digits. */
export function groupState(typed: string): GroupState {
  const digits = typed.replace(/\D/g, '');
  if (digits.length < 6) return 'unfinished';
  const number = Number(digits);
  return digits.length === 6 && number % 11 === 0 && number < 720_896 ? 'right' : 'wrong';
}

/** What was pasted into one field is divided over it and the fields after it. */
export function spread(values: string[], at: number, typed: string): string[] {
  const digits = typed.replace(/\D/g, '');
  const next = [...values];
  if (digits.length <= 6) {
    next[at] = digits;
    return next;
  }
  for (let index = at; index < next.length; index += 1) {
    const part = digits.slice((index - at) * 6, (index - at + 1) * 6);
    if (part) next[index] = part;
  }
  return next;
}

/** Two different groups to copy as proof that the sheet exists. */
export function twoPlaces(random: () => number): [number, number] {
  const first = 1 + Math.floor(random() * 8);
  const second = 1 + ((first - 1 + 1 + Math.floor(random() * 7)) % 8);
  return first < second ? [first, second] : [second, first];
}
