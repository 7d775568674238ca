import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '../../ledger/database.ts';
import { type EmbeddedLedger, startEmbeddedLedger } from '../../ledger/embedded.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const kept = join(root, 'node_modules', '.cache', 'twokey-ledgers');

/** A name for the embedded database with the schema as they are now. */
function fingerprint(): string {
  const files = [...globSync('ledger/migrations/*', { cwd: root }).toSorted(), 'package-lock.json'];
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

/** The folder of a new ledger, which is kept and copied: making one takes three times as long as all else that opens it. */
async function newLedger(): Promise<string> {
  const folder = join(kept, fingerprint());
  if (existsSync(folder)) return folder;
  mkdirSync(kept, { recursive: true });
  const draft = mkdtempSync(join(kept, 'draft-'));
  const ledger = await startEmbeddedLedger({ folder: join(draft, 'ledger'), log: join(draft, 'ledger.log') });
  await migrate(ledger.url);
  await ledger.stop();
  moveUnlessThere(join(draft, 'ledger'), folder);
  rmSync(draft, { recursive: true, force: true });
  return folder;
}

/** Another test file may have been faster: then its ledger is as good as this one. */
function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

/** An embedded ledger with the newest schema and nothing in it, which is gone when it stops. */
export async function startTestLedger(log: string): Promise<EmbeddedLedger> {
  const folder = mkdtempSync(join(tmpdir(), 'twokey-ledger-'));
  cpSync(await newLedger(), folder, { recursive: true });
  const ledger = await startEmbeddedLedger({ folder, log });
  const stop = async (): Promise<void> => {
    await ledger.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...ledger, stop };
}
