import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Takes a folder for this process alone, by a file beside it. The embedded database does not: two processes on one folder
 * would each overwrite what the other acknowledged. Throws where a living process has it; one that died is passed over.
 */
export function lockFolder(folder: string): () => void {
  const file = `${folder}.lock`;
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const holder = Number(readFileSync(file, 'utf8'));
    if (isAlive(holder)) throw new Error(`the ledger in ${folder} is open in process ${holder}: end that one first`, { cause: error });
    rmSync(file, { force: true });
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  }
  return () => rmSync(file, { force: true });
}

/** Whether a process of this id lives, ours or another user's. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
