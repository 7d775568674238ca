// Runs TypeScript as it stands on a Node that strips types by itself: the machine's own, else the one that npm brought along.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** What one start has compiled the next need not, nor the processes that it starts: half of what a command costs. With the packages, whose owner alone writes there. */
const compiled = fileURLToPath(new URL('../node_modules/.cache/twokey', import.meta.url));

/**
 * @param {string} main path of the program
 * @param {readonly string[]} args
 */
export async function runTypeScript(main, args) {
  process.env['NODE_COMPILE_CACHE'] ??= compiled;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) {
    module.enableCompileCache(process.env['NODE_COMPILE_CACHE']);
    await import(pathToFileURL(main).href);
    return;
  }
  const packaged = packagedNode();
  if (packaged) {
    const child = spawn(packaged, [main, ...args], { stdio: 'inherit' });
    // Ctrl-C reaches the child from the terminal as well, and what it has opened is closed before this process goes.
    process.on('SIGINT', () => undefined);
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    const [code] = await once(child, 'exit');
    process.exitCode = code ?? 1;
  } else {
    process.stderr.write(`twokey needs Node 22.18 or newer and found ${process.version}: install Node 24, or run npm ci without --omit=optional\n`);
    process.exitCode = 2;
  }
}

/** @returns {string | undefined} */
function packagedNode() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    const binary = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}

const [, self = '', file, ...rest] = process.argv;
if (file !== undefined && resolve(self) === fileURLToPath(import.meta.url)) await runTypeScript(resolve(file), rest);
