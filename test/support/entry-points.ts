import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const find = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/**
 * Program that tests start as processes and threads: the built one, which loads in half the time.
 * With `TEST_PROGRAM=src/cli.ts` tests start the sources, so that coverage includes them.
 */
const given = process.env.TEST_PROGRAM;

export const CLI = find(given ?? 'dist/cli.js');

/** Module of the ingest thread. Undefined: a server in the test's process uses the one of the sources. */
export const READER_THREAD = given === undefined ? find('dist/ingest-worker.js') : undefined;

/** `NODE_COMPILE_CACHE` of started processes; nearly halves the time of each start. */
export const COMPILE_CACHE = join(tmpdir(), 'bulk-invite-compile-cache');
