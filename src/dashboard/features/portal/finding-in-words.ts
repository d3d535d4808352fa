import type { FindingTemplates } from '../../../messages/finding-templates.ts';
import { machineFindingsRu } from '../../../messages/ru/machine-findings-ru.ts';
import { serviceFindingsRu } from '../../../messages/ru/service-findings-ru.ts';
import { say } from '../../../messages/say.ts';
import type { CheckResult } from '../../api/doctor-api.ts';
import type { Language } from '../../i18n/in-both.ts';
import { problemInWords } from '../../i18n/in-words.ts';

const TEMPLATES: FindingTemplates = { ...machineFindingsRu, ...serviceFindingsRu };

/** @returns what a check found and what to do, in the user's language where a translation exists */
export function findingInWords(
  { code, params, problem, found, remedy }: CheckResult,
  language: Language,
): { found: string; remedy: string | undefined } {
  const english = { found, remedy: remedy ?? undefined };
  if (language === 'en') return english;
  if (problem !== null) {
    const said = problemInWords({ ...problem, detail: found, remedy: remedy ?? '' }, language);
    return { found: said.detail ?? found, remedy: said.remedy };
  }
  const said = say(TEMPLATES, { code, params });
  return said === undefined ? english : { found: said[0], remedy: said[1] };
}
