import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../domain/errors/problem.ts';
import type { CodedProblem } from '../../domain/errors/problem-params.ts';
import { toImportProblem } from '../../domain/imports/import.ts';
import { explainLedgerError } from '../../ledger/db/database.ts';
import { PROBLEM_TITLES_EN, type ProblemKind } from '../../messages/en/problem-titles-en.ts';
import { explainRefusal } from '../../redis/redis-refusal.ts';
import { type FieldIssue, PROBLEM_KINDS, type ProblemDetails } from '../schemas/problem-schema.ts';
import { inApiWords } from './file-problem-words.ts';

/** Error codes of the form parser for exceeded limits. */
const FORM_LIMIT = /^FST_(PARTS|FILES|FIELDS)_LIMIT$/;

/** The media type of all problems (RFC 9457). */
export const PROBLEM_TYPE = 'application/problem+json';

const JSON_OR_NOTHING = 'Send JSON as application/json, or no body and no Content-Type.';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What to send instead of a body of another type. @default JSON or nothing */
    takes?: string;
  }
}

type More = Pick<ProblemDetails, 'remedy' | 'errors'> & {
  /** The same as code and params. */
  coded?: CodedProblem | undefined;
  /** For a wrong method: the available ones. */
  allow?: readonly string[];
};

/** An error to report to the client (RFC 9457). */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly kind: ProblemKind;
  readonly more: More;

  /** @param detail what is wrong with this request */
  constructor(kind: ProblemKind, detail: string, more: More = {}) {
    super(detail);
    this.kind = kind;
    this.more = more;
  }
}

/** @returns a problem that the user can fix, in terms of the API */
export function refused(kind: ProblemKind, problem: Problem): HttpProblem {
  const { title, remedy, coded } = inApiWords(toImportProblem(problem));
  return new HttpProblem(kind, title, { remedy, coded });
}

/** The problem of an unknown address. */
export const nothingHere = (): HttpProblem =>
  new HttpProblem('not_found', 'Nothing exists at this address.', {
    coded: { code: 'nothing_here', params: {} },
  });

/** @param takes what the route accepts */
export const typeNotTaken = (takes: string = JSON_OR_NOTHING): HttpProblem =>
  new HttpProblem('unsupported_media_type', 'A body of this media type is not accepted here.', {
    remedy: takes,
    coded: { code: 'type_not_taken', params: {} },
  });

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

/**
 * Whether the client disconnected before its request was complete, for example because a page was
 * closed during an upload.
 */
const isBrokenOff = ({ raw }: FastifyRequest): boolean => raw.destroyed && !raw.complete;

/** @returns the problem details of a problem */
export function problemDetails(
  { kind, message, more: { coded, allow, ...more } }: HttpProblem,
  path: string,
): ProblemDetails {
  const status = PROBLEM_KINDS[kind];
  const title = PROBLEM_TITLES_EN[kind];
  return {
    ...{ type: `/problems/${kind}`, title, status, detail: message },
    ...{ instance: path, ...more },
    ...(coded ?? { code: kind, params: {} }),
  };
}

/** Sends a problem. */
export function sendProblem(problem: HttpProblem, request: FastifyRequest, reply: FastifyReply) {
  const details = problemDetails(problem, request.url.split('?')[0] ?? '');
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
  const words = errors.map((issue) => `${nameOf(issue)}: ${issue.detail}`);
  const fields = errors.map(nameOf).join(', ');
  const coded: CodedProblem = { code: 'fields_wrong', params: { fields } };
  return new HttpProblem('invalid_request', words.join('; '), { errors, coded });
}

function toHttpProblem(thrown: FastifyError, takes?: string): HttpProblem {
  const error = explainRefusal(thrown)?.problem ?? explainLedgerError(thrown);
  if (error instanceof HttpProblem) return error;
  if (error instanceof Problem) {
    return refused('unavailable', error);
  }
  switch (thrown.statusCode) {
    case 400:
      return new HttpProblem('invalid_request', thrown.message);
    case 413:
      return FORM_LIMIT.test(thrown.code)
        ? new HttpProblem('too_large', 'The form has too many parts.', {
            remedy: 'Send one file, and only the fields that /api/openapi.json describes.',
          })
        : new HttpProblem('too_large', thrown.message);
    case 415:
      return typeNotTaken(takes);
    case 406:
      return new HttpProblem('unsupported_media_type', thrown.message);
    case 414:
      return new HttpProblem('not_found', 'The address is too long.', {
        coded: { code: 'nothing_here', params: {} },
      });
    default:
      return new HttpProblem('internal', 'The program’s log has details.', {
        coded: { code: 'unexpected', params: {} },
      });
  }
}
