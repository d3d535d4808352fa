import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ExpiringMarks } from './expiring-marks.ts';

/** A link that nobody follows is one that somebody else may find. */
const LIFETIME_MS = 12 * 3_600_000;

/**
 * Links that log an administrator in once, where there is no ADMIN_TOKEN. `DATA_DIR/login-links` holds the
 * digest of the last one's token: the server and the command that makes a new link share nothing else, and
 * whoever reads the folder cannot log in with it.
 */
export class LoginLinks {
  readonly #marks: ExpiringMarks;

  constructor(dataDir: string) {
    this.#marks = new ExpiringMarks(join(dataDir, 'login-links'), LIFETIME_MS);
  }

  /** Makes a link. @returns its token @throws Problem when it cannot be kept */
  create(): string {
    const token = randomBytes(24).toString('base64url');
    this.#marks.add(nameOf(token));
    return token;
  }

  /** Makes the earlier links useless. */
  keepOnly(token: string): void {
    this.#marks.keepOnly(nameOf(token));
  }

  /** @returns whether the token is of a link that nobody has used yet */
  isGood(token: string): boolean {
    return this.#marks.has(nameOf(token));
  }

  /** Uses the link up. @returns whether it was good */
  use(token: string): boolean {
    return this.#marks.take(nameOf(token));
  }
}

/** @returns path and query of the link with the token */
export const loginPath = (token: string): string => `/login?token=${token}`;

const nameOf = (token: string): string => createHash('sha256').update(token).digest('hex');
