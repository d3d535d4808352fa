import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { HttpProblem } from '../problem.ts';

/** Where Vite puts the page. */
export const DIST = fileURLToPath(new URL('../../dashboard/dist', import.meta.url));

/** Stands in the page where its styles need a nonce. */
const NONCE = '__CSP_NONCE__';
const NOT_BUILT = `The page is not built yet. Type:

  npm run build

and start again. The API is there: /api/openapi.json
`;

/**
 * The page as Vite builds it, from `index.html`, and `login.html` where there is one. Whoever has
 * not logged in gets the login page with the files that it names, and nothing else.
 */
export const dashboard =
  ({ sessions, loginLink }: Context, dist: string): FastifyPluginAsync =>
  async (app) => {
    const pages = findPages(dist);
    const show = (name: 'index' | 'login', reply: FastifyReply) => {
      const page = pages?.[name];
      if (page === undefined) return reply.code(503).type('text/plain').send(NOT_BUILT);
      return reply
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        .send(page.replaceAll(NONCE, reply.cspNonce.style));
    };

    app.get<{ Querystring: { token?: string } }>(
      '/login',
      { config: { access: 'public' }, schema: { hide: true } },
      async (request, reply) => {
        const { token } = request.query;
        if (token === undefined) return show('login', reply);
        // The program itself has printed this link; it works once.
        if (loginLink?.use(token) === true) sessions.open(reply, request, 'admin');
        else if (sessions.find(request) === undefined) return reply.redirect('/login', 303);
        return reply.redirect('/', 303);
      },
    );

    // The page's own addresses are known to the page alone.
    app.get('/*', { schema: { hide: true } }, async (request, reply) => {
      if (isPage(request)) return show('index', reply);
      throw new HttpProblem('not_found', 'There is nothing here.', {
        coded: { code: 'nothing_here', params: {} },
      });
    });

    if (pages === undefined) return;
    await app.register(fastifyStatic, { root: dist, serve: false, preCompressed: true });
    for (const name of filesIn(dist)) {
      const access = pages.login.includes(`"/${name}"`) ? 'public' : 'viewer';
      // Names of assets change with what is in them.
      const isFixed = name.startsWith('assets/');
      app.get(`/${name}`, { config: { access }, schema: { hide: true } }, async (_, reply) =>
        reply.sendFile(name, isFixed ? { immutable: true, maxAge: '365d' } : { maxAge: 0 }),
      );
    }
  };

/** Whether somebody asks for a page, rather than for data or a file. */
export const isPage = ({ method, url, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !/^\/(api|queue|assets)(\/|$|\?)/.test(url) &&
  (headers.accept ?? '').includes('text/html');

function findPages(dist: string): { index: string; login: string } | undefined {
  const read = (name: string) => {
    const path = join(dist, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  };
  const index = read('index.html');
  return index === undefined ? undefined : { index, login: read('login.html') ?? index };
}

/** @returns the files beside the pages, as paths below the folder */
function filesIn(dist: string): string[] {
  return readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(html|br|gz)$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name).slice(dist.length + 1))
    .map((path) => path.replaceAll('\\', '/'));
}
