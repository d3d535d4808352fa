import type { FastifyReply, FastifyRequest } from 'fastify';
import { typed } from '../../platform/invocation.ts';
import { languageOf, messagePage } from '../pages/message-page.ts';

const CONFIRM = {
  en: {
    title: 'Log in to Bulk Invite',
    text: 'This link works only once. Press the button to log in.',
    button: 'Log in',
  },
  ru: {
    title: 'Вход в Bulk Invite',
    text: 'Ссылка действует только один раз. Нажмите кнопку, чтобы войти.',
    button: 'Войти',
  },
} as const;

const USED = {
  en: {
    title: 'This login link is no longer valid',
    text: `It was used already, it has expired, it was replaced by a newer one, or it is incomplete. To get a new one, type \`${typed('login-link')}\` in the folder of Bulk Invite, on the machine where it runs.`,
  },
  ru: {
    title: 'Ссылка для входа больше не действует',
    text: `Она уже использована, устарела, заменена более новой или скопирована не полностью. Чтобы получить новую, выполните \`${typed('login-link')}\` в папке Bulk Invite на компьютере, где он работает.`,
  },
} as const;

type Request = Pick<FastifyRequest, 'headers'>;
type Reply = Pick<FastifyReply, 'cspNonce'>;

/**
 * @param token of a valid link, without characters that need escaping
 * @param basePath as in `Config`
 * @returns a page that logs in when its button is pressed, and not when a program fetches it
 */
export function confirmationPage(
  token: string,
  basePath: string,
  request: Request,
  reply: Reply,
): string {
  const { button } = CONFIRM[languageOf(request.headers['accept-language'])];
  const form = `<form method="post" action="${basePath}/login"><input type="hidden" name="token" value="${token}"><button>${button}</button></form>`;
  return messagePage(CONFIRM, request, reply, form);
}

/** @returns a page that explains why a link does not log in, and how to get a new one */
export const usedLinkPage = (request: Request, reply: Reply): string =>
  messagePage(USED, request, reply);
