import { createHmac } from 'node:crypto';
import type { Secret } from '../domain/text/secret.ts';

/**
 * Signs a body, so that whoever gets it knows from whom it is, and how old.
 *
 * @param seconds when it leaves, since 1970
 * @returns `t=SECONDS,v1=HEX`, HEX being the HMAC-SHA256 of `SECONDS.BODY`
 */
export function sign(body: string, secret: Secret, seconds: number): string {
  const hmac = createHmac('sha256', secret.reveal()).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${hmac}`;
}
