import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type Server, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';

/** A proxy that is the only way to hosts whose names nothing else knows. */
export interface CompanyProxy extends AsyncDisposable {
  /** With a password in it: `pa55word`. */
  readonly url: string;
  /** Host and port. */
  readonly host: string;
  /** What was asked for, in order: `CONNECT HOST:PORT`, or a request's method and address. */
  readonly requests: readonly string[];
  /** Answers further requests with this status; 0 closes their connections. Open tunnels stay. */
  refuse(status: number): void;
  /** Lets further requests through. */
  admit(): void;
}

const LOGIN = `Basic ${Buffer.from('ann:pa55word').toString('base64')}`;

/**
 * Starts a proxy that lets CONNECT through, and nothing else, with user and password.
 *
 * @param ports the port on this machine for each `HOST:PORT`
 */
export async function startProxy(ports: Readonly<Record<string, number>>): Promise<CompanyProxy> {
  const requests: string[] = [];
  let refusal: number | undefined;
  const server = createServer(({ method, url }, response) => {
    requests.push(`${method} ${url}`);
    response.writeHead(405).end();
  });
  server.on('connect', ({ url = '', headers }, guest: Socket) => {
    requests.push(`CONNECT ${url}`);
    guest.on('error', () => {});
    const login = headers['proxy-authorization'];
    const status = refusal ?? (login === LOGIN ? undefined : 407);
    if (status === 0) return void guest.destroy();
    if (status !== undefined) return void guest.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const port = ports[url];
    if (port === undefined) return void guest.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    guest.write('HTTP/1.1 200 Connection established\r\n\r\n');
    pipeline(guest, connect(port, '127.0.0.1'), guest, () => {});
  });
  const { port, close } = await listen(server);
  return {
    url: `http://ann:pa55word@127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    requests,
    refuse: (status) => {
      refusal = status;
    },
    admit: () => {
      refusal = undefined;
    },
    [Symbol.asyncDispose]: close,
  };
}

/** Starts a server that takes TLS off what it receives, as in front of a portal. */
export async function startTlsFront(
  identity: { key: string; cert: string },
  target: number,
): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createTlsServer(identity, (guest) => {
    pipeline(guest, connect(target, '127.0.0.1'), guest, () => {});
  });
  server.on('tlsClientError', () => {});
  const { port, close } = await listen(server);
  return { port, [Symbol.asyncDispose]: close };
}

/** The same for HTTP, with a connection for each request, so that a client needs the proxy for each. */
export async function startHttpsFront(
  identity: { key: string; cert: string },
  target: number,
): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createHttpsServer(identity, (request, response) => {
    const { method, url, headers } = request;
    const forwarded = httpRequest({ port: target, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, { ...answer.headers, connection: 'close' });
      pipeline(answer, response, () => {});
    });
    forwarded.on('error', () => response.destroy());
    pipeline(request, forwarded, () => {});
  });
  const { port, close } = await listen(server);
  return { port, [Symbol.asyncDispose]: close };
}

async function listen(server: Server) {
  const guests = new Set<Socket>();
  server.on('connection', (guest: Socket) => {
    guests.add(guest.on('error', () => {}).on('close', () => guests.delete(guest)));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const close = async () => {
    const closed = once(server, 'close');
    server.close();
    for (const guest of guests) guest.destroy();
    await closed;
  };
  return { port: address.port, close };
}
