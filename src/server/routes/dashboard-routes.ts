import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Pages } from '../http/page-files.ts';

/**
 * The pages and the files beside them. Whoever has not logged in gets the login page with the files
 * that it names, and nothing else.
 */
export const dashboard =
  (pages: Pages, folder: string): FastifyPluginAsync =>
  async (app) => {
    // The page's own addresses are known to the page alone.
    app.get('/*', { schema: { hide: true } }, async (request, reply) => {
      if (isPage(request)) return pages.show('index', reply);
      throw app.notHere(request);
    });

    if (!pages.areBuilt) return;
    await app.register(fastifyStatic, { root: folder, serve: false, preCompressed: true });
    for (const name of filesIn(folder)) {
      const access = pages.loginNames(name) ? 'public' : 'viewer';
      // Names of assets change with what is in them.
      const isFixed = name.startsWith('assets/');
      const config = { access, mayBeKept: isFixed } as const;
      app.get(`/${name}`, { config, schema: { hide: true } }, async (_, reply) =>
        reply.sendFile(name, isFixed ? { immutable: true, maxAge: '365d' } : { maxAge: 0 }),
      );
    }
  };

/** Whether somebody asks for a page, rather than for data or a file. */
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
