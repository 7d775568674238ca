import { GenericContainer, Wait } from 'testcontainers';
import type { TestProject } from 'vitest/node';

const password = 'tests-on-loopback-only';

/** A real PostgreSQL in a container; the ledger's tests run on it as they do on the embedded one. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const container = await new GenericContainer('postgres:16')
    .withEnvironment({ POSTGRES_PASSWORD: password })
    .withExposedPorts(5432)
    .withWaitStrategy(Wait.forLogMessage(/database system is ready to accept connections/, 2))
    .start();
  project.provide('postgresUrl', `postgresql://postgres:${password}@${container.getHost()}:${container.getMappedPort(5432)}/postgres`);
  return async () => {
    await container.stop();
  };
}
