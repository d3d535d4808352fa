import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Token } from '../../domain/token.ts';
import { Role } from '../schemas/session.ts';

/** Name of the cookie; the port keeps two programs on one host apart. */
export const cookieName = (port: number): string => `bulk_invite_${port}`;

const LIFETIME_MS = 12 * 3_600_000;

/** Somebody who has logged in. */
export interface LoggedIn {
  role: Role;
  expiresAt: Date;
}

/**
 * Sessions live in a signed cookie, so that they outlast a restart. A session ends when its time is
 * over, or when the token that opened it is changed.
 */
export class Sessions {
  readonly #tokens: Readonly<Record<Role, Token | undefined>>;
  readonly #cookie: string;

  constructor(tokens: Readonly<Record<Role, Token | undefined>>, port: number) {
    this.#tokens = tokens;
    this.#cookie = cookieName(port);
  }

  /** Begins a session. */
  open(reply: FastifyReply, request: FastifyRequest, role: Role): LoggedIn {
    const expiresAt = new Date(Date.now() + LIFETIME_MS);
    const opener = this.#openerOf(role);
    if (opener === undefined) throw new Error(`nothing opens a session of a ${role}`);
    const value = [role, expiresAt.getTime(), opener].join('.');
    reply.setCookie(this.#cookie, value, {
      ...attributes(request),
      signed: true,
      expires: expiresAt,
    });
    return { role, expiresAt };
  }

  /** Ends the session of whoever asks. */
  close(reply: FastifyReply, request: FastifyRequest): void {
    reply.clearCookie(this.#cookie, attributes(request));
  }

  /** @returns the session of whoever asks, if there is one and it is not over */
  find(request: FastifyRequest): LoggedIn | undefined {
    const cookie = request.cookies[this.#cookie];
    if (cookie === undefined) return undefined;
    const { valid, value } = request.unsignCookie(cookie);
    if (!valid) return undefined;
    const [role, expires, opener] = value.split('.');
    const known = Role.safeParse(role);
    const expiresAt = new Date(Number(expires));
    if (!known.success || !(expiresAt.getTime() > Date.now())) return undefined;
    const wanted = this.#openerOf(known.data);
    return wanted !== undefined && opener === wanted ? { role: known.data, expiresAt } : undefined;
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
