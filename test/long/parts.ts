import { globSync, readFileSync } from 'node:fs';
import { findPostgres } from '../support/postgres/find-postgres.ts';
import type { Part } from './run-part.ts';

const VITEST = 'node_modules/vitest/vitest.mjs';
/** Minutes of the soak; completing its imports takes up to three minutes more. */
const SOAK_MINUTES = 5;
/** Minutes after which no further seed starts; a seed fails after 200 seconds. */
const CHAOS_MINUTES = 2;

/**
 * Returns the parts of the long checks, the longest first. Two at a time take nine minutes, or eighteen
 * if every part reaches its limit.
 *
 * @param seed first seed of the parts that try different examples in each run
 */
export function longParts(seed: number): Part[] {
  const chaos = ['test/chaos/chaos-main.ts', '--from', `${seed}`, '--minutes', `${CHAOS_MINUTES}`];
  const parts: Part[] = [
    {
      name: `soak of ${SOAK_MINUTES} minutes, seed ${seed}`,
      command: [
        'node',
        'test/soak/soak-main.ts',
        '--minutes',
        `${SOAK_MINUTES}`,
        '--seed',
        `${seed}`,
      ],
      limitSeconds: 480,
    },
    {
      name: 'tests that take long',
      command: ['node', VITEST, 'run', '--config', 'vitest.long.config.ts'],
      limitSeconds: 900,
    },
    {
      name: `chaos on SQLite, from seed ${seed}`,
      command: ['node', ...chaos, '--seeds', '200'],
      limitSeconds: 340,
    },
    {
      name: `trials of two workers, from seed ${seed}`,
      command: ['node', VITEST, 'run', 'test/chaos/turns', 'test/chaos/undo'],
      environment: { CHAOS_FROM: `${seed}`, CHAOS_SEEDS: '60' },
      limitSeconds: 240,
    },
    {
      name: `properties, FC_SEED=${seed} FC_RUNS=10`,
      command: ['node', VITEST, 'run', ...filesWithProperties()],
      environment: { FC_SEED: `${seed}`, FC_RUNS: '10' },
      limitSeconds: 300,
    },
  ];
  if (findPostgres() !== undefined) {
    parts.splice(3, 0, {
      name: `chaos on Postgres, from seed ${seed}`,
      command: ['node', ...chaos, '--seeds', '200', '--postgres'],
      limitSeconds: 340,
    });
  }
  return parts;
}

const filesWithProperties = (): string[] =>
  globSync('test/**/*.test.ts').filter((file) => readFileSync(file, 'utf8').includes('fc.assert'));
