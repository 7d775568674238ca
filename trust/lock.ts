import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf } from './guarded-files.ts';
import { TrustError } from './trust-error.ts';

const patienceMs = 10_000;
const stepMs = 25;

/**
 * Runs `work` while no other process does so under this lock file. Waits up to 10 s for the one that does, then throws `TrustError`,
 * `keyring-busy`. A lock whose process died is removed, by one process only: hence the second file.
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + patienceMs;
  while (!take(file)) {
    if (Date.now() > deadline)
      throw new TrustError('keyring-busy', `another process changes the keyring; if none does, remove ${file} and ${file}.removal and try again`);
    if (isDead(file) && take(`${file}.removal`)) {
      try {
        if (isDead(file)) rmSync(file, { force: true });
      } finally {
        rmSync(`${file}.removal`, { force: true });
      }
    } else await pause(stepMs);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Whether the process named in a lock file is gone; a file that is just being written, or gone, names none. */
function isDead(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    if (Number.isSafeInteger(pid) && pid > 0) process.kill(pid, 0);
    return false;
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return true;
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'EPERM') return false;
    throw error;
  }
}
