import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';

/** A received POST request. */
export interface Posted {
  headers: IncomingHttpHeaders;
  body: string;
}

/** Answer to a POST request: a status, or a closed connection. */
export type Answering = number | 'cut';

/** A receiver of notifications over real HTTP. */
export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly posts: readonly Posted[];
  /** Sets the answers to the next requests, in order; later ones are answered with 204. */
  answer(...how: Answering[]): void;
  /** Resolves when at least `posts` requests have arrived. */
  count(posts: number): Promise<void>;
}

/** @param delayMs delay of each answer, in milliseconds */
export async function startReceiver(port = 0, delayMs = 0): Promise<Receiver> {
  const posts: Posted[] = [];
  let answers: Answering[] = [];
  const received = new EventTarget();
  const server = createServer(async (request, response) => {
    const body = await text(request);
    posts.push({ headers: request.headers, body });
    received.dispatchEvent(new Event('post'));
    setTimeout(() => {
      const how = answers.shift() ?? 204;
      if (how === 'cut') request.socket.destroy();
      else response.writeHead(how).end();
    }, delayMs);
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const address = server.address();
  const at = address === null || typeof address === 'string' ? port : address.port;
  return {
    url: `http://127.0.0.1:${at}/hook/s3cr3t-path`,
    posts,
    answer: (...how) => {
      answers = how;
    },
    async count(wanted) {
      while (posts.length < wanted) {
        await once(received, 'post', { signal: AbortSignal.timeout(90_000) });
      }
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      if (server.listening) await once(server.close(), 'close');
    },
  };
}
