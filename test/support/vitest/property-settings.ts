import { randomInt } from 'node:crypto';

declare module 'vitest' {
  interface ProvidedContext {
    properties: PropertySettings;
  }
}

/** Settings for the properties of a run. */
export interface PropertySettings {
  /** Seed of the examples. */
  readonly seed: number;
  /** Factor for the number of examples, relative to a plain `npm test`. */
  readonly factor: number;
}

/**
 * Reads the settings from the environment: `FC_SEED`, a number or `random` (default 1), and
 * `FC_RUNS`, the factor (default 1). A random seed is printed, so that the run can be repeated.
 *
 * @throws Error when one of them is not a valid number
 */
export function readPropertySettings(environment = process.env): PropertySettings {
  const { FC_SEED = '1', FC_RUNS = '1' } = environment;
  const factor = Number(FC_RUNS);
  const seed = FC_SEED === 'random' ? randomInt(2 ** 31) : Number(FC_SEED);
  if (!Number.isInteger(seed)) throw new Error('FC_SEED must be a whole number or random.');
  if (!(factor > 0)) throw new Error('FC_RUNS must be a number above 0.');
  if (FC_SEED === 'random') {
    process.stderr.write(`Properties: repeat this run with FC_SEED=${seed} FC_RUNS=${factor}\n`);
  }
  return { seed, factor };
}
