/** The closed lists of the taxonomy with their labels: read, never written again. */
import taxonomy from '../../../assets/taxonomy/lists.json';
import { words } from './words.svelte';

interface Code {
  code: string;
  parent?: string;
  nl: string;
  en: string;
}
interface List {
  id: string;
  answers: string;
  nl: string;
  en: string;
  codes: Code[];
}
export interface Choice {
  value: string;
  label: string;
  parent?: string | undefined;
}

const lists = new Map((taxonomy.lists as List[]).map((list) => [list.id, list]));

/** Codes of a list that say "no answer"; the window offers the three silences instead. */
const SILENT = new Set(['not_recorded', 'unknown', 'not_disclosed']);
export const SILENCES = ['not_asked', 'unknown', 'declined'] as const;

function find(id: string): List {
  const list = lists.get(id);
  if (!list) throw new Error(`the taxonomy has no list ${id}`);
  return list;
}

const choice = (code: Code): Choice => ({
  value: code.code,
  label: code[words.language],
  parent: code.parent,
});

export function listName(id: string): string {
  return find(id)[words.language];
}

/** Group headings of a single-answer list overlap their details and cannot be chosen. */
export function choices(id: string): Choice[] {
  const list = find(id);
  const groups = new Set(list.codes.map((code) => code.parent));
  const single = list.answers === 'single';
  return list.codes.filter((code) => !single || !groups.has(code.code)).map(choice);
}

/** Choices for a question that may also be not asked, unknown or declined. */
export function answers(id: string): Choice[] {
  return choices(id).filter((one) => !SILENT.has(one.value));
}

/** The main codes of a list in which details hang under main codes. */
export function mainCodes(id: string): Choice[] {
  return find(id)
    .codes.filter((code) => !code.parent)
    .map(choice);
}

export function label(id: string, code: string): string {
  if (code === '') return '';
  const found = find(id).codes.find((one) => one.code === code);
  if (found) return found[words.language];
  return words.t.case.silences[code] ?? code;
}

/** The label of the main code above a code, which is short enough for a list. */
export function mainLabel(id: string, code: string): string {
  const found = find(id).codes.find((one) => one.code === code);
  return label(id, found?.parent ?? code);
}
