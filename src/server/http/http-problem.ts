import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../domain/errors/problem.ts';
import { explainLedgerError } from '../../ledger/db/database.ts';
import { PROBLEM_TITLES_EN, type ProblemKind } from '../../messages/en/problem-titles-en.ts';
import { inApiWords, problem } from '../../messages/problems.ts';
import { explainRefusal } from '../../redis/redis-refusal.ts';
import { type FieldIssue, PROBLEM_KINDS, type ProblemDetails } from '../schemas/problem-schema.ts';
import { pathOf } from './request-path.ts';

/** Error codes of the form parser for exceeded limits. */
const FORM_LIMIT = /^FST_(PARTS|FILES|FIELDS)_LIMIT$/;

/** The media type of all problems (RFC 9457). */
export const PROBLEM_TYPE = 'application/problem+json';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What to send instead of a body of another type. @default JSON or nothing */
    takes?: string;
  }
}

type More = Pick<ProblemDetails, 'errors' | 'table'> & {
  /** For a wrong method: the available ones. */
  allow?: readonly string[];
};

/** An error to report to the client (RFC 9457). */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly kind: ProblemKind;
  /** What is wrong with this request. */
  readonly problem: Problem;
  readonly more: More;

  constructor(kind: ProblemKind, problem: Problem, more: More = {}) {
    super(problem.message);
    this.kind = kind;
    this.problem = problem;
    this.more = more;
  }
}

/** @returns a problem that the user can fix, in terms of the API */
export function refused(kind: ProblemKind, problem: Problem, more: More = {}): HttpProblem {
  return new HttpProblem(kind, inApiWords(problem), more);
}

export const nothingHere = (): HttpProblem =>
  new HttpProblem('not_found', problem('nothing_here', {}));

/** @param wanted what the route accepts. @default JSON or nothing */
export const typeNotTaken = (wanted = ''): HttpProblem =>
  new HttpProblem('unsupported_media_type', problem('type_not_taken', { wanted }));

/** Sends an error as problem details. An unexpected error is logged, and its message is not sent. */
export function handleError(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  const problem = toHttpProblem(error, request.routeOptions?.config?.takes);
  if (problem.kind === 'internal') {
    if (isBrokenOff(request))
      request.log.info('the client closed the connection during the request');
    else request.log.error({ err: error }, 'unexpected');
  }
  return sendProblem(problem, request, reply);
}

/** Whether the client disconnected during its request, such as by closing a page that uploads. */
const isBrokenOff = ({ raw }: FastifyRequest): boolean => raw.destroyed && !raw.complete;

export function problemDetails(
  { kind, problem, more: { errors, table } }: HttpProblem,
  path: string,
): ProblemDetails {
  const status = PROBLEM_KINDS[kind];
  const title = PROBLEM_TITLES_EN[kind];
  return {
    ...{ type: `/problems/${kind}`, title, status, detail: problem.message },
    ...(problem.remedy !== '' && { remedy: problem.remedy }),
    ...{ instance: path, ...(errors && { errors }), ...problem.coded, ...(table && { table }) },
  };
}

export function sendProblem(problem: HttpProblem, request: FastifyRequest, reply: FastifyReply) {
  const details = problemDetails(problem, pathOf(request.originalUrl).split('?')[0] ?? '');
  const { status } = details;
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  const { allow } = problem.more;
  if (allow !== undefined) reply.header('allow', allow.join(', '));
  // A string, so that no response schema is applied to it.
  return reply.code(status).type(PROBLEM_TYPE).send(JSON.stringify(details));
}

/** @param where the part of the request, for issues without a field */
export function wrongFields(errors: FieldIssue[], where = 'request'): HttpProblem {
  const nameOf = ({ pointer }: FieldIssue) => pointer.slice(1) || where;
  const faults = errors.map((issue) => `${nameOf(issue)}: ${issue.detail}`).join('; ');
  const fields = errors.map(nameOf).join(', ');
  return new HttpProblem('invalid_request', problem('fields_wrong', { fields, faults }), {
    errors,
  });
}

function toHttpProblem(thrown: FastifyError, takes?: string): HttpProblem {
  const error = explainRefusal(thrown)?.problem ?? explainLedgerError(thrown);
  if (error instanceof HttpProblem) return error;
  if (error instanceof Problem) {
    return refused('unavailable', error);
  }
  const verbatim = (kind: 'invalid_request' | 'too_large' | 'unsupported_media_type') =>
    new HttpProblem(kind, problem(kind, { said: thrown.message }));
  switch (thrown.statusCode) {
    case 400:
      return verbatim('invalid_request');
    case 413:
      return FORM_LIMIT.test(thrown.code)
        ? new HttpProblem('too_large', problem('form_too_large', {}))
        : verbatim('too_large');
    case 415:
      return typeNotTaken(takes);
    case 406:
      return verbatim('unsupported_media_type');
    case 414:
      return new HttpProblem('not_found', problem('address_too_long', {}));
    default:
      return new HttpProblem('internal', problem('unexpected', {}));
  }
}
