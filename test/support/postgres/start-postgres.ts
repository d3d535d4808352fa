import type { TestProject } from 'vitest/node';
import { findPostgres } from './find-postgres.ts';
import { PostgresServer } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** There for what is tested on Postgres. */
    postgresUrl: string;
  }
}

/**
 * Starts the Postgres that all files of a run share, without keeping anybody waiting who does not
 * need it.
 *
 * @returns what ends it
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
