import { fileURLToPath } from 'node:url';

/** What one process has compiled the next need not, be it a test file, a worker or a command: all share the folder that bin/typescript.js names. */
export function shareCompiled(): void {
  process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('../../node_modules/.cache/twokey', import.meta.url));
}
