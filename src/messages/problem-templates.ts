import type { ProblemWords } from '../domain/errors/problem.ts';
import type { problemsEn } from './en/problems-en.ts';

/** How problems are said in English, by their codes. The templates state the parameters of each code. */
export type ProblemTable = Readonly<Record<string, (params: never) => ProblemWords>>;

/** The codes of the problems that the page or the API can show. */
export type ShownProblem = keyof typeof problemsEn;

/** How each of these problems is said in another language. */
export type ProblemTemplates<Codes extends ShownProblem = ShownProblem> = {
  readonly [Code in Codes]: (...params: Parameters<(typeof problemsEn)[Code]>) => ProblemWords;
};
