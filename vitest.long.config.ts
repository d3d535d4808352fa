import { defineConfig } from 'vitest/config';
import { findPostgres } from './test/support/postgres/find-postgres.ts';
import { COMMON, LATER_ON_POSTGRES } from './vitest.config.ts';

const POSTGRES = 'test/long/postgres/**/*.test.ts';
// These tests start many processes and run in parallel with other parts of the long checks.
const few = { maxWorkers: 2 };

const others = {
  extends: true as const,
  test: { ...few, name: 'long', include: ['test/long/**/*.test.ts'], exclude: [POSTGRES] },
};

const postgres = {
  extends: true as const,
  test: {
    ...few,
    name: 'long, on Postgres',
    include: [POSTGRES, ...LATER_ON_POSTGRES],
    globalSetup: ['test/support/postgres/start-postgres.ts'],
  },
};

/** Tests that are too slow for `npm test`; `npm run check:long` runs them. */
export default defineConfig({
  test: {
    ...COMMON,
    projects: findPostgres() === undefined ? [others] : [others, postgres],
    globalSetup: ['test/support/vitest/build-program.ts'],
  },
});
