import { createHash, timingSafeEqual } from 'node:crypto';
import { inspect } from 'node:util';

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** A password of many letters that lets somebody in. Only its digest is kept; nothing prints it. */
export class Token {
  readonly #digest: Buffer;

  constructor(text: string) {
    this.#digest = digestOf(text);
  }

  /** @returns whether the text is the token, in a time that tells nothing about how near it is */
  matches(text: string): boolean {
    return timingSafeEqual(this.#digest, digestOf(text));
  }

  /** @returns a name for the token that does not give it away: what it opened shuts when it changes */
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
