import { defineConfig } from 'vitest/config';
import { readPropertySettings } from './test/support/property-settings.ts';

/** What takes too long for `npm test`: `npm run check:long` runs it. */
export default defineConfig({
  test: {
    include: ['test/long/**/*.test.ts'],
    setupFiles: ['test/support/properties.ts'],
    provide: { properties: readPropertySettings() },
    // The processes that they start and kill are what a machine has room for.
    maxWorkers: 2,
    expect: { poll: { timeout: 90_000 } },
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
