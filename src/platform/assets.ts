import { fileURLToPath } from 'node:url';

/** Whether this is the built program, with all its files in `dist`, and not the sources. */
const isBuilt = import.meta.url.endsWith('.js');

const ROOT = new URL(isBuilt ? '..' : '../..', import.meta.url);

const find = (path: string): string => fileURLToPath(new URL(path, ROOT));

/** The package's folder. */
export const PACKAGE = find('.');

/** The package.json, which states the version. */
export const MANIFEST = find('package.json');

/** The table that the demo imports. */
export const SAMPLE = find('fixtures/onboarding.csv');

/** The folder of the dashboard, as `npm run build` writes it. */
export const PAGE = find('dist/page');

/** The folder of the queue page's files; undefined: the package of the queue page finds its own. */
export const QUEUE_PAGE = isBuilt ? find('dist/queue-page') : undefined;

/** The main module of a worker thread that reads files into the ledger. */
export const READER_THREAD = find(
  isBuilt ? 'dist/ingest-worker.js' : 'src/ingest/worker/ingest-worker.ts',
);

/** @returns the path of a part of the budget's Lua script, by its name */
export const budgetScript = (part: string): string =>
  find(isBuilt ? `dist/${part}.lua` : `src/portal/budget/${part}.lua`);
