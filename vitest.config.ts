import { defineConfig } from 'vitest/config';

const engineTests = ['tests/engine/**/*.test.ts', 'tests/workflows/**/*.test.ts', 'tests/cli/**/*.test.ts', 'tests/workers/**/*.test.ts'];

/** Two kinds of tests: those that need a Temporal server share one, those that need none start at once. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: engineTests,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'engine',
          include: engineTests,
          globalSetup: 'tests/support/shared-engine.ts',
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
