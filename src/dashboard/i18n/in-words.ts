import type { z } from 'zod';
import type { RemedyCode } from '../../domain/errors/remedy-code.ts';
import type { Outcome } from '../../domain/pairs/outcome.ts';
import { pageProblemsEn } from '../../messages/en/page-problems-en.ts';
import { lineOf } from '../../messages/explain.ts';
import type { RowDetailCode } from '../../messages/row-details.ts';
import { fieldFaultsRu } from '../../messages/ru/field-faults-ru.ts';
import { PORTAL_REMEDIES_RU } from '../../messages/ru/portal-remedies-ru.ts';
import { PROBLEM_TITLES_RU } from '../../messages/ru/problem-titles-ru.ts';
import { problemWordsRu } from '../../messages/ru/problems-ru.ts';
import {
  DUPLICATE_RU,
  duplicateOfRu,
  PENDING_RU,
  REASONS_RU,
  WITHDRAWN_RU,
} from '../../messages/ru/reasons-ru.ts';
import { rowDetailsRu } from '../../messages/ru/row-details-ru.ts';
import { say } from '../../messages/say.ts';
import type { FieldIssue } from '../../server/schemas/problem-schema.ts';
import type { Problem } from '../api/api-error.ts';
import type { proxyEn } from './en/proxy-en.ts';
import type { Language } from './in-both.ts';
import { inRussianQuotes } from './russian-quotes.ts';
import { fieldTexts, proxyTexts } from './texts.ts';

/** A server's text in the user's language; that of a code newer than this page is English. */
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
  const [, detail, remedy] = proxyWords(problem, language) ?? [];
  if (detail !== undefined) return { detail, remedy };
  if (code === null || code === undefined) return problem;
  const said =
    language === 'en'
      ? say<readonly [string, string?]>(pageProblemsEn, { code, params })
      : say(problemWordsRu, { code, params: inRussianQuotes(params) });
  return said === undefined ? problem : { detail: said[0], remedy: said[1] };
}

/** @returns the same for the problem of an import; null when there is none */
export const importProblemInWords = (
  problem: (Coded & { title: string; remedy: string }) | null,
  language: Language,
): Words | null => problem && problemInWords({ ...problem, detail: problem.title }, language);

export function problemTitle(problem: Problem, language: Language): string {
  const { type, title } = problem;
  const [ofProxy] = proxyWords(problem, language) ?? [];
  if (ofProxy !== undefined) return ofProxy;
  if (language === 'en') return title;
  const kind = type.split('/').at(-1);
  return Object.entries(PROBLEM_TITLES_RU).find(([name]) => name === kind)?.[1] ?? title;
}

/** @returns title, detail and remedy of an answer of a proxy; undefined for a problem of the server */
function proxyWords({ code, params }: Coded, language: Language) {
  const words: Readonly<Record<string, (typeof proxyEn)[keyof typeof proxyEn] | undefined>> =
    proxyTexts[language];
  return words[code ?? '']?.(Number(params?.status));
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
  const fault = language === 'en' ? issue.detail : (sayFault(issue) ?? issue.detail);
  return field === '' ? fault : `${names[field] ?? field}: ${fault}`;
}

const sayFault = ({ code, params }: z.infer<typeof FieldIssue>): string | undefined =>
  say(fieldFaultsRu, { code, params: inRussianQuotes(params) });

interface ReasonWords {
  meaning: string;
  remedy: string | null;
}

/** Whether it is a reason that a row can have. */
export const isReason = (text: string): boolean =>
  Object.hasOwn(REASONS_RU, text) || /^of_line_([1-9]\d*|N)$/.test(text);

/** @returns what a reason means, and what to do */
export function reasonInWords(
  it: ReasonWords & { outcome?: Outcome; reason: string | null },
  language: Language,
): ReasonWords {
  if (language === 'en') return it;
  if (it.outcome === 'withdrawn') return { meaning: WITHDRAWN_RU[0], remedy: WITHDRAWN_RU[1] };
  if (it.reason === null) return { meaning: PENDING_RU, remedy: null };
  if (it.reason.startsWith('of_line_')) {
    const line = lineOf(it.reason);
    return { meaning: line === undefined ? DUPLICATE_RU : duplicateOfRu(line), remedy: null };
  }
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
  const said = details.map(({ code, params }) =>
    say(rowDetailsRu, { code, params: inRussianQuotes(params) }),
  );
  return said.includes(undefined) ? detail : said.join('; ');
}
