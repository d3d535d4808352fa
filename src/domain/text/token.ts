import { createHash, timingSafeEqual } from 'node:crypto';
import { inspect } from 'node:util';

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** A long access token. Only its digest is stored; it is masked in every output. */
export class Token {
  readonly #digest: Buffer;

  constructor(text: string) {
    this.#digest = digestOf(text);
  }

  /** @returns whether the text is the token, in constant time */
  matches(text: string): boolean {
    return timingSafeEqual(this.#digest, digestOf(text));
  }

  /** @returns a name that does not reveal the token; it changes with the token, and sessions end with it */
  get name(): string {
    return createHash('sha256').update(this.#digest).digest('base64url').slice(0, 12);
  }

  toJSON(): string {
    return '***';
  }

  [inspect.custom](): string {
    return 'Token(***)';
  }
}
