import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP relay in front of a server that can stop forwarding without closing connections. */
export interface Relay extends AsyncDisposable {
  readonly port: number;
  /** Stops forwarding in both directions, for current and new connections, without closing them. */
  stall(): void;
  /** Stops forwarding for the current connections only, like a firewall that loses its state. */
  dropState(): void;
  /** Forwards delayed and new data again; connections before `dropState` stay silent. */
  resume(): void;
}

/** @param port port of the server on the loopback interface */
export async function openRelay(port: number): Promise<Relay> {
  const all = new Set<Link>();
  let links = new Set<Link>();
  let stalled = false;
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const link = new Link(client, connect({ port, host: '127.0.0.1', allowHalfOpen: true }));
    all.add(link);
    links.add(link);
    if (stalled) link.stall();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The relay has no port.');
  return {
    port: address.port,
    stall() {
      stalled = true;
      for (const link of links) link.stall();
    },
    dropState() {
      for (const link of links) link.stall();
      links = new Set();
    },
    resume() {
      stalled = false;
      for (const link of links) link.resume();
    },
    async [Symbol.asyncDispose]() {
      for (const link of all) link.end();
      server.close();
      server.unref();
    },
  };
}

/** One forwarded connection. */
class Link {
  readonly #ends: readonly [Socket, Socket];
  #stalled = false;

  constructor(client: Socket, upstream: Socket) {
    this.#ends = [client, upstream];
    this.#join(client, upstream);
    this.#join(upstream, client);
  }

  stall(): void {
    this.#stalled = true;
    for (const end of this.#ends) end.pause();
  }

  /** Forwards data again; closes both ends if one was closed in the meantime. */
  resume(): void {
    this.#stalled = false;
    if (this.#ends.some((end) => end.destroyed)) this.end();
    for (const end of this.#ends) end.resume();
  }

  end(): void {
    for (const end of this.#ends) end.destroy();
  }

  #join(from: Socket, to: Socket): void {
    from.on('data', (data) => to.write(data));
    from.on('end', () => to.end());
    from.on('error', () => {});
    from.on('close', () => {
      if (!this.#stalled) to.destroy();
    });
  }
}
