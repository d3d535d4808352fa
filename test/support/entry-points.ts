import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const find = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/**
 * What tests start as processes and threads: the built program, which loads in half the time.
 * `TEST_PROGRAM=src/cli.ts` has them start the sources, so that coverage counts those.
 */
const given = process.env.TEST_PROGRAM;

export const CLI = find(given ?? 'dist/cli.js');

/** Undefined: the one of the sources, which a server in the test's own process takes by itself. */
export const READER_THREAD = given === undefined ? find('dist/ingest-worker.js') : undefined;

/** For `NODE_COMPILE_CACHE` of started processes: nearly halves what each start costs. */
export const COMPILE_CACHE = join(tmpdir(), 'bulk-invite-compile-cache');
