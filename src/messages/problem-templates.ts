import type { ProblemCode, ProblemParams } from '../domain/errors/problem-params.ts';

/** How each problem is said, by its code: what is wrong, and what to do. */
export type ProblemTemplates<Codes extends ProblemCode = ProblemCode> = {
  readonly [Code in Codes]: (params: ProblemParams[Code]) => [detail: string, remedy?: string];
};
