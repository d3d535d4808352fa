import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

/** A separate database on a server; disposing drops it. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
  /** Executes SQL over a separate connection. @returns the rows */
  query(text: string): Promise<Record<string, unknown>[]>;
  /** Terminates all connections and refuses new ones for some milliseconds. */
  lose(forMs: number): Promise<void>;
}

/** @param serverUrl URL of an existing database on the server */
export async function createDatabaseOn(serverUrl: string): Promise<TestDatabase> {
  const name = `ledger_${randomUUID().slice(0, 8)}`;
  await queryOn(serverUrl, `create database ${name}`);
  const url = serverUrl.replace(/[^/]*$/, name);
  return {
    url,
    query: (text) => queryOn(url, text),
    async lose(forMs) {
      await queryOn(serverUrl, `alter database ${name} allow_connections false`);
      await queryOn(
        serverUrl,
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
      );
      await sleep(forMs);
      await queryOn(serverUrl, `alter database ${name} allow_connections true`);
    },
    async [Symbol.asyncDispose]() {
      await queryOn(serverUrl, `drop database ${name} with (force)`);
    },
  };
}

async function queryOn(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows;
  } finally {
    await client.end();
  }
}
