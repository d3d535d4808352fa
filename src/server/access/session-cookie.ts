import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.ts';
import type { Token } from '../../domain/text/token.ts';
import { Role } from '../schemas/session-schema.ts';
import { ExpiringMarks } from './expiring-marks.ts';

/** Name of the cookie; the port distinguishes two servers on one host. */
export const cookieName = (port: number): string => `bulk_invite_${port}`;

const LIFETIME_MS = 12 * 3_600_000;

export interface LoggedIn {
  sessionId: string;
  role: Role;
  expiresAt: Date;
}

/**
 * Sessions are stored in a signed cookie, so that they survive a restart. A session ends when it
 * expires, when the token that opened it changes, or when the user logs out. The ids of logged-out
 * sessions are kept in `DATA_DIR/ended-sessions` until they expire. The key that signs sessions is
 * in `DATA_DIR` as well, so that every server that accepts a session also finds its end.
 */
export class Sessions {
  readonly #tokens: Readonly<Record<Role, Token | undefined>>;
  readonly #cookie: string;
  readonly #path: string;
  readonly #ended: ExpiringMarks;

  constructor(
    tokens: Readonly<Record<Role, Token | undefined>>,
    { port, dataDir, basePath }: Pick<Config, 'port' | 'dataDir' | 'basePath'>,
  ) {
    this.#tokens = tokens;
    this.#cookie = cookieName(port);
    this.#path = basePath || '/';
    this.#ended = new ExpiringMarks(join(dataDir, 'ended-sessions'), LIFETIME_MS);
  }

  /** Starts a session and sets its cookie. */
  open(reply: FastifyReply, request: FastifyRequest, role: Role): LoggedIn {
    const expiresAt = new Date(Date.now() + LIFETIME_MS);
    const opener = this.#openerOf(role);
    if (opener === undefined) throw new Error(`nothing opens a session of a ${role}`);
    const sessionId = randomBytes(12).toString('base64url');
    const value = [role, expiresAt.getTime(), opener, sessionId].join('.');
    reply.setCookie(this.#cookie, value, {
      ...attributes(request, this.#path),
      signed: true,
      expires: expiresAt,
    });
    return { sessionId, role, expiresAt };
  }

  /**
   * Ends the session of a request, for all copies of its cookie.
   *
   * @throws Problem when that cannot be stored
   */
  close(reply: FastifyReply, request: FastifyRequest): void {
    reply.clearCookie(this.#cookie, attributes(request, this.#path));
    const session = this.find(request);
    if (session !== undefined) this.#ended.add(session.sessionId);
  }

  /** @returns whether a session has ended since it was found */
  isOver({ sessionId, expiresAt }: LoggedIn): boolean {
    return !(expiresAt.getTime() > Date.now()) || this.#ended.has(sessionId);
  }

  /** @returns the session of a request; undefined when there is none or it has ended */
  find(request: FastifyRequest): LoggedIn | undefined {
    const cookie = request.cookies[this.#cookie];
    if (cookie === undefined) return undefined;
    const { valid, value } = request.unsignCookie(cookie);
    if (!valid) return undefined;
    const [role, expires, opener, sessionId = ''] = value.split('.');
    const known = Role.safeParse(role);
    // A session of an older version has no id.
    if (!known.success || !/^[\w-]{16}$/.test(sessionId)) return undefined;
    const wanted = this.#openerOf(known.data);
    if (wanted === undefined || opener !== wanted) return undefined;
    const session = { sessionId, role: known.data, expiresAt: new Date(Number(expires)) };
    return this.isOver(session) ? undefined : session;
  }

  /** Identifies what opens sessions of a role: its token, or the login link when no token is set. */
  #openerOf(role: Role): string | undefined {
    return this.#tokens[role]?.name ?? (role === 'admin' ? 'link' : undefined);
  }
}

const attributes = (request: FastifyRequest, path: string) => ({
  httpOnly: true,
  sameSite: 'strict' as const,
  path,
  // Behind a proxy that terminates TLS, only the browser's Origin header shows the use of HTTPS.
  secure: request.protocol === 'https' || /^https:/.test(request.headers.origin ?? ''),
});
