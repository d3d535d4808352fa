import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A pooler for a Postgres server that is as strict about startup parameters as PgBouncer. */
export interface StrictPooler extends AsyncDisposable {
  readonly port: number;
  /** Names of all startup parameters that clients have sent. */
  readonly parameters: ReadonlySet<string>;
}

/** Parameters that PgBouncer accepts by default (its manual, `ignore_startup_parameters`). */
const KNOWN: ReadonlySet<string> = new Set([
  ...['database', 'user', 'client_encoding', 'datestyle', 'timezone'],
  ...['standard_conforming_strings', 'application_name'],
]);

const SSL_REQUEST = 80_877_103;
const HEADER_BYTES = 8;

/** @param port port of the server on the loopback interface */
export async function openStrictPooler(port: number): Promise<StrictPooler> {
  const ends = new Set<Socket>();
  const parameters = new Set<string>();
  const keep = (end: Socket): Socket => {
    ends.add(end);
    end.on('error', () => {});
    end.on('close', () => ends.delete(end));
    return end;
  };
  const server = createServer(async (client) => {
    keep(client);
    let head: Buffer<ArrayBufferLike> = Buffer.alloc(0);
    for (;;) {
      const [part]: Buffer[] = await once(client, 'data');
      head = Buffer.concat([head, part ?? Buffer.alloc(0)]);
      if (head.length < HEADER_BYTES || head.length < head.readInt32BE(0)) continue;
      if (head.readInt32BE(4) !== SSL_REQUEST) break;
      head = head.subarray(HEADER_BYTES);
      client.write('N');
    }
    client.pause();
    const names = namesIn(head.subarray(HEADER_BYTES, head.readInt32BE(0)));
    for (const name of names) parameters.add(name);
    const refused = names.find((name) => !KNOWN.has(name.toLowerCase()));
    if (refused !== undefined) {
      client.end(errorMessage(`unsupported startup parameter: ${refused}`));
      return;
    }
    const upstream = keep(connect({ port, host: '127.0.0.1' }));
    upstream.write(head);
    client.pipe(upstream).pipe(client);
    for (const [end, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      end.on('close', () => other.destroy());
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The pooler has no port.');
  return {
    port: address.port,
    parameters,
    async [Symbol.asyncDispose]() {
      for (const end of ends) end.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** @param body body of a startup message: alternating names and values, each terminated by a zero byte */
function namesIn(body: Buffer): string[] {
  const texts = body.toString('utf8').split('\0');
  return texts.filter((text, at) => at % 2 === 0 && text !== '');
}

function errorMessage(text: string): Buffer {
  const fields = `SFATAL\0VFATAL\0C08P01\0M${text}\0\0`;
  const message = Buffer.alloc(5);
  message.write('E');
  message.writeInt32BE(4 + Buffer.byteLength(fields), 1);
  return Buffer.concat([message, Buffer.from(fields)]);
}
