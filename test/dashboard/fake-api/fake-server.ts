import fastifyHelmet from '@fastify/helmet';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { PAGE } from '../../../src/platform/assets.ts';
import { Guard } from '../../../src/server/access/guard.ts';
import { LoginThrottle } from '../../../src/server/access/login-throttle.ts';
import { Sessions } from '../../../src/server/access/session-cookie.ts';
import { knowMethods } from '../../../src/server/http/allowed-methods.ts';
import { HttpProblem, handleError } from '../../../src/server/http/http-problem.ts';
import { validatorCompiler } from '../../../src/server/http/validate.ts';
import { Pages } from '../../../src/server/pages/page-files.ts';
import { PAGE_POLICY } from '../../../src/server/pages/page-policy.ts';
import { dashboardRoutes, isPage } from '../../../src/server/routes/dashboard-routes.ts';
import { loginRoutes } from '../../../src/server/routes/login-routes.ts';
import { ImportPath } from '../../../src/server/schemas/id-schemas.ts';
import { contractOf, type RequestOf, ROUTE_NAMES, type RouteName } from './contracts.ts';
import type { EventStreams } from './event-streams.ts';

/** Answers requests. */
export interface Backend {
  readonly streams: EventStreams;
  /** The current session; null for none. */
  readonly session: { role: 'admin' | 'viewer' } | null;
  /** Resolves when a request can proceed; false if its connection must be closed. */
  admit(route: string): Promise<boolean>;
  respond(name: RouteName, request: RequestOf<RouteName>): Promise<unknown>;
  /** Records an error: an answer did not match its schema, or its handler failed. */
  fail(error: unknown): void;
}

const NO_TOKENS = { admin: undefined, viewer: undefined };

/**
 * Builds a server for the page and for an API that a backend answers.
 *
 * @param current returns the backend of the current test
 */
export async function buildFakeServer(current: () => Backend): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({ forceCloseConnections: true });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const isApiError = error instanceof HttpProblem || (error.statusCode ?? 500) < 500;
    if (!isApiError) current().fail(error);
    return handleError(error, request, reply);
  });
  app.decorateRequest('caller', null);
  knowMethods(app);
  const expiresAt = new Date(8.64e15);
  const find = () => {
    const { session } = current();
    return session === null ? undefined : { sessionId: '', role: session.role, expiresAt };
  };
  const guard = new Guard(NO_TOKENS, { find }, new LoginThrottle());
  app.addHook('onRequest', async (request, reply) => {
    const { method, raw, routeOptions } = request;
    if (!(await current().admit(`${method} ${routeOptions.url}`))) {
      reply.hijack();
      raw.destroy();
    } else if (!isPage(request)) guard.check(request, reply);
  });
  await app.register(fastifyHelmet, { contentSecurityPolicy: PAGE_POLICY, enableCSPNonces: true });
  app.addContentTypeParser<Buffer>(
    'multipart/form-data',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => formFields(request, body),
  );
  for (const name of ROUTE_NAMES) addRoute(app, name, current);
  app.get('/api/events', async (_, reply) => {
    reply.hijack();
    current().streams.add(reply.raw);
  });
  app.get('/blank', (_, reply) => reply.type('text/plain').send(''));
  const pages = new Pages(PAGE);
  const sessions = new Sessions(NO_TOKENS, { port: 0, dataDir: '', basePath: '' });
  await app.register(loginRoutes({ sessions, loginLinks: undefined }, pages));
  await app.register(dashboardRoutes(pages, PAGE));
  return app;
}

function addRoute(app: FastifyInstance, name: RouteName, current: () => Backend): void {
  const { answer, status = 200, ...takes } = contractOf(name);
  const [method = '', url = ''] = name.split(' ');
  app.route<{ Params: { id?: number } }>({
    ...{ method, url, ...(name === 'POST /api/session' && { config: { access: 'public' } }) },
    schema: {
      ...(url.includes(':id') && { params: ImportPath }),
      ...(takes.query && { querystring: takes.query }),
      ...(takes.body && { body: takes.body }),
      response: { [status]: answer },
    },
    async handler({ params, query, body }, reply) {
      // The schemas of this route have checked them.
      const checked = { id: params.id ?? 0, query, body } as RequestOf<RouteName>;
      const content = await current().respond(name, checked);
      return describe(name, reply).code(status).send(content);
    },
  });
}

const describe = (name: RouteName, reply: FastifyReply): FastifyReply =>
  name.endsWith('.csv')
    ? reply.type('text/csv').header('content-disposition', 'attachment; filename="results.csv"')
    : reply;

/** @returns the fields of a form; a file as its content */
async function formFields(
  { headers }: FastifyRequest,
  body: Buffer,
): Promise<Record<string, string>> {
  const type = headers['content-type'] ?? '';
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const fields: Record<string, string> = {};
  for (const [name, value] of form) {
    fields[name] = typeof value === 'string' ? value : await value.text();
  }
  return fields;
}
