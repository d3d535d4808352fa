import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { Client, Pool, type PoolClient, type QueryConfig, types } from 'pg';
import { LedgerUnreachable } from '../db/ledger-unreachable.ts';
import { explainPostgresError } from './postgres-errors.ts';

/** Most connections of one process; further statements wait for a free one. */
const CONNECTIONS = 10;
/** Longest wait for a new connection, in milliseconds. */
const CONNECT_MS = 10_000;
/** Idle time of a connection before TCP keep-alive probes begin, in milliseconds. */
const KEEP_ALIVE_MS = 10_000;
/** Longest wait for connections to close, in milliseconds; those to a lost server never do. */
const END_MS = 2_000;

/** Time limits of a Postgres ledger; read at each statement. */
export interface PostgresLimits {
  /** Longest wait for the answer to a statement, in milliseconds. @default no limit */
  queryMs?: number | undefined;
}

/** Types of sums and counts: they fit into a number, but `pg` returns them as text. */
const WIDE_NUMBERS: readonly number[] = [types.builtins.INT8, types.builtins.NUMERIC];

/**
 * Opens a pool of connections to a Postgres server that explain their errors. A connection sets only
 * startup parameters that every pooler passes on: PgBouncer refuses others, and a connection to it has
 * no session of its own.
 *
 * @param name name of the ledger in errors
 */
export function openPool(url: string, name: string, limits: PostgresLimits = {}): PostgresPool {
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
  // Errors of idle connections are ignored: the next statement on a broken connection fails anyway.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const known = new WeakMap<PoolClient, PostgresPoolClient>();
  return {
    options: {},
    end: () => Promise.race([pool.end(), sleep(END_MS, undefined, { ref: false })]),
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        throw explainPostgresError(error, name, 'connecting');
      });
      const candid = known.get(client) ?? new CandidClient(client, name, limits);
      known.set(client, candid);
      return candid;
    },
  };
}

/** After a failed login `pg` leaves the connection open, and the process could not exit. */
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

class CandidClient implements PostgresPoolClient {
  readonly #client: PoolClient;
  readonly #name: string;
  readonly #limits: PostgresLimits;
  #lost: unknown;

  constructor(client: PoolClient, name: string, limits: PostgresLimits) {
    this.#client = client;
    this.#name = name;
    this.#limits = limits;
  }

  query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query(text: unknown, parameters: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new TypeError('The ledger reads page by page.');
    // A lost connection does not answer a rollback either.
    if (this.#lost !== undefined) return Promise.reject(this.#lost);
    const { queryMs } = this.#limits;
    const query: QueryConfig & { query_timeout?: number } = {
      ...{ text, values: parameters.map(storable) },
      ...(queryMs !== undefined && { query_timeout: queryMs }),
    };
    return this.#client.query(query).catch((error: unknown) => {
      const explained = explainPostgresError(error, this.#name, 'at work');
      if (explained instanceof LedgerUnreachable) this.#lost = explained;
      throw explained;
    });
  }

  /** Destroys a lost connection: the server announces the end of a connection before it closes it. */
  release(destroy = false): void {
    this.#client.release(destroy || this.#lost !== undefined);
  }
}

/** Replaces NUL, the only character that Postgres cannot store; damaged files contain it. */
function storable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(storable);
  return typeof value === 'string' && value.includes('\0')
    ? value.replaceAll('\0', '\uFFFD')
    : value;
}
