import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problem } from '../../messages/problems.ts';
import { messagePage } from '../pages/message-page.ts';
import { HttpProblem, sendProblem } from './http-problem.ts';
import { pathOf } from './request-path.ts';

/** Probes and Prometheus reach the program without the proxy, so these work without the base path as well. */
const PROBED = /^\/(healthz|readyz|metrics)(\?|$)/;

/**
 * @param base as in `Config`, such as `/bulk-invite`, or empty
 * @returns the path and query below the base path; undefined when the address is outside of it
 * @example belowBase('/bulk-invite/imports/7?x=1', '/bulk-invite') // '/imports/7?x=1'
 * @example belowBase('/bulk-invites', '/bulk-invite') // undefined
 */
export function belowBase(url: string, base: string): string | undefined {
  const path = pathOf(url);
  if (!path.startsWith(base)) return undefined;
  const rest = path.slice(base.length);
  if (rest === '' || rest.startsWith('?')) return `/${rest}`;
  return rest.startsWith('/') ? rest : undefined;
}

/**
 * Refuses requests outside the base path, where the routes would otherwise answer as well: a proxy
 * that removes the path from requests would get pages with addresses that it does not forward.
 * Register it before the guard.
 */
export function refuseOutside(app: FastifyInstance, base: string): void {
  if (base === '') return;
  const outside = new HttpProblem('not_found', problem('outside_base_path', { base }));
  app.addHook('onRequest', async (request, reply) => {
    const { originalUrl } = request;
    if (belowBase(originalUrl, base) !== undefined || PROBED.test(pathOf(originalUrl))) return;
    if (!isForBrowser(request)) return sendProblem(outside, request, reply);
    const page = messagePage(wordsOn(base), request, reply);
    return reply.code(404).type('text/html; charset=utf-8').send(page);
  });
}

const isForBrowser = ({ method, url, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !url.startsWith('/api/') &&
  (headers.accept ?? '').includes('text/html');

const wordsOn = (base: string) => ({
  en: {
    title: 'Bulk Invite is at another address',
    text: `Its address here ends with \`${base}/\`, as BASE_PATH says. If the address is right, a proxy removes the path from requests: it must pass them on with the path.`,
  },
  ru: {
    title: 'Bulk Invite находится по другому адресу',
    text: `Его адрес здесь оканчивается на \`${base}/\`, как задано в BASE_PATH. Если адрес верен, прокси убирает этот путь из запросов: он должен передавать запросы вместе с путём.`,
  },
});
