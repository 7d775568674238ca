import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GenericContainer, Wait } from 'testcontainers';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A database of its own for each test file of the ledger, by the file's name. */
    ledgerUrls: Readonly<Record<string, string>>;
  }
}

const password = 'tests-on-loopback-only';

/** A real PostgreSQL in a container; the ledger's tests run on it as they do on the embedded one. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const container = await new GenericContainer('postgres:16')
    .withEnvironment({ POSTGRES_PASSWORD: password })
    .withExposedPorts(5432)
    .withWaitStrategy(Wait.forLogMessage(/database system is ready to accept connections/, 2))
    .start();
  const files = globSync('../ledger/*.test.ts', { cwd: fileURLToPath(new URL('.', import.meta.url)) }).map((file) => basename(file));
  const urls: Record<string, string> = {};
  for (const [index, file] of files.entries()) {
    const { exitCode, output } = await container.exec(['createdb', '-U', 'postgres', `ledger_${index}`]);
    if (exitCode !== 0) throw new Error(`no database for ${file}: ${output}`);
    urls[file] = `postgresql://postgres:${password}@${container.getHost()}:${container.getMappedPort(5432)}/ledger_${index}`;
  }
  project.provide('ledgerUrls', urls);
  return async () => {
    await container.stop();
  };
}
