import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.ts';
import type { Token } from '../../domain/text/token.ts';
import { Role } from '../schemas/session-schema.ts';
import { ExpiringMarks } from './expiring-marks.ts';

/** Name of the cookie; the port keeps two programs on one host apart. */
export const cookieName = (port: number): string => `bulk_invite_${port}`;

const LIFETIME_MS = 12 * 3_600_000;

/** Somebody who has logged in. */
export interface LoggedIn {
  sessionId: string;
  role: Role;
  expiresAt: Date;
}

/**
 * Sessions live in a signed cookie, so that they outlast a restart. A session ends when its time is
 * over, when the token that opened it is changed, or when somebody logs out. The ids of those are kept
 * in `DATA_DIR/ended-sessions` until their time is over: a session is good wherever the key is that
 * signed it, which is in `DATA_DIR` as well, so that no server that takes a session misses its end.
 */
export class Sessions {
  readonly #tokens: Readonly<Record<Role, Token | undefined>>;
  readonly #cookie: string;
  readonly #ended: ExpiringMarks;

  constructor(
    tokens: Readonly<Record<Role, Token | undefined>>,
    { port, dataDir }: Pick<Config, 'port' | 'dataDir'>,
  ) {
    this.#tokens = tokens;
    this.#cookie = cookieName(port);
    this.#ended = new ExpiringMarks(join(dataDir, 'ended-sessions'), LIFETIME_MS);
  }

  /** Begins a session. */
  open(reply: FastifyReply, request: FastifyRequest, role: Role): LoggedIn {
    const expiresAt = new Date(Date.now() + LIFETIME_MS);
    const opener = this.#openerOf(role);
    if (opener === undefined) throw new Error(`nothing opens a session of a ${role}`);
    const sessionId = randomBytes(12).toString('base64url');
    const value = [role, expiresAt.getTime(), opener, sessionId].join('.');
    reply.setCookie(this.#cookie, value, {
      ...attributes(request),
      signed: true,
      expires: expiresAt,
    });
    return { sessionId, role, expiresAt };
  }

  /** Ends the session of whoever asks, for all who have its cookie. @throws Problem when it cannot */
  close(reply: FastifyReply, request: FastifyRequest): void {
    reply.clearCookie(this.#cookie, attributes(request));
    const session = this.find(request);
    if (session !== undefined) this.#ended.add(session.sessionId);
  }

  /** @returns whether a session has ended since it was found */
  isOver({ sessionId, expiresAt }: LoggedIn): boolean {
    return !(expiresAt.getTime() > Date.now()) || this.#ended.has(sessionId);
  }

  /** @returns the session of whoever asks, if there is one and it is not over */
  find(request: FastifyRequest): LoggedIn | undefined {
    const cookie = request.cookies[this.#cookie];
    if (cookie === undefined) return undefined;
    const { valid, value } = request.unsignCookie(cookie);
    if (!valid) return undefined;
    const [role, expires, opener, sessionId = ''] = value.split('.');
    const known = Role.safeParse(role);
    // One of an older version has no id.
    if (!known.success || !/^[\w-]{16}$/.test(sessionId)) return undefined;
    const wanted = this.#openerOf(known.data);
    if (wanted === undefined || opener !== wanted) return undefined;
    const session = { sessionId, role: known.data, expiresAt: new Date(Number(expires)) };
    return this.isOver(session) ? undefined : session;
  }

  /** What opens sessions of a role: its token; without any, the link that the program prints does. */
  #openerOf(role: Role): string | undefined {
    return this.#tokens[role]?.name ?? (role === 'admin' ? 'link' : undefined);
  }
}

const attributes = (request: FastifyRequest) => ({
  httpOnly: true,
  sameSite: 'strict' as const,
  path: '/',
  // Behind TLS that ends in front of the program, only the browser's own words tell.
  secure: request.protocol === 'https' || /^https:/.test(request.headers.origin ?? ''),
});
