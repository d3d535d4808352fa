import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { Client, Pool, type PoolClient, types } from 'pg';
import { LedgerUnreachable } from '../db/ledger-unreachable.ts';
import { explainPostgresError } from './postgres-errors.ts';
import { received, type SilenceOptions } from './postgres-keepalive.ts';

/** The most connections of one process; statements beyond that wait for each other. */
const CONNECTIONS = 10;
/** How long a connection may take to come about, in milliseconds. */
const CONNECT_MS = 10_000;
/** After how long without a word a connection between statements is tried, in milliseconds. */
const KEEP_ALIVE_MS = 10_000;
/** How long connections may take to end, which those to a lost server never do, in milliseconds. */
const END_MS = 2_000;

/** Sums and counts are whole and small enough for a number; `pg` would give them as text. */
const WIDE_NUMBERS: readonly number[] = [types.builtins.INT8, types.builtins.NUMERIC];

/**
 * Nothing is set when a connection is made but what every pooler passes on: PgBouncer refuses other
 * startup parameters, and a connection to it has no session of its own.
 *
 * @param name of the ledger in errors
 * @returns connections to a Postgres server whose errors a person can understand
 */
export function openPool(url: string, name: string, silence: SilenceOptions = {}): PostgresPool {
  const pool = new Pool({
    Client: TidyClient,
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    fallback_application_name: 'bulk-invite',
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        WIDE_NUMBERS.includes(oid) ? Number : types.getTypeParser(oid, format),
    },
  });
  // Whoever uses a broken connection next is told; nobody hears what happens between statements.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const answered: Answered = (answer, pid) => received(answer, url, pid, silence);
  const known = new WeakMap<PoolClient, PostgresPoolClient>();
  return {
    options: {},
    end: () => Promise.race([pool.end(), sleep(END_MS, undefined, { ref: false })]),
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        throw explainPostgresError(error, name, 'connecting');
      });
      const candid = known.get(client) ?? new CandidClient(client, name, answered);
      known.set(client, candid);
      return candid;
    },
  };
}

/** When it may not log in, `pg` leaves the connection open, and the process could not end. */
class TidyClient extends Client {
  override connect(): Promise<this>;
  override connect(done: (error?: Error) => void): void;
  override connect(done?: (error?: Error) => void): unknown {
    if (done === undefined) return super.connect();
    return super.connect((error: Error | null) => {
      if (error) this.end(() => {});
      done(error ?? undefined);
    });
  }
}

/** Rejects when the answer of the server's process will never come. */
type Answered = <T>(answer: Promise<T>, pid: number | undefined) => Promise<T>;

class CandidClient implements PostgresPoolClient {
  readonly #client: PoolClient;
  readonly #name: string;
  readonly #answered: Answered;
  #lost: unknown;

  constructor(client: PoolClient, name: string, answered: Answered) {
    this.#client = client;
    this.#name = name;
    this.#answered = answered;
  }

  query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query(text: unknown, parameters: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new TypeError('The ledger reads page by page.');
    // Nobody would answer a rollback either.
    if (this.#lost !== undefined) return Promise.reject(this.#lost);
    const client = this.#client;
    const pid = 'processID' in client ? Number(client.processID) : undefined;
    const answer = client.query(text, parameters.map(storable));
    return this.#answered(answer, pid).catch((error: unknown) => {
      const explained = explainPostgresError(error, this.#name, 'at work');
      if (explained instanceof LedgerUnreachable) this.#lost = explained;
      throw explained;
    });
  }

  /** The server says that it ends the connection a moment before it does: nobody gets it again. */
  release(destroy = false): void {
    this.#client.release(destroy || this.#lost !== undefined);
  }
}

/** Postgres stores any character but NUL, which stands in damaged files. */
function storable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(storable);
  return typeof value === 'string' && value.includes('\0')
    ? value.replaceAll('\0', '\uFFFD')
    : value;
}
