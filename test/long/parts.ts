import { globSync, readFileSync } from 'node:fs';
import { findPostgres } from '../support/postgres/find-postgres.ts';
import type { Part } from './run-part.ts';

const VITEST = 'node_modules/vitest/vitest.mjs';
/** A soak ends when all that was begun has ended, which takes up to three minutes more. */
const SOAK_MINUTES = 5;
/** No seed is begun after so many minutes; one that takes more than 200 seconds counts as never ending. */
const CHAOS_MINUTES = 2;

/**
 * The parts of the long checks, the longest first. Two at a time take nine minutes; were each at its limit,
 * eighteen.
 *
 * @param seed from which those parts begin that try other examples each time
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
      limitSeconds: 500,
    },
    {
      name: `chaos on SQLite, from seed ${seed}`,
      command: ['node', ...chaos, '--seeds', '200'],
      limitSeconds: 340,
    },
    {
      name: `trials of two workers, from seed ${seed}`,
      command: ['node', VITEST, 'run', 'test/chaos/turns'],
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
