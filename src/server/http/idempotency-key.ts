import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Db } from '../../ledger/db/schema.ts';
import { findKey, rememberKey } from '../../ledger/imports/idempotency-keys.ts';
import { problem } from '../../messages/problems.ts';
import { HttpProblem } from './http-problem.ts';

const WORDS =
  'Names the request (draft-ietf-httpapi-idempotency-key-header), 1 to 255 visible characters of ASCII, with or without quotes. Repeating the request with the same key within a day has no further effect and returns the same import in its current state; another request with the key is 422; while the first is in progress, 409';

/** Describes the header in the API document; other headers are not checked. */
export const IDEMPOTENCY_HEADERS = z.looseObject({
  'idempotency-key': z.string().optional().meta({ description: WORDS }),
});

/** Keys of requests in progress in this process; in the ledger each belongs to one request. */
export class KeysInFlight {
  readonly #keys = new Set<string>();

  /**
   * Reserves a key until the result is disposed.
   *
   * @param header as received; undefined reserves nothing
   * @throws HttpProblem when the key is malformed, or a request with it is in progress
   */
  enter(header: string | undefined): Disposable & { key: string | undefined } {
    const key = header === undefined ? undefined : parseKey(header);
    if (key !== undefined) {
      if (this.#keys.has(key)) throw new HttpProblem('key_in_flight', problem('key_in_flight', {}));
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
 * Runs an action on an import once per key. The key is stored after the action: every action is
 * safe to repeat, and a crash in between leaves no key of an action that was not done.
 *
 * @param action runs it. @returns the resulting import's id
 * @returns that import's id, also when the action was run before
 * @throws HttpProblem when the key is malformed, belongs to another request, or is in progress
 */
export async function runOnce(
  db: Db,
  keys: KeysInFlight,
  { method, url, body, headers }: FastifyRequest,
  action: () => Promise<number>,
): Promise<number> {
  const header = headers['idempotency-key'];
  using entered = keys.enter(header === undefined ? undefined : `${header}`);
  const { key } = entered;
  if (key === undefined) return action();
  const content = JSON.stringify([method, url, body ?? null]);
  const request = { key, fingerprint: createHash('sha256').update(content).digest('hex') };
  const known = await findKey(db, request);
  if (known?.isSame === false) throw new HttpProblem('key_reused', problem('key_reused', {}));
  if (known !== undefined) return known.importId;
  const importId = await action();
  await db.transaction().execute(async (tx) => {
    // Another process can have stored it meanwhile.
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
  throw new HttpProblem('invalid_request', problem('key_malformed', {}));
}
