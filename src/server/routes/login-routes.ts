import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { refuseForeign } from '../access/guard.ts';
import { confirmationPage, usedLinkPage } from '../access/login-link-page.ts';
import type { Pages } from '../pages/page-files.ts';
import type { ServerContext } from '../server-context.ts';

/** Other parameters, such as the page to open afterwards, are for the page only. */
const LoginQuery = z.looseObject({ token: z.string().optional() });
const FORM = 'application/x-www-form-urlencoded';
const FORM_BYTES = 1_000;

/**
 * The login page and login links. Fetching a link does not use it up; only its page's button does.
 *
 * @param basePath as in `Config`. @default none
 */
export const loginRoutes =
  (
    { sessions, loginLinks }: Pick<ServerContext, 'sessions' | 'loginLinks'>,
    pages: Pages,
    basePath = '',
  ): FastifyPluginAsyncZod =>
  async (app) => {
    const config = { access: 'public' } as const;

    app.get(
      '/login',
      { config, schema: { hide: true, querystring: LoginQuery } },
      async (request, reply) => {
        const { token } = request.query;
        if (token === undefined) return pages.show('login', reply);
        if (loginLinks?.isGood(token) === true) {
          return sendPage(reply, confirmationPage(token, basePath, request, reply));
        }
        if (sessions.find(request) !== undefined) return reply.redirect(`${basePath}/`, 303);
        if (loginLinks === undefined) return reply.redirect(`${basePath}/login`, 303);
        return sendPage(reply.code(403), usedLinkPage(request, reply));
      },
    );

    // Forms are accepted only here, because another site could send one.
    app.addContentTypeParser(
      FORM,
      { parseAs: 'string', bodyLimit: FORM_BYTES },
      (_request, body, done) => done(null, { token: new URLSearchParams(`${body}`).get('token') }),
    );

    app.post(
      '/login',
      { config, schema: { hide: true, body: z.object({ token: z.string() }) } },
      async (request, reply) => {
        refuseForeign(request);
        if (loginLinks?.use(request.body.token) !== true) {
          return sendPage(reply.code(403), usedLinkPage(request, reply));
        }
        sessions.open(reply, request, 'admin');
        return reply.redirect(`${basePath}/`, 303);
      },
    );
  };

/** With this policy, the browser says that the form comes from this server. */
const sendPage = (reply: FastifyReply, page: string): FastifyReply =>
  reply.type('text/html; charset=utf-8').header('referrer-policy', 'same-origin').send(page);
