import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { workflowBundle } from '../../engine/bundle.ts';
import { startDevServer } from '../../engine/dev-server.ts';
import { locateTemporal } from '../../engine/locate.ts';
import { migrate } from '../../ledger/database.ts';
import { startEmbeddedLedger } from '../../ledger/embedded.ts';

declare module 'vitest' {
  interface ProvidedContext {
    address: string;
    ui: string;
    bundlePath: string;
    databaseUrl: string;
    folder: string;
  }
}

/** One real Temporal server, one ledger and one bundle for all engine tests; each test file has a task queue of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'twokey-tests-'));
  const binary = await locateTemporal((line) => process.stderr.write(`${line}\n`));
  const [server, ledger, bundlePath] = await Promise.all([
    startDevServer(binary, { log: join(folder, 'engine.log') }),
    startEmbeddedLedger({ log: join(folder, 'ledger.log') }),
    workflowBundle(folder),
  ]);
  await migrate(ledger.url);
  project.provide('address', server.address);
  project.provide('ui', server.ui);
  project.provide('bundlePath', bundlePath);
  project.provide('databaseUrl', ledger.url);
  project.provide('folder', folder);
  return async () => {
    await ledger.stop();
    await server.stop();
  };
}
