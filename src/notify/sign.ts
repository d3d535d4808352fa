import { Webhook } from 'standardwebhooks';
import type { Secret } from '../domain/text/secret.ts';

/**
 * Signs a notification as Standard Webhooks (https://www.standardwebhooks.com) has it, so that any of its
 * libraries can verify it.
 *
 * @param secret used as it is, or in base64 after `whsec_`
 * @returns the headers that name, date and sign the body
 */
export function signedHeaders(
  id: string,
  body: string,
  at: Date,
  secret: Secret,
): Record<string, string> {
  const text = secret.reveal();
  const webhook = text.startsWith('whsec_')
    ? new Webhook(text)
    : new Webhook(text, { format: 'raw' });
  return {
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': webhook.sign(id, at, body),
  };
}
