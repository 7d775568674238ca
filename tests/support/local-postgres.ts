import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chownSync,
  closeSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import getPort from 'get-port';
import { openDatabase } from '../../ledger/database.ts';

const oldestVersion = 15;
const patienceMs = 60_000;
const usualFolders = ['/usr/lib/postgresql/*/bin', '/usr/pgsql-*/bin', '/opt/homebrew/opt/postgresql@*/bin', '/usr/local/opt/postgresql@*/bin'];

/** The folder with the programs of a PostgreSQL of version 15 or newer on this machine, the newest that is found; undefined where there is none. */
export function findPostgres(): string | undefined {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => existsSync(join(folder, 'postgres')));
  // The programs find their files from where they lie, so a link to one is followed.
  const folders = [...onPath.map((folder) => dirname(realpathSync(join(folder, 'postgres')))), told('pg_config', '--bindir') ?? '', ...globSync(usualFolders)];
  const found = folders.filter((folder) => folder !== '' && existsSync(join(folder, 'initdb'))).map((folder) => ({ folder, version: versionIn(folder) }));
  return found.filter(({ version }) => version >= oldestVersion).toSorted((one, other) => other.version - one.version)[0]?.folder;
}

const versionIn = (folder: string): number => Number(/ (\d+)/.exec(told(join(folder, 'postgres'), '--version') ?? '')?.[1] ?? 0);

/** What a program says; undefined where it is not there or fails. */
function told(program: string, ...args: readonly string[]): string | undefined {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

/** PostgreSQL refuses to run as root: then it runs as its own user, else as nobody, who owns the folder and nothing else. */
function unprivileged(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const user of ['postgres', 'nobody']) {
    const [uid, gid] = [told('id', '-u', user), told('id', '-g', user)];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor a user nobody: run this as another user');
}

/**
 * Ends with the server, and ends the server at once when the standard input closes: so also when this process is killed. At once, since a fast shutdown
 * that finds PostgreSQL 15 on its way back from a killed process waits for ever: its postmaster never tells the checkpointer to end.
 */
const keeper = 'exec 3<&0; "$@" & server=$!; { read -r _ <&3; kill -QUIT $server; } & reader=$!; wait $server; kill $reader 2>/dev/null';

/** A PostgreSQL of this machine in a temporary folder, on a free port of loopback, with the settings for durability that it comes with. */
export class LocalPostgres {
  readonly #port: number;
  readonly #bin: string;
  readonly #folder: string;
  readonly #password: string;
  readonly #as: { readonly uid: number; readonly gid: number } | undefined;
  #keeper: ChildProcess | undefined;
  #isMounted = false;

  private constructor(bin: string, folder: string, port: number, as: { readonly uid: number; readonly gid: number } | undefined) {
    this.#bin = bin;
    this.#folder = folder;
    this.#port = port;
    this.#as = as;
    this.#password = randomBytes(16).toString('hex');
  }

  /** Makes a new cluster and starts it. Throws with what PostgreSQL says where it does not come up. */
  static async start(bin: string, options: { readonly diskMegabytes?: number } = {}): Promise<LocalPostgres> {
    const as = unprivileged();
    const folder = mkdtempSync(join(tmpdir(), 'twokey-postgres-'));
    const server = new LocalPostgres(bin, folder, await getPort({ host: '127.0.0.1' }), as);
    try {
      if (options.diskMegabytes !== undefined) server.#mount(options.diskMegabytes);
      server.#initialize();
      await server.restart();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** A small disk of its own for the folder: root alone can do that. */
  #mount(megabytes: number): void {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'twokey-postgres', this.#folder]);
    this.#isMounted = true;
  }

  /** Takes all room that is left on its disk. Only where it has one of its own. */
  fillDisk(): void {
    if (!this.#isMounted) throw new Error('this PostgreSQL has no disk of its own: start it with diskMegabytes');
    const file = openSync(join(this.#folder, 'filling'), 'w');
    for (const size of [1 << 20, 1 << 12]) while (written(file, size));
    closeSync(file);
  }

  /** Gives the room back that `fillDisk` took. */
  emptyDisk(): void {
    rmSync(join(this.#folder, 'filling'));
  }

  #initialize(): void {
    const passwordFile = join(this.#folder, 'password');
    writeFileSync(passwordFile, this.#password, { mode: 0o600 });
    mkdirSync(this.#data, { mode: 0o700 });
    if (this.#as) for (const path of [this.#folder, passwordFile, this.#data]) chownSync(path, this.#as.uid, this.#as.gid);
    const args = ['-D', this.#data, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C', '--no-sync'];
    execFileSync(join(this.#bin, 'initdb'), args, { cwd: this.#folder, stdio: ['ignore', 'ignore', 'pipe'], ...this.#as });
  }

  get #data(): string {
    return join(this.#folder, 'data');
  }

  /** The address of its first database, which is empty. */
  url(): string {
    return `postgresql://postgres:${this.#password}@127.0.0.1:${this.#port}/postgres`;
  }

  /** Starts the server on what its folder holds, whatever ended it before, and returns when it answers. */
  async restart(): Promise<void> {
    await this.#end();
    const until = Date.now() + patienceMs;
    // It does not come up while a process of the one that was killed still lives: then once more.
    while (!(await this.#comesUp(until))) if (Date.now() > until) throw new Error(`PostgreSQL in ${this.#bin} does not answer; it said:\n${this.said()}`);
  }

  async #comesUp(until: number): Promise<boolean> {
    const log = openSync(join(this.#folder, 'log'), 'a');
    const settings = { listen_addresses: '127.0.0.1', port: this.#port, unix_socket_directories: '', max_connections: 100 };
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = spawn('/bin/sh', ['-c', keeper, 'sh', join(this.#bin, 'postgres'), '-D', this.#data, ...args], {
      ...{ cwd: this.#folder, stdio: ['pipe', log, log], detached: true },
      ...this.#as,
    });
    closeSync(log);
    this.#keeper = child;
    const database = openDatabase(this.url());
    try {
      while (child.exitCode === null && Date.now() < until) {
        const answers = await database.query('select 1').then(
          () => true,
          () => false,
        );
        if (answers) return true;
        await wait(50);
      }
      return false;
    } finally {
      await database.end();
    }
  }

  /** What the server has written in its log, the last lines. */
  said(): string {
    const log = join(this.#folder, 'log');
    return existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(-20).join('\n') : 'nothing';
  }

  /** `kill -9` of the postmaster. The backends see that it is gone and end. */
  kill(): void {
    const [pid] = readFileSync(join(this.#data, 'postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(pid), 'SIGKILL');
  }

  /** `kill -9` of a process that serves a client: the server ends all of them, and recovers. */
  killBackend(): void {
    const [pid] = readFileSync(join(this.#data, 'postmaster.pid'), 'utf8').split('\n');
    const [backend] = (told('pgrep', '-P', pid ?? '', '-f', 'ledger_') ?? '').split('\n');
    if (!backend) throw new Error('no client is connected to a ledger on this PostgreSQL: open one first');
    process.kill(Number(backend), 'SIGKILL');
  }

  /** Ends the server and removes its folder. */
  async stop(): Promise<void> {
    await this.#end();
    if (this.#isMounted) execFileSync('umount', [this.#folder]);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #end(): Promise<void> {
    if (!this.#keeper || this.#keeper.exitCode !== null) return;
    this.#keeper.stdin?.end();
    await once(this.#keeper, 'exit');
  }
}

/** Whether so many bytes found room in an open file. */
function written(file: number, bytes: number): boolean {
  try {
    return writeSync(file, Buffer.alloc(bytes)) === bytes;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false;
    throw error;
  }
}

/** Makes an empty database on a server, by the address of another of its databases, and answers the new one's address. */
export async function createDatabase(url: string): Promise<string> {
  const name = `ledger_${randomBytes(6).toString('hex')}`;
  const database = openDatabase(url);
  try {
    await database.query(`create database ${name}`);
  } finally {
    await database.end();
  }
  const made = new URL(url);
  made.pathname = `/${name}`;
  return made.href;
}
