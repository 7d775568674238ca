import type { TestProject } from 'vitest/node';
import { findPostgres, LocalPostgres } from './local-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A real PostgreSQL, where the run has one: each test file of the ledger makes a database of its own in it. */
    postgresUrl: string;
  }
}

/** The PostgreSQL that is installed on this machine; the ledger's tests run on it as they do on the embedded one. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = findPostgres();
  if (folder === undefined) throw new Error('no PostgreSQL 15 or newer is found on PATH or in the usual places: install one, or start Docker');
  const server = await LocalPostgres.start(folder);
  project.provide('postgresUrl', server.url());
  return () => server.stop();
}
