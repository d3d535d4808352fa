import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { TLSSocket } from 'node:tls';

/** Where Node.js tells that an answer to a request has begun. */
const ANSWERED = 'http.client.response.finish';

/** What connections to a host are seen to show. */
export interface CertificateWatch extends Disposable {
  /** Until when the latest certificate is valid, in Unix milliseconds; undefined: none was seen. */
  readonly endsAt: number | undefined;
}

/**
 * Looks at the certificate of each connection to a host over which an answer comes, wherever in the
 * process it was asked for, so that it is the one that requests meet: behind a proxy as well.
 *
 * @param host with its port, unless it is the usual one
 */
export function watchCertificate(host: string): CertificateWatch {
  let endsAt: number | undefined;
  const inspect = (message: unknown) => {
    const { request } = message as { request: ClientRequest };
    if (!(request.socket instanceof TLSSocket) || request.getHeader('host') !== host) return;
    const end = Date.parse(request.socket.getPeerCertificate().valid_to);
    if (!Number.isNaN(end)) endsAt = end;
  };
  subscribe(ANSWERED, inspect);
  return {
    get endsAt() {
      return endsAt;
    },
    [Symbol.dispose]: () => void unsubscribe(ANSWERED, inspect),
  };
}
