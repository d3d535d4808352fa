import { defineConfig } from 'vitest/config';
import { COMMON } from './vitest.config.ts';

/** What takes too long for `npm test`: `npm run check:long` runs it. */
export default defineConfig({
  test: {
    ...COMMON,
    include: ['test/long/**/*.test.ts'],
    // They start many processes, and run beside other parts of the long checks.
    maxWorkers: 2,
  },
});
