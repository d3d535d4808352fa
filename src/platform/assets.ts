import { fileURLToPath } from 'node:url';

/** Whether this is the built program, whose files all stand in `dist`, rather than the sources. */
const isBuilt = import.meta.url.endsWith('.js');

const ROOT = new URL(isBuilt ? '..' : '../..', import.meta.url);

const find = (path: string): string => fileURLToPath(new URL(path, ROOT));

/** The package's folder. */
export const PACKAGE = find('.');

/** The package's own description: its version. */
export const MANIFEST = find('package.json');

/** The table that the demo imports. */
export const SAMPLE = find('fixtures/onboarding.csv');

/** The folder of the page, as `npm run build` makes it. */
export const PAGE = find('dist/page');

/** The folder of the queue page's files; undefined: the package that brings them finds them. */
export const QUEUE_PAGE = isBuilt ? find('dist/queue-page') : undefined;

/** The main module of a thread that reads files into the ledger. */
export const READER_THREAD = find(
  isBuilt ? 'dist/ingest-worker.js' : 'src/ingest/worker/ingest-worker.ts',
);

/** @returns the path of a part of the budget's script, by its name */
export const budgetScript = (part: string): string =>
  find(isBuilt ? `dist/${part}.lua` : `src/portal/budget/${part}.lua`);
