import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Token } from '../../domain/text/token.ts';
import { problem } from '../../messages/problems.ts';
import { HttpProblem } from '../http/http-problem.ts';
import type { Role } from '../schemas/session-schema.ts';
import type { LoginThrottle } from './login-throttle.ts';
import type { LoggedIn, Sessions } from './session-cookie.ts';

/** Who may use a route: everyone, users who may read, or administrators. */
export type Access = 'public' | Role;

/** The authenticated caller of a request. */
export interface Caller {
  role: Role;
  /** Null with a bearer token. */
  session: LoggedIn | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route but public ones. */
    caller: Caller | null;
  }
  interface FastifyContextConfig {
    /** @default viewer for safe methods, admin for the others */
    access?: Access;
  }
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const isSafe = ({ method }: FastifyRequest): boolean => SAFE.has(method);

export class Guard {
  readonly #tokens: Readonly<Record<Role, Token | undefined>>;
  readonly #sessions: Pick<Sessions, 'find'>;
  readonly #attempts: LoginThrottle;

  constructor(
    tokens: Readonly<Record<Role, Token | undefined>>,
    sessions: Pick<Sessions, 'find'>,
    attempts: LoginThrottle,
  ) {
    this.#tokens = tokens;
    this.#sessions = sessions;
    this.#attempts = attempts;
  }

  /**
   * Authenticates the caller of any route, also of one that does not exist.
   *
   * @throws HttpProblem when the caller has no access
   */
  check(request: FastifyRequest, reply: FastifyReply): void {
    const wanted: Access =
      request.routeOptions.config?.access ?? (isSafe(request) ? 'viewer' : 'admin');
    if (wanted === 'public') return;
    const caller = this.#callerOf(request, reply);
    if (caller === undefined) {
      throw new HttpProblem('login_required', problem('login_needed', {}));
    }
    if (wanted === 'admin' && caller.role !== 'admin') {
      throw new HttpProblem('admins_only', problem('only_looking', {}));
    }
    request.caller = caller;
  }

  /** @returns the role of a token; @throws HttpProblem when the token is wrong */
  roleOf(token: string, request: FastifyRequest, reply: FastifyReply): Role {
    this.#refuseTooMany(request, reply);
    for (const role of ['admin', 'viewer'] as const) {
      if (this.#tokens[role]?.matches(token) === true) return role;
    }
    this.#attempts.fail(request.ip);
    throw new HttpProblem('wrong_token', problem('token_unknown', {}));
  }

  /** @throws HttpProblem for an address that has tried too many wrong tokens */
  #refuseTooMany(request: FastifyRequest, reply: FastifyReply): void {
    const seconds = this.#attempts.secondsToWait(request.ip);
    if (seconds === 0) return;
    reply.header('retry-after', seconds);
    throw new HttpProblem('too_many_attempts', problem('attempts_exhausted', { seconds }));
  }

  #callerOf(request: FastifyRequest, reply: FastifyReply): Caller | undefined {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
      if (token === undefined) return undefined;
      return { role: this.roleOf(token, request, reply), session: null };
    }
    const session = this.#sessions.find(request);
    if (session === undefined) return undefined;
    if (!isSafe(request)) refuseForeign(request);
    return { role: session.role, session };
  }
}

/**
 * A browser sends the cookie with requests from any page, but it also sends the page's origin.
 *
 * @throws HttpProblem unless the request comes from a page of this server
 */
export function refuseForeign({ headers, host }: FastifyRequest): void {
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  const isOurs =
    site === undefined
      ? origin !== undefined && URL.parse(origin)?.host === host
      : site === 'same-origin' || site === 'none';
  if (isOurs) return;
  throw new HttpProblem('foreign_origin', problem('page_foreign', {}));
}
