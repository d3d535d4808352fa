import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyReply } from 'fastify';

/** Placeholders in the page for the nonce of its styles and for the base path. */
const NONCE = '__CSP_NONCE__';
const BASE_PATH = '__BASE_PATH__';
const NOT_BUILT = `The page is not built yet. Type:

  npm run build

and start again. The API is available: /api/openapi.json
`;

/**
 * The dashboard's pages as Vite builds them, for every path: `index.html`, and `login.html` where
 * there is one. Their addresses are relative, and become absolute here.
 */
export class Pages {
  readonly #basePath: string;
  readonly #texts: { index: string; login: string } | undefined;

  /** @param basePath as in `Config`. @default none */
  constructor(folder: string, basePath = '') {
    const read = (name: string) => {
      const path = join(folder, name);
      if (!existsSync(path)) return undefined;
      const text = readFileSync(path, 'utf8').replaceAll(BASE_PATH, basePath);
      return text.replaceAll('"./', `"${basePath}/`);
    };
    const index = read('index.html');
    this.#basePath = basePath;
    this.#texts = index === undefined ? undefined : { index, login: read('login.html') ?? index };
  }

  get areBuilt(): boolean {
    return this.#texts !== undefined;
  }

  /** Whether the login page uses a file, by its path below the folder. */
  loginNames(file: string): boolean {
    return this.#texts?.login.includes(`"${this.#basePath}/${file}"`) === true;
  }

  /** Sends a page, or instructions to build it. */
  show(name: 'index' | 'login', reply: FastifyReply): FastifyReply {
    if (this.#texts === undefined) return reply.code(503).type('text/plain').send(NOT_BUILT);
    return reply
      .type('text/html; charset=utf-8')
      .send(this.#texts[name].replaceAll(NONCE, reply.cspNonce.style));
  }
}
