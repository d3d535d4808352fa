import pRetry from 'p-retry';
import { certificateFaultIn } from '../domain/errors/certificate-fault.ts';
import type { Secret } from '../domain/text/secret.ts';
import type { ClaimedNotice } from '../ledger/imports/notices.ts';
import { PROXY_UNREACHABLE, readConnectionError } from '../platform/network/connection-error.ts';
import { exchange, type FailedExchange } from '../platform/network/exchange.ts';
import type { HttpAgents } from '../platform/network/http-agents.ts';
import { isWithoutTls } from '../platform/network/tls-error.ts';
import { signedHeaders } from './sign.ts';

/** Attempts of one round, the first included, and the timeout of each in milliseconds. */
const TRIES = 3;
const TIMEOUT_MS = 10_000;

/** Longest duration of a round in milliseconds, its pauses included. */
export const ROUND_MS = TRIES * TIMEOUT_MS + 10_000;

/** Where notices go. */
export interface Receiver {
  url: Secret;
  /** Undefined: requests carry no signature. */
  secret: Secret | undefined;
  userAgent: string;
  agents: HttpAgents;
}

/**
 * Delivers a notice, with a few attempts over seconds.
 *
 * @throws Error that says why the last attempt failed, without the address
 */
export async function deliver(
  { key, event, body }: ClaimedNotice,
  { url, secret, userAgent, agents }: Receiver,
  signal: AbortSignal,
): Promise<void> {
  const attempt = async (): Promise<void> => {
    const { agent, proxy, connectMs } = agents.routeTo(url.reveal());
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const came = await exchange(url.reveal(), body, {
      ...{ agent, connectMs },
      headers: {
        'content-type': 'application/json',
        'user-agent': userAgent,
        'webhook-id': key,
        'bulk-invite-event': event,
        ...(secret && signedHeaders(key, body, new Date(), secret)),
      },
      signal: AbortSignal.any([signal, timeout]),
      mayLeave: () => true,
    });
    const { status } = came;
    if (status !== undefined) {
      // The body does not matter, so it may break off.
      if (status >= 200 && status < 300) return;
      // Beyond a tunnel the answer is the receiver's own.
      const isTunneled = url.reveal().startsWith('https:');
      throw new Error(refusal(status, isTunneled ? undefined : proxy));
    }
    const reason = timeout.aborted || came.kind === 'answered' ? 'timeout' : reasonOf(came, proxy);
    throw new Error(`the receiver could not be reached (${reason})`);
  };
  await pRetry(attempt, { retries: TRIES - 1, minTimeout: 500, randomize: true, signal });
}

/** @param proxy the proxy that may have answered in place of the receiver */
function refusal(status: number, proxy: string | undefined): string {
  if (proxy === undefined) return `the receiver answered ${status}`;
  // Only a proxy asks for a login with this status (RFC 9110, "407 Proxy Authentication Required").
  if (status === 407) return `the proxy ${proxy} refuses (407)`;
  return `the receiver, or the proxy ${proxy}, answered ${status}`;
}

/** @returns the reason without the message of Node.js, which may contain the address */
function reasonOf({ error, hasLeft }: FailedExchange, proxy: string | undefined): string {
  const { code, description } = readConnectionError(error, proxy, hasLeft);
  if (code === PROXY_UNREACHABLE) return `${code}: the proxy ${proxy} cannot be reached`;
  if (code.startsWith('PROXY_') || isWithoutTls(code)) return `${code}: ${description}`;
  const isUntrusted = certificateFaultIn(code) === 'untrusted';
  return isUntrusted ? `${code}: set NODE_EXTRA_CA_CERTS to the file of its authority` : code;
}
