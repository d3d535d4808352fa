import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyReply } from 'fastify';

/** Placeholder in the page for the nonce of its styles. */
const NONCE = '__CSP_NONCE__';
const NOT_BUILT = `The page is not built yet. Type:

  npm run build

and start again. The API is available: /api/openapi.json
`;

/** The dashboard's pages as Vite builds them: `index.html`, and `login.html` where there is one. */
export class Pages {
  readonly #texts: { index: string; login: string } | undefined;

  /** @param folder that contains them */
  constructor(folder: string) {
    const read = (name: string) => {
      const path = join(folder, name);
      return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    };
    const index = read('index.html');
    this.#texts = index === undefined ? undefined : { index, login: read('login.html') ?? index };
  }

  get areBuilt(): boolean {
    return this.#texts !== undefined;
  }

  /** Whether the login page uses a file, by its path below the folder. */
  loginNames(file: string): boolean {
    return this.#texts?.login.includes(`"/${file}"`) === true;
  }

  /** Sends a page, or instructions to build it. */
  show(name: 'index' | 'login', reply: FastifyReply): FastifyReply {
    if (this.#texts === undefined) return reply.code(503).type('text/plain').send(NOT_BUILT);
    return reply
      .type('text/html; charset=utf-8')
      .send(this.#texts[name].replaceAll(NONCE, reply.cspNonce.style));
  }
}
