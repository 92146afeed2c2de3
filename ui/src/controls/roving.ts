/** A group of chips is one stop of the Tab key; arrows move inside it. */
export function nextIndex(key: string, index: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return (index + 1) % count;
    case 'ArrowLeft':
    case 'ArrowUp':
      return (index - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** The chip that holds the Tab stop: where the focus was, else the chosen one, else the first. */
export function tabStop(values: string[], chosen: string[], last: number | null): number {
  if (last !== null && last < values.length) return last;
  const first = values.findIndex((value) => chosen.includes(value));
  return first === -1 ? 0 : first;
}

/** What is chosen after a chip was pressed. */
export function toggled(chosen: string[], value: string, multiple: boolean, required: boolean): string[] {
  if (chosen.includes(value)) {
    return required && !multiple ? chosen : chosen.filter((one) => one !== value);
  }
  return multiple ? [...chosen, value] : [value];
}
