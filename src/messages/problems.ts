import { Problem, type ProblemWords } from '../domain/errors/problem.ts';
import type { CodedText } from '../domain/text/coded-text.ts';
import { apiProblemsEn } from './en/api-problems-en.ts';
import { problemsEn } from './en/problems-en.ts';
import { commandProblemsEn } from './en/terminal/command-problems-en.ts';
import { redisProblemsEn } from './en/terminal/redis-problems-en.ts';
import { setUpProblemsEn } from './en/terminal/set-up-problems-en.ts';
import { say } from './say.ts';

const ALL = { ...problemsEn, ...redisProblemsEn, ...setUpProblemsEn, ...commandProblemsEn };

export type ProblemCode = keyof typeof ALL;

/** The parameters that the words of a problem need. */
export type ProblemParams<Code extends ProblemCode> = CodedText['params'] &
  (Parameters<(typeof ALL)[Code]> extends [infer Params] ? Params : Record<never, never>);

/** @returns the arguments of `Problem` or a class of its own */
export const problemOf = <Code extends ProblemCode>(
  code: Code,
  params: ProblemParams<Code>,
): [CodedText, ProblemWords] => [
  { code, params },
  say<ProblemWords>(ALL, { code, params }) ?? [code],
];

/** @returns the problem with its English words */
export const problem = <Code extends ProblemCode>(
  code: Code,
  params: ProblemParams<Code>,
  options?: ErrorOptions,
): Problem => new Problem(...problemOf(code, params), options);

/** @returns a problem that was stored, or comes from another thread; see `parseProblem` for `title` */
export function toProblem({ code, params }: CodedText): Problem {
  const { title, remedy = '', ...rest } = params;
  if (title !== undefined) return new Problem({ code, params: rest }, [`${title}`, `${remedy}`]);
  return new Problem({ code, params }, say<ProblemWords>(ALL, { code, params }) ?? [code]);
}

/** @returns the problem in terms of the API: form fields instead of command-line options */
export function inApiWords(problem: Problem): Problem {
  const words = say<ProblemWords>(apiProblemsEn, problem.coded);
  return words === undefined ? problem : new Problem(problem.coded, words);
}

/** Whether an error is one of these problems. */
export const isProblem = (error: unknown, ...codes: readonly ProblemCode[]): error is Problem =>
  error instanceof Problem && codes.some((code) => code === error.coded.code);
