import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { TLSSocket } from 'node:tls';

/** The channel on which Node.js reports that an answer to a request has begun. */
const ANSWERED = 'http.client.response.finish';

/** The certificate seen on connections to a host. */
export interface CertificateWatch extends Disposable {
  /** End of the latest certificate's validity, in Unix milliseconds; undefined: none was seen. */
  readonly endsAt: number | undefined;
}

/** Reads the certificate that requests to a host really get, also behind a proxy. @param host with port */
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
