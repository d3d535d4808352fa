import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Pages } from '../pages/page-files.ts';

/** The pages and their files. Without login, only the login page and its files are served. */
export const dashboardRoutes =
  (pages: Pages, folder: string): FastifyPluginAsync =>
  async (app) => {
    // Only the page itself has the list of its addresses.
    app.get('/*', { schema: { hide: true } }, async (request, reply) => {
      if (isPage(request)) return pages.show('index', reply);
      throw app.notHere(request);
    });

    if (!pages.areBuilt) return;
    await app.register(fastifyStatic, { root: folder, serve: false, preCompressed: true });
    for (const name of filesIn(folder)) {
      const access = pages.loginNames(name) ? 'public' : 'viewer';
      // Names of assets change with their content.
      const isFixed = name.startsWith('assets/');
      const config = { access, mayBeKept: isFixed } as const;
      app.get(`/${name}`, { config, schema: { hide: true } }, async (_, reply) =>
        reply.sendFile(name, isFixed ? { immutable: true, maxAge: '365d' } : { maxAge: 0 }),
      );
    }
  };

/** Whether a request is for a page, and not for data or a file. */
export const isPage = ({ method, url, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !/^\/(api|queue|assets)(\/|$|\?)/.test(url) &&
  (headers.accept ?? '').includes('text/html');

/** @returns the files beside the pages, as paths below the folder */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(html|br|gz)$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .map((path) => path.replaceAll('\\', '/'));
}
