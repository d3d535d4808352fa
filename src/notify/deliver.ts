import pRetry from 'p-retry';
import type { Secret } from '../domain/text/secret.ts';
import type { ClaimedNotice } from '../ledger/imports/notices.ts';
import { signedHeaders } from './sign.ts';

/** Tries of one round, the first included, and how long each may take. */
const TRIES = 3;
const TIMEOUT_MS = 10_000;

/** A round is surely over after so many milliseconds, its pauses included. */
export const ROUND_MS = TRIES * TIMEOUT_MS + 10_000;

/** Where notices go. */
export interface Receiver {
  url: Secret;
  /** Undefined: what is sent carries no signature. */
  secret: Secret | undefined;
  userAgent: string;
}

/**
 * Delivers a notice, with a few tries over seconds.
 *
 * @throws Error saying in words that hold no address why the last try failed
 */
export async function deliver(
  { key, event, body }: ClaimedNotice,
  { url, secret, userAgent }: Receiver,
  signal: AbortSignal,
): Promise<void> {
  const attempt = async (): Promise<void> => {
    const answer = await fetch(url.reveal(), {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'user-agent': userAgent,
        'webhook-id': key,
        'bulk-invite-event': event,
        ...(secret && signedHeaders(key, body, new Date(), secret)),
      },
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    }).catch((cause: unknown) => {
      throw new Error(`it could not be reached (${reasonOf(cause)})`);
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`it answered ${answer.status}`);
  };
  await pRetry(attempt, { retries: TRIES - 1, minTimeout: 500, randomize: true, signal });
}

/** @returns the code of what went wrong; words of errors may repeat the address */
function reasonOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    if (at.name === 'TimeoutError') return 'it took too long';
  }
  return 'no reason given';
}
