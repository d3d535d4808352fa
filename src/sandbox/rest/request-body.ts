import type { IncomingMessage } from 'node:http';

const MAX_BYTES = 4 * 1024 * 1024;

/** The body has more than 4 MiB. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * @returns the whole body as text
 * @throws BodyTooLarge; an error of the stream when the client disconnects meanwhile
 */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    // The excess is read as well: a client that is still sending reads no answer.
    if (size <= MAX_BYTES) chunks.push(bytes);
  }
  if (size > MAX_BYTES) throw new BodyTooLarge('The body has more than 4 MiB.');
  return Buffer.concat(chunks).toString('utf8');
}
