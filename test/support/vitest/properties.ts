import fc from 'fast-check';
import { inject } from 'vitest';

const { seed, factor } = inject('properties');

/**
 * Number of examples for a property.
 *
 * @param times number in a plain `npm test`; multiplied by `FC_RUNS`
 */
export const runs = (times: number): number => Math.ceil(times * factor);

// The same examples in each run, so that a test result does not depend on chance.
fc.configureGlobal({ seed, numRuns: runs(35) });
