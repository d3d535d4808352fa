import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { Client, Pool, type PoolClient, types } from 'pg';
import { explainPostgresError } from './postgres-trouble.ts';
import { LedgerUnreachable } from './unreachable.ts';

/** The most connections of one process; statements beyond that wait for each other. */
const CONNECTIONS = 10;
/** How long a connection may take to come about, in milliseconds. */
const CONNECT_MS = 10_000;
/** A process that is silent for so long within a transaction lets others go on, in milliseconds. */
const SILENT_MS = 60_000;

/** Sums and counts are whole and small enough for a number; `pg` would give them as text. */
const WIDE_NUMBERS: readonly number[] = [types.builtins.INT8, types.builtins.NUMERIC];

/**
 * @param name of the ledger in errors
 * @returns connections to a Postgres server whose errors a person can understand
 */
export function openPool(url: string, name: string): PostgresPool {
  const pool = new Pool({
    Client: TidyClient,
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    idle_in_transaction_session_timeout: SILENT_MS,
    fallback_application_name: 'bulk-invite',
    keepAlive: true,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        WIDE_NUMBERS.includes(oid) ? Number : types.getTypeParser(oid, format),
    },
  });
  // Whoever uses a broken connection next is told; nobody hears what happens between statements.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const known = new WeakMap<PoolClient, PostgresPoolClient>();
  return {
    options: {},
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        throw explainPostgresError(error, name, 'connecting');
      });
      const candid = known.get(client) ?? new CandidClient(client, name);
      known.set(client, candid);
      return candid;
    },
  };
}

/** When it may not log in, `pg` leaves the connection open, and the process could not end. */
class TidyClient extends Client {
  override connect(): Promise<this>;
  override connect(told: (error?: Error) => void): void;
  override connect(told?: (error?: Error) => void): unknown {
    if (told === undefined) return super.connect();
    return super.connect((error: Error | null) => {
      if (error) this.end(() => {});
      told(error ?? undefined);
    });
  }
}

class CandidClient implements PostgresPoolClient {
  readonly #client: PoolClient;
  readonly #name: string;
  #isLost = false;

  constructor(client: PoolClient, name: string) {
    this.#client = client;
    this.#name = name;
  }

  query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query(text: unknown, parameters: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new TypeError('The ledger reads page by page.');
    return this.#client.query(text, parameters.map(storable)).catch((error: unknown) => {
      const explained = explainPostgresError(error, this.#name, 'at work');
      this.#isLost ||= explained instanceof LedgerUnreachable;
      throw explained;
    });
  }

  /** The server says that it ends the connection a moment before it does: nobody gets it again. */
  release(destroy = false): void {
    this.#client.release(destroy || this.#isLost);
  }
}

/** Postgres stores any character but NUL, which stands in damaged files. */
function storable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(storable);
  return typeof value === 'string' && value.includes('\0')
    ? value.replaceAll('\0', '\uFFFD')
    : value;
}
