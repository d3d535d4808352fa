import { type Exchange, exchange } from '../../platform/network/exchange.ts';
import type { HttpAgents } from '../../platform/network/http-agents.ts';
import { readNext } from '../directory/next-page.ts';
import { type CallTime, readTime } from './call-time.ts';
import { classifyEnding, classifyError, cleanFailure, type PortalFailure } from './failure.ts';
import { parseObject, toText } from './json.ts';
import type { Parameters } from './query-string.ts';
import type { Webhook } from './webhook.ts';

/**
 * Result of one HTTP request. `result` is as the portal sent it: check its shape. `next`
 * is the `start` of a list's next page, when there is one.
 */
export type PostResult =
  | { ok: true; result: unknown; time: CallTime | undefined; next?: number | undefined }
  | { ok: false; failure: PortalFailure };

export interface PostOptions {
  /** Milliseconds after which the request counts as unanswered. */
  timeoutMs: number;
  userAgent: string;
  signal?: AbortSignal | undefined;
  agents: HttpAgents;
  /** Called right before the first byte leaves; false stops the request. @default always true */
  mayLeave?: (() => boolean) | undefined;
}

/**
 * Makes one HTTP request, without the budget.
 *
 * @returns the portal's result or a classified failure; errors of the portal never throw
 */
export async function post(
  webhook: Webhook,
  method: string,
  parameters: Parameters,
  { timeoutMs, userAgent, signal, agents, mayLeave = () => true }: PostOptions,
): Promise<PostResult> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const url = webhook.methodUrl(method);
  const { agent, proxy, connectMs } = agents.routeTo(url);
  const came = await exchange(url, JSON.stringify(parameters), {
    ...{ agent, connectMs },
    headers: { 'content-type': 'application/json', 'user-agent': userAgent },
    signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
    mayLeave,
  });
  if (came.kind === 'answered') return readAnswer(webhook, came);
  const by = signal?.aborted ? 'signal' : timeout.aborted ? 'time_limit' : undefined;
  const failure = classifyEnding({ ...came, by, proxy });
  return { ok: false, failure: cleanFailure(webhook, failure) };
}

function readAnswer(
  webhook: Webhook,
  { status, location, body }: Extract<Exchange, { kind: 'answered' }>,
): PostResult {
  if (status >= 300 && status < 400) {
    const host = URL.parse(location ?? '', webhook.origin)?.host ?? 'elsewhere';
    const isOwn = host === new URL(webhook.origin).host;
    const description = `the portal redirects to ${isOwn ? 'another of its pages' : host}`;
    const moved: PortalFailure = { kind: 'held', code: 'REDIRECT', description };
    return { ok: false, failure: cleanFailure(webhook, moved) };
  }
  const answer = parseObject(body);
  if (answer !== undefined && 'error' in answer) {
    const reported = classifyError(toText(answer.error), toText(answer.error_description));
    return { ok: false, failure: cleanFailure(webhook, reported) };
  }
  if (answer !== undefined && 'result' in answer) {
    const { result, time, next } = answer;
    return { ok: true, result, time: readTime(time), next: readNext(next) };
  }
  const description = `HTTP ${status} without a readable result`;
  return { ok: false, failure: { kind: 'unanswered', code: `HTTP_${status}`, description } };
}
