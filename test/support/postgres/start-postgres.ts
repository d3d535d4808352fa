import type { TestProject } from 'vitest/node';
import { findPostgres } from './find-postgres.ts';
import { PostgresServer } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Only set for tests on Postgres. */
    postgresUrl: string;
  }
}

/**
 * Starts the Postgres server that all test files of a run share. Does not wait for it: only tests that
 * use the server do.
 *
 * @returns a function that stops the server
 */
export default async function startPostgres({ provide }: TestProject) {
  const bin = findPostgres();
  if (bin === undefined) throw new Error('Postgres is not installed.');
  const server = await PostgresServer.make(bin);
  provide('postgresUrl', server.url);
  const starting = server.create();
  starting.catch((error: unknown) => process.stderr.write(`${error}\n`));
  return async () => {
    await starting.catch(() => {});
    await server.dispose();
  };
}
