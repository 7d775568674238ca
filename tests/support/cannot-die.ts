/** A worker in the test's own process: a fault that would kill it belongs into a test with a worker process. */
export function cannotDie(): never {
  throw new Error('the worker of this test shares its process and cannot be killed: use startWorkerProcess');
}
