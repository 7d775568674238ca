import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';

const root = fileURLToPath(new URL('..', import.meta.url));
const quiet = { log: () => undefined, trace: () => undefined, debug: () => undefined, info: () => undefined, warn: () => undefined, error: console.error };

/** Modules without any state of their own, which all orders of a worker share: making the curve anew would cost each of them 10 ms and more. */
const shared = [join(root, 'workflows', 'primitives.ts')];

/** A name for the workflow code as it is now, and for the SDK that bundled it. */
function fingerprint(): string {
  const files = [...globSync('{workflows,domain}/**/*.ts', { cwd: root }).toSorted(), 'engine/bundle.ts', 'package-lock.json'];
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

/** The workflow code as one file, built where it is new and kept in `folder`. Answers its path. */
export async function workflowBundle(folder: string): Promise<string> {
  const path = join(folder, `workflows-${fingerprint()}.js`);
  if (existsSync(path)) return path;
  const { code } = await bundleWorkflowCode({ workflowsPath: join(root, 'workflows', 'index.ts'), preloadModules: shared, logger: quiet });
  mkdirSync(folder, { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, code);
  renameSync(draft, path);
  return path;
}
