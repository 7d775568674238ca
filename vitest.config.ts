import { getContainerRuntimeClient } from 'testcontainers';
import { defineConfig } from 'vitest/config';
import { shareCompiled } from './tests/support/compiled.ts';
import { findPostgres } from './tests/support/local-postgres.ts';
import { LongestFirst } from './tests/support/longest-first.ts';

const engineTests = [
  'tests/engine/**/*.test.ts',
  'tests/workflows/**/*.test.ts',
  'tests/cli/**/*.test.ts',
  'tests/workers/**/*.test.ts',
  'tests/rehearsal/differential*.test.ts',
];
/** They start, kill and starve a PostgreSQL of their own. */
const serverFaults = 'tests/ledger/faults*.test.ts';

const dockerAnswers = (): Promise<boolean> =>
  getContainerRuntimeClient().then(
    () => true,
    () => false,
  );

/** What the ledger's tests cannot be run on here, told in one line of the whole run. */
function tellSkipped(isInDocker: boolean, isInstalled: boolean): void {
  if (isInstalled) return;
  const skipped = isInDocker
    ? 'no PostgreSQL 15 or newer is installed here: what becomes of the ledger when its server is killed is not tested'
    : 'no Docker engine answers and no PostgreSQL 15 or newer is installed here: the ledger is tested on the embedded database alone';
  process.stderr.write(`${skipped}\n`);
}

/** Tests that need nothing, tests that share one Temporal server, and the ledger on a real PostgreSQL: in Docker where it answers, else one that is installed. */
export default defineConfig(async () => {
  const [isInDocker, isInstalled] = [await dockerAnswers(), findPostgres() !== undefined];
  tellSkipped(isInDocker, isInstalled);
  shareCompiled();
  return {
    test: {
      sequence: { sequencer: LongestFirst },
      projects: [
        {
          test: {
            name: 'unit',
            sequence: { groupOrder: 0 },
            include: ['tests/**/*.test.ts'],
            exclude: [...engineTests, serverFaults],
            // One a core: some of these walk for minutes, and Vitest would leave a core to itself.
            maxWorkers: 2,
            testTimeout: 60_000,
          },
        },
        {
          test: {
            name: 'engine',
            // After the others, so that killing workers and watching clocks has the machine to itself.
            sequence: { groupOrder: 1 },
            include: engineTests,
            globalSetup: 'tests/support/shared-engine.ts',
            pool: 'forks',
            maxWorkers: 2,
            testTimeout: 120_000,
            hookTimeout: 120_000,
          },
        },
        ...(isInDocker || isInstalled
          ? [
              {
                test: {
                  name: 'postgresql',
                  // Beside the unit tests: what it waits for is mostly its disk.
                  sequence: { groupOrder: 0 },
                  maxWorkers: 2,
                  include: ['tests/ledger/*.test.ts'],
                  exclude: ['tests/ledger/durability.test.ts', ...(isInstalled ? [] : [serverFaults])],
                  globalSetup: isInDocker ? 'tests/support/ledger-container.ts' : 'tests/support/ledger-installed.ts',
                  testTimeout: 60_000,
                },
              },
            ]
          : []),
      ],
    },
  };
});
