import type { Language } from '../language/in-both.ts';
import { problemWordsRu } from './problem-words-ru.ts';

interface Words {
  detail?: string | undefined;
  remedy?: string | undefined;
}

interface Coded {
  code?: string | null | undefined;
  params?: Readonly<Record<string, string | number>> | undefined;
}

/** @returns what is wrong and what to do, in the reader's language as far as there are words */
export function problemInWords(problem: Words & Coded, language: Language): Words {
  const { code, params = {} } = problem;
  const sayings: Readonly<Record<string, ((filled: never) => [string, string?]) | undefined>> =
    problemWordsRu;
  if (language === 'en' || code === null || code === undefined) return problem;
  // The server gives each code what it is about.
  const said = sayings[code]?.(params as never);
  return said === undefined ? problem : { detail: said[0], remedy: said[1] };
}

/** @returns the same of what keeps an import from being read or checked; null when nothing does */
export const importProblemInWords = (
  problem: (Coded & { title: string; remedy: string }) | null,
  language: Language,
): Words | null => problem && problemInWords({ ...problem, detail: problem.title }, language);
