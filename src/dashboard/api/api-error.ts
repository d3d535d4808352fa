import type { z } from 'zod';
import type { ProblemKind } from '../../messages/en/problem-titles-en.ts';
import type { ProblemDetails } from '../../server/schemas/problem-schema.ts';
import { proxyCodeOf } from './proxy-code.ts';

export type Problem = z.infer<typeof ProblemDetails>;

/** An error response of the server. Without a problem, the server could not be reached. */
export class ApiError extends Error {
  override readonly name = 'Refusal';
  readonly problem: Problem | null;

  constructor(problem: Problem | null, options?: ErrorOptions) {
    super(problem?.detail ?? problem?.title ?? 'The server cannot be reached', options);
    this.problem = problem;
  }

  /** The last part of the problem's type; null when the server could not be reached. */
  get kind(): string | null {
    return this.problem?.type.split('/').at(-1) ?? null;
  }
}

export const isApiError = (error: unknown, ...kinds: ProblemKind[]): error is ApiError =>
  error instanceof ApiError && kinds.some((kind) => kind === error.kind);

/** Reads the problem details of a response; another response is from a proxy in front of the server. */
export function refusalOf(status: number, body: string): ApiError {
  try {
    const problem: unknown = JSON.parse(body);
    if (isProblem(problem)) return new ApiError(problem);
  } catch {
    // A proxy answers in another format.
  }
  const code = proxyCodeOf(status);
  return new ApiError({
    ...{ type: 'about:blank', title: `HTTP ${status}`, status },
    ...{ code, params: { status } },
  });
}

const isProblem = (it: unknown): it is Problem =>
  typeof it === 'object' && it !== null && 'type' in it && 'title' in it && 'status' in it;
