import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';

/** What was posted. */
export interface Posted {
  headers: IncomingHttpHeaders;
  body: string;
}

/** How a post is answered: by a status, or by cutting the connection. */
export type Answering = number | 'cut';

/** Somebody who wants to be told the news, over real HTTP. */
export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly posts: readonly Posted[];
  /** Sets how the next posts are answered, one after the other; after them with 204. */
  answer(...how: Answering[]): void;
  /** Resolves when so many posts came. */
  count(posts: number): Promise<void>;
}

/** @param delayMs how long each answer takes */
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
