import type { z } from 'zod';
import type { RemedyCode } from '../../domain/errors/remedy-code.ts';
import type { RowDetailCode } from '../../messages/row-details.ts';
import { fieldFaultsRu } from '../../messages/ru/field-faults-ru.ts';
import { PORTAL_REMEDIES_RU } from '../../messages/ru/portal-remedies-ru.ts';
import { PROBLEM_TITLES_RU } from '../../messages/ru/problem-titles-ru.ts';
import { problemWordsRu } from '../../messages/ru/problems-ru.ts';
import { DUPLICATE_RU, PENDING_RU, REASONS_RU } from '../../messages/ru/reasons-ru.ts';
import { rowDetailsRu } from '../../messages/ru/row-details-ru.ts';
import { say } from '../../messages/say.ts';
import type { FieldIssue } from '../../server/schemas/problem-schema.ts';
import type { Problem } from '../api/api-error.ts';
import type { Language } from './in-both.ts';
import { fieldTexts } from './texts.ts';

/**
 * A text of the server, in the user's language. The server sends the English text with each code; a
 * code that is newer than this page stays in English.
 */
interface Words {
  detail?: string | undefined;
  remedy?: string | undefined;
}

interface Coded {
  code?: string | null | undefined;
  params?: Readonly<Record<string, string | number>> | undefined;
}

/** @returns what is wrong and what to do */
export function problemInWords(problem: Words & Coded, language: Language): Words {
  const { code, params = {} } = problem;
  if (language === 'en' || code === null || code === undefined) return problem;
  const said = say(problemWordsRu, { code, params });
  return said === undefined ? problem : { detail: said[0], remedy: said[1] };
}

/** @returns the same for the problem of an import; null when there is none */
export const importProblemInWords = (
  problem: (Coded & { title: string; remedy: string }) | null,
  language: Language,
): Words | null => problem && problemInWords({ ...problem, detail: problem.title }, language);

export function problemTitle({ type, title }: Problem, language: Language): string {
  if (language === 'en') return title;
  const kind = type.split('/').at(-1);
  return Object.entries(PROBLEM_TITLES_RU).find(([name]) => name === kind)?.[1] ?? title;
}

/** @returns what to do about a hold */
export function holdRemedy(
  { remedy, remedyCode }: { remedy: string; remedyCode: RemedyCode },
  language: Language,
): string {
  return language === 'en' ? remedy : PORTAL_REMEDIES_RU[remedyCode];
}

/** @returns which field is wrong and why */
export function fieldInWords(issue: z.infer<typeof FieldIssue>, language: Language): string {
  const names: Readonly<Record<string, string>> = fieldTexts[language];
  const field = issue.pointer.slice(1);
  const fault = language === 'en' ? issue.detail : (say(fieldFaultsRu, issue) ?? issue.detail);
  return field === '' ? fault : `${names[field] ?? field}: ${fault}`;
}

interface ReasonWords {
  meaning: string;
  remedy: string | null;
}

/** Whether it is a reason that a row can have. */
export const isReason = (text: string): boolean =>
  Object.hasOwn(REASONS_RU, text) || /^of_line_([1-9]\d*|N)$/.test(text);

/** @returns what a reason means, and what to do */
export function reasonInWords(
  it: ReasonWords & { reason: string | null },
  language: Language,
): ReasonWords {
  if (language === 'en') return it;
  if (it.reason === null) return { meaning: PENDING_RU, remedy: null };
  if (it.reason.startsWith('of_line_')) return { meaning: DUPLICATE_RU, remedy: null };
  const words: Readonly<Record<string, [meaning: string, remedy?: string] | undefined>> =
    REASONS_RU;
  const known = words[it.reason];
  return known ? { meaning: known[0], remedy: known[1] ?? null } : it;
}

interface Detailed {
  detail: string | null;
  details: readonly { code: RowDetailCode; params: Record<string, string | number> }[];
}

/** @returns the detail of a row, translated unless it is the portal's own text */
export function detailInWords({ detail, details }: Detailed, language: Language): string | null {
  if (language === 'en' || details.length === 0) return detail;
  const said = details.map((one) => say(rowDetailsRu, one));
  return said.includes(undefined) ? detail : said.join('; ');
}
