import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A stretch of network in front of a server, which can be cut without a word to either side. */
export interface Relay extends AsyncDisposable {
  readonly port: number;
  /** From now on nothing comes through, in no direction, and nobody is told. */
  stall(): void;
  /** As a firewall does: nothing of what is connected now comes through any more, all else does. */
  forget(): void;
  /** What was held back comes through, and all that follows. */
  resume(): void;
}

/** @param port of the server on the loopback */
export async function openRelay(port: number): Promise<Relay> {
  const all = new Set<Way>();
  let ways = new Set<Way>();
  let stalled = false;
  const server = createServer({ allowHalfOpen: true }, (guest) => {
    const way = new Way(guest, connect({ port, host: '127.0.0.1', allowHalfOpen: true }));
    all.add(way);
    ways.add(way);
    if (stalled) way.stall();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The relay has no port.');
  return {
    port: address.port,
    stall() {
      stalled = true;
      for (const way of ways) way.stall();
    },
    forget() {
      for (const way of ways) way.stall();
      ways = new Set();
    },
    resume() {
      stalled = false;
      for (const way of ways) way.resume();
    },
    async [Symbol.asyncDispose]() {
      for (const way of all) way.end();
      server.close();
      server.unref();
    },
  };
}

/** One connection, from end to end. */
class Way {
  readonly #ends: readonly [Socket, Socket];
  #stalled = false;

  constructor(guest: Socket, host: Socket) {
    this.#ends = [guest, host];
    this.#join(guest, host);
    this.#join(host, guest);
  }

  stall(): void {
    this.#stalled = true;
    for (const end of this.#ends) end.pause();
  }

  /** One end may have given up meanwhile, which the other is told now. */
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
