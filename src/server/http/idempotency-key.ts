import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Db } from '../../ledger/db/schema.ts';
import { findKey, rememberKey } from '../../ledger/imports/idempotency-keys.ts';
import { HttpProblem } from './http-problem.ts';

const WORDS =
  'Names the request (draft-ietf-httpapi-idempotency-key-header), 1 to 255 visible characters of ASCII, with or without quotes. Repeating the request with the same key within a day has no further effect and returns the same import in its current state; another request with the key is 422; while the first is in progress, 409';

/** The header's place in the description of the API; other headers are nobody's business. */
export const IDEMPOTENCY_HEADERS = z.looseObject({
  'idempotency-key': z.string().optional().meta({ description: WORDS }),
});

/** Keys of requests that are under way in this process; in the ledger each belongs to one request anyway. */
export class KeysInFlight {
  readonly #keys = new Set<string>();

  /**
   * Keeps others with the same key out until it is disposed of.
   *
   * @param header as it was sent; undefined: nobody need be kept out
   * @throws HttpProblem when it is no key, or a request with it is under way
   */
  enter(header: string | undefined): Disposable & { key: string | undefined } {
    const key = header === undefined ? undefined : parseKey(header);
    if (key !== undefined) {
      if (this.#keys.has(key)) throw inFlight();
      this.#keys.add(key);
    }
    return {
      key,
      [Symbol.dispose]: () => {
        if (key !== undefined) this.#keys.delete(key);
      },
    };
  }
}

/**
 * Obeys an order about an import once for each key. The key is noted when it was obeyed: every order is
 * harmless twice, and what ends the program in between leaves no key of what was not done.
 *
 * @param order obeys it. @returns the import that it has led to
 * @returns that import's id, also where the order was obeyed before
 * @throws HttpProblem when the key is none, belongs to another request, or is under way
 */
export async function runOnce(
  db: Db,
  keys: KeysInFlight,
  { method, url, body, headers }: FastifyRequest,
  order: () => Promise<number>,
): Promise<number> {
  const header = headers['idempotency-key'];
  using entered = keys.enter(header === undefined ? undefined : `${header}`);
  const { key } = entered;
  if (key === undefined) return order();
  const content = JSON.stringify([method, url, body ?? null]);
  const request = { key, fingerprint: createHash('sha256').update(content).digest('hex') };
  const known = await findKey(db, request);
  if (known?.isSame === false) throw keyReused();
  if (known !== undefined) return known.importId;
  const importId = await order();
  await db.transaction().execute(async (tx) => {
    // Another process may have noted it meanwhile.
    if ((await findKey(tx, request)) === undefined) {
      await rememberKey(tx, request, importId, false);
    }
  });
  return importId;
}

function parseKey(header: string): string {
  const [, quoted, bare] =
    /^(?:"([\x21\x23-\x7e]{1,255})"|([\x21\x23-\x7e]{1,255}))$/.exec(header) ?? [];
  const key = quoted ?? bare;
  if (key !== undefined) return key;
  throw new HttpProblem('invalid_request', 'The Idempotency-Key is not valid.', {
    remedy: 'Send one of 1 to 255 visible characters of ASCII, for example a UUID.',
    coded: { code: 'key_malformed', params: {} },
  });
}

const inFlight = () =>
  new HttpProblem('key_in_flight', 'A request with this Idempotency-Key is in progress.', {
    remedy: 'Wait for its answer, or send it again a little later.',
    coded: { code: 'key_in_flight', params: {} },
  });

const keyReused = () =>
  new HttpProblem(
    'key_reused',
    'The Idempotency-Key was sent with another request within the last day.',
    {
      remedy: 'Use a new key for each new request, for example a UUID.',
      coded: { code: 'key_reused', params: {} },
    },
  );
