import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ExpiringMarks } from './expiring-marks.ts';

/** An unused link expires, because someone else could find it. */
const LIFETIME_MS = 12 * 3_600_000;

/**
 * One-time login links for an administrator, for use without ADMIN_TOKEN. `DATA_DIR/login-links`
 * holds the digest of the latest link's token: the server and the command that creates a new link
 * share nothing else, and the digest is not enough to log in.
 */
export class LoginLinks {
  readonly #marks: ExpiringMarks;

  constructor(dataDir: string) {
    this.#marks = new ExpiringMarks(join(dataDir, 'login-links'), LIFETIME_MS);
  }

  /** Creates a link. @returns its token @throws Problem when it cannot be stored */
  create(): string {
    const token = randomBytes(24).toString('base64url');
    this.#marks.add(nameOf(token));
    return token;
  }

  keepOnly(token: string): void {
    this.#marks.keepOnly(nameOf(token));
  }

  /** @returns whether the token is of a valid link that was not used yet */
  isGood(token: string): boolean {
    return this.#marks.has(nameOf(token));
  }

  /** Uses the link up. @returns whether it was valid */
  use(token: string): boolean {
    return this.#marks.take(nameOf(token));
  }
}

/** @returns the path and query of the link with the token */
export const loginPath = (token: string): string => `/login?token=${token}`;

const nameOf = (token: string): string => createHash('sha256').update(token).digest('hex');
