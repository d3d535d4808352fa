import fc from 'fast-check';
import { inject } from 'vitest';

const { seed, factor } = inject('properties');

/**
 * How often a property is tried.
 *
 * @param times in a plain `npm test`; more where somebody asks for more (`FC_RUNS`)
 */
export const runs = (times: number): number => Math.ceil(times * factor);

// The same examples in each run: whether a change lands is not to depend on luck.
fc.configureGlobal({ seed, numRuns: runs(35) });
