/** The language on the screen, and sentences that are shared with the core. */
import errors from '../../../assets/messages/errors.json';
import findings from '../../../assets/messages/findings.json';
import hints from '../../../assets/messages/hints.json';
import type { ApiError, FindingView } from '../api/bindings.gen';
import { en } from './en';
import { nl, type Dictionary } from './nl';

export type Language = 'nl' | 'en';
type Sentence = Record<Language, string>;
type Sentences = Record<string, Sentence | undefined>;

class Words {
  language = $state<Language>('nl');

  get t(): Dictionary {
    return this.language === 'en' ? en : nl;
  }

  get locale(): string {
    return this.language === 'en' ? 'en-GB' : 'nl-NL';
  }

  /** What happened, what is safe, what to do next. */
  error(error: ApiError): string {
    const sentence = (errors as Sentences)[error.code] ?? errors.internal;
    return fill(sentence[this.language], error);
  }

  finding(finding: FindingView): string {
    const sentence = (findings as Sentences)[finding.code];
    if (!sentence) return finding.file;
    // She knows a case by its number; how its file is called says nothing to her.
    const { number } = finding;
    const file = finding.case !== null && number ? this.t.app.ofCase(number) : finding.file;
    return fill(sentence[this.language], { file, number });
  }

  hint(code: string): string {
    return (hints as Sentences)[code]?.[this.language] ?? code;
  }
}

/** Puts file names, numbers and counts in a sentence; what is empty leaves no trace. */
export function fill(sentence: string, values: object): string {
  const known = values as Record<string, string | null | undefined>;
  return sentence
    .replace(/\{(\w+)\}/g, (_, name: string) => known[name] ?? '')
    .replace(/\s*\(\s*\)/g, '')
    .replace(/\(\s+/g, '(')
    .replace(/\s+\)/g, ')')
    .replace(/ {2,}/g, ' ')
    .replace(/ ([,;.])/g, '$1');
}

export const words = new Words();
