import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A stretch of network in front of a server, which can be cut without a word to either side. */
export interface Relay extends AsyncDisposable {
  readonly port: number;
  /** From now on nothing comes through, in no direction, and nobody is told. */
  stall(): void;
  /** What was held back comes through, and all that follows. */
  resume(): void;
}

/** @param port of the server on the loopback */
export async function openRelay(port: number): Promise<Relay> {
  const sockets = new Set<Socket>();
  let stalled = false;
  const join = (from: Socket, to: Socket): void => {
    sockets.add(from);
    if (stalled) from.pause();
    from.on('data', (data) => to.write(data));
    // What a cut network loses of an end of a connection is lost for good.
    from.on('end', () => !stalled && to.end());
    from.on('error', () => {});
    from.on('close', () => {
      sockets.delete(from);
      if (!stalled) to.destroy();
    });
  };
  const server = createServer({ allowHalfOpen: true }, (guest) => {
    const host = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    join(guest, host);
    join(host, guest);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The relay has no port.');
  return {
    port: address.port,
    stall() {
      stalled = true;
      for (const socket of sockets) socket.pause();
    },
    resume() {
      stalled = false;
      for (const socket of sockets) socket.resume();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
