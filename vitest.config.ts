import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { findPostgres } from './test/support/postgres/find-postgres.ts';
import { wantsManyTrials } from './test/support/vitest/many-trials.ts';
import { readPropertySettings } from './test/support/vitest/property-settings.ts';

/** What must hold of a ledger on any database. */
const ON_BOTH = [
  ...[
    'test/ledger/**/*.test.ts',
    'test/ingest/**/*.test.ts',
    'test/invite/{answers,import-lifecycle}.test.ts',
  ],
  ...(wantsManyTrials() ? ['test/chaos/turns/*.test.ts'] : []),
];
/** What is about a file, or about what is read before the ledger has it. */
const ON_SQLITE = [
  ...['test/ledger/db/database.test.ts', 'test/ledger/external-sort/external-sort.test.ts'],
  ...['ingest', 'kept-source', 'unresolved'].map((name) => `test/ingest/${name}.test.ts`),
];
const ON_POSTGRES = ['test/postgres/*.test.ts'];
/** What takes long on Postgres and says little that is not said on SQLite: the long checks run it there. */
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
/** vitest.long.config.ts has them. */
const LONG = ['test/long/**'];

const canHavePostgres = findPostgres() !== undefined;
if (!canHavePostgres) {
  process.stderr.write('Postgres is not installed: what the ledger does on it is not tested.\n');
}

/** What mostly waits: for other programs, browsers, servers, leases, the clock. */
const WAITING = [
  ...['e2e', 'dashboard', 'chaos', 'server', 'workers', 'queue', 'redis', 'notify'].map(
    (folder) => `test/${folder}/**/*.test.ts`,
  ),
  'test/invite/{outage,fairness,reconcile}.test.ts',
];
/** What waits longest begins first; as a short file it would be the last, and nothing beside it. */
const EARLY = /\/test\/(chaos|e2e|postgres)\//;

/** Project by project, too: a worker that changes from one to another loads everything anew. */
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

/** Those who wait leave the processor to others; of those who compute each costs the others time. */
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

/** What holds of all tests, of the long ones too. */
export const COMMON = {
  // No file changes what another one sees, and loading everything anew took a fifth of the time.
  isolate: false,
  setupFiles: ['test/support/vitest/properties.ts'],
  provide: { properties: readPropertySettings() },
  // Time-outs end tests that hang; none says how fast a machine is.
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
