import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { problem } from '../../messages/problems.ts';
import { VERSION } from '../../platform/version.ts';
import { refuseForeign } from '../access/guard.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { Login, type Role, Session } from '../schemas/session-schema.ts';
import type { ServerContext } from '../server-context.ts';
import { answers, Nothing, problemsOnly } from './answers.ts';

/** The current session, logging in and logging out. */
export const sessionRoutes =
  ({ config, guard, sessions, monitor }: ServerContext): FastifyPluginAsyncZod =>
  async (app) => {
    const describe = (role: Role, expiresAt: Date | null): Session => ({
      role,
      expiresAt: expiresAt?.toISOString() ?? null,
      version: VERSION,
      portal: monitor.portal,
      maxUploadBytes: config.maxUploadBytes,
      defaultMessage: config.message ?? null,
    });

    app.get('/api/session', { schema: { response: answers(Session) } }, async ({ caller }) => {
      if (caller === null) throw new HttpProblem('login_required', problem('login_needed', {}));
      return describe(caller.role, caller.session?.expiresAt ?? null);
    });

    app.post(
      '/api/session',
      { config: { access: 'public' }, schema: { body: Login, response: answers(Session) } },
      async (request, reply) => {
        // Otherwise another page could log the user in as someone else.
        if (request.headers.origin !== undefined) refuseForeign(request);
        const role = guard.roleOf(request.body.token, request, reply);
        const { expiresAt } = sessions.open(reply, request, role);
        return describe(role, expiresAt);
      },
    );

    app.delete(
      '/api/session',
      { config: { access: 'viewer' }, schema: { response: { 204: Nothing, ...problemsOnly } } },
      async (request, reply) => {
        sessions.close(reply, request);
        return reply.code(204).send(null);
      },
    );
  };
