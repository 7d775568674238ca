import { getContainerRuntimeClient } from 'testcontainers';
import { defineConfig } from 'vitest/config';

const engineTests = [
  'tests/engine/**/*.test.ts',
  'tests/workflows/**/*.test.ts',
  'tests/cli/**/*.test.ts',
  'tests/workers/**/*.test.ts',
  'tests/rehearsal/differential*.test.ts',
];

async function dockerAnswers(): Promise<boolean> {
  try {
    await getContainerRuntimeClient();
    return true;
  } catch {
    process.stderr.write('no Docker engine answers: the ledger is tested on the embedded database alone\n');
    return false;
  }
}

/** Tests that need nothing, tests that share one Temporal server, and, where Docker answers, the ledger on a real PostgreSQL. */
export default defineConfig(async () => ({
  test: {
    projects: [
      { test: { name: 'unit', sequence: { groupOrder: 0 }, include: ['tests/**/*.test.ts'], exclude: engineTests, testTimeout: 60_000 } },
      {
        test: {
          name: 'engine',
          // After the others, so that killing workers and watching clocks has the machine to itself.
          sequence: { groupOrder: 2 },
          include: engineTests,
          globalSetup: 'tests/support/shared-engine.ts',
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      ...((await dockerAnswers())
        ? [
            {
              test: {
                name: 'containers',
                sequence: { groupOrder: 1 },
                include: ['tests/ledger/*.test.ts'],
                exclude: ['tests/ledger/durability.test.ts'],
                globalSetup: 'tests/support/ledger-container.ts',
                testTimeout: 60_000,
              },
            },
          ]
        : []),
    ],
  },
}));
