import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { findPostgres } from './test/support/postgres/find-postgres.ts';
import { hasManyTrials } from './test/support/vitest/many-trials.ts';
import { readPropertySettings } from './test/support/vitest/property-settings.ts';

/** Tests of the ledger on both databases. */
const ON_BOTH = [
  ...[
    'test/ledger/**/*.test.ts',
    'test/ingest/**/*.test.ts',
    'test/invite/{answers,import-lifecycle}.test.ts',
    'test/records/forget-person.test.ts',
  ],
  ...(hasManyTrials() ? ['test/chaos/{turns,undo}/*.test.ts'] : []),
];
/** Tests of SQLite files, or of code that runs before the ledger. */
const ON_SQLITE = [
  ...['test/ledger/db/database.test.ts', 'test/ledger/external-sort/external-sort.test.ts'],
  ...['ingest', 'kept-source', 'unresolved'].map((name) => `test/ingest/${name}.test.ts`),
];
const ON_POSTGRES = ['test/postgres/*.test.ts'];
/** Tests that are slow on Postgres and add little there: only the long checks run them on Postgres. */
export const LATER_ON_POSTGRES = [
  'test/ledger/tallies/tallies.properties.test.ts',
  'test/ledger/db/interrupted-writes.test.ts',
  'test/ledger/checks/earlier-relations.test.ts',
  'test/ledger/pairs/pair-intake.test.ts',
  'test/ledger/imports/{purge-imports,purge-all,remove-import}.test.ts',
  'test/ledger/results/{long-texts,person-pages}.test.ts',
  'test/ledger/delivery/{chunks,retry-pairs,retry-orders}.test.ts',
  'test/ingest/{limit-pairs,long-cells,two-readers}.test.ts',
  'test/invite/import-lifecycle.test.ts',
];
/** Tests of vitest.long.config.ts. */
const LONG = ['test/long/**'];

const canHavePostgres = findPostgres() !== undefined;
if (!canHavePostgres) {
  process.stderr.write('Postgres is not installed: the ledger is not tested on it.\n');
}

/** Tests that mostly wait: for other programs, browsers, servers, leases or the clock. */
const WAITING = [
  ...['e2e', 'dashboard', 'chaos', 'server', 'workers', 'queue', 'redis', 'notify'].map(
    (folder) => `test/${folder}/**/*.test.ts`,
  ),
  'test/invite/{outage,fairness,reconcile}.test.ts',
];
/** The longest waits start first; otherwise these small files would run last and alone. */
const EARLY = /\/test\/(chaos|e2e|postgres|dashboard|server\/uploads)\//;

/** Groups the files by project, because a worker that changes the project reloads all modules. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const early = sorted.filter(({ moduleId }) => EARLY.test(moduleId));
    const byProject = Map.groupBy(
      [...new Set([...early, ...sorted])],
      ({ project }) => project.name,
    );
    return [...byProject.values()].flat();
  }
}

/** Waiting tests use little processor time, so more of them run at once than of computing tests. */
const waits = { sequence: { groupOrder: 0 }, maxWorkers: 5 };
const computes = { sequence: { groupOrder: 1 }, maxWorkers: 3 };

const programs = {
  extends: true as const,
  test: { ...waits, name: 'programs', include: WAITING },
};

const postgres = {
  extends: true as const,
  test: {
    ...waits,
    name: 'Postgres',
    include: [...ON_BOTH, ...ON_POSTGRES],
    exclude: [...ON_SQLITE, ...LATER_ON_POSTGRES],
    globalSetup: ['test/support/postgres/start-postgres.ts'],
  },
};

const sqlite = {
  extends: true as const,
  test: {
    ...computes,
    name: 'SQLite',
    include: ['test/**/*.test.ts'],
    exclude: [...WAITING, ...ON_POSTGRES, ...LONG],
  },
};

/** Settings of all tests, including the long ones. */
export const COMMON = {
  // Test files do not affect each other, and reloading all modules took a fifth of the time.
  isolate: false,
  setupFiles: ['test/support/vitest/properties.ts'],
  provide: { properties: readPropertySettings() },
  // Timeouts only end tests that hang; they do not depend on the speed of the machine.
  expect: { poll: { timeout: 90_000 } },
  testTimeout: 240_000,
  hookTimeout: 240_000,
};

export default defineConfig({
  test: {
    ...COMMON,
    projects: canHavePostgres ? [programs, postgres, sqlite] : [programs, sqlite],
    globalSetup: ['test/support/vitest/build-program.ts'],
    sequence: { sequencer: LongestFirst },
  },
});
