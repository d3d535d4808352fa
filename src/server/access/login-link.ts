import { randomBytes } from 'node:crypto';
import { Token } from '../../domain/token.ts';

/** A password that works once, printed as part of a link when the program starts. */
export class LoginLink {
  readonly #path: string;
  #token: Token | undefined;

  constructor() {
    const text = randomBytes(24).toString('base64url');
    this.#path = `/login?token=${text}`;
    this.#token = new Token(text);
  }

  /** @returns path and query of the link */
  get path(): string {
    return this.#path;
  }

  /** Uses the link up. @returns whether the text was its password, and nobody had used it */
  use(text: string): boolean {
    if (this.#token?.matches(text) !== true) return false;
    this.#token = undefined;
    return true;
  }
}
