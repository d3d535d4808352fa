import { machineFindingsRu } from '../../../messages/ru/machine-findings-ru.ts';
import { serviceFindingsRu } from '../../../messages/ru/service-findings-ru.ts';
import type { FindingSayings } from '../../../messages/set-up/finding-templates.ts';
import type { CheckResult } from '../../api/doctor-api.ts';
import type { Language } from '../../i18n/in-both.ts';
import { problemInWords } from '../../i18n/in-words.ts';

const SAYINGS: FindingSayings = { ...machineFindingsRu, ...serviceFindingsRu };

/** @returns what a check found and what to do, in the reader's language as far as there are words */
export function findingInWords(
  { code, params, problem, found, remedy }: CheckResult,
  language: Language,
): { found: string; remedy: string | undefined } {
  const told = { found, remedy: remedy ?? undefined };
  if (language === 'en') return told;
  if (problem !== null) {
    const said = problemInWords({ ...problem, detail: found, remedy: remedy ?? '' }, language);
    return { found: said.detail ?? found, remedy: said.remedy };
  }
  const sayings: Readonly<Record<string, ((filled: never) => [string, string?]) | undefined>> =
    SAYINGS;
  const said = sayings[code]?.(params as never);
  return said === undefined ? told : { found: said[0], remedy: said[1] };
}
