import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import getPort from 'get-port';
import { expect, inject } from 'vitest';
import { type Run, writeRun } from '../../engine/home.ts';
import { orderWorkflowId } from '../../workflows/messages.ts';
import { type Ran, runInHost } from './command-host.ts';

const twokey = fileURLToPath(new URL('../../bin/twokey.js', import.meta.url));
/** A command that has not ended by then hangs, also on a machine with much else to do. */
const patienceMs = 30_000;

/** The command line in a folder of its own, so that no twokey of this machine answers in place of the test's. */
export class Cli {
  readonly home: string;
  readonly #environment: NodeJS.ProcessEnv;

  constructor(environment: NodeJS.ProcessEnv = {}) {
    this.home = mkdtempSync(join(inject('folder'), 'cli-'));
    const inherited = Object.entries(process.env).filter(([name]) => !/^(TEMPORAL_|TWOKEY_|DATABASE_URL$|FORCE_COLOR$|NODE_OPTIONS$)/.test(name));
    this.#environment = { ...Object.fromEntries(inherited), TWOKEY_HOME: this.home, ...environment };
  }

  /** As if `twokey start` ran with this task queue on the shared engine; `changes` say what is otherwise. */
  static beside(taskQueue: string, changes: Partial<Run> = {}): Cli {
    const cli = new Cli();
    const engine = { address: inject('address'), namespace: 'default', ui: inject('ui'), database: inject('databaseUrl') };
    writeRun(cli.home, { pid: process.pid, taskQueue, ...engine, ...changes });
    copyFileSync(inject('bundlePath'), join(cli.home, basename(inject('bundlePath'))));
    return cli;
  }

  write(text: string | Uint8Array, name = `${randomUUID()}.yaml`): string {
    const file = join(this.home, name);
    writeFileSync(file, text);
    return file;
  }

  /** Runs a command beside others in a process that has loaded the program already; it ends as a process of its own would. */
  run(...args: readonly string[]): Promise<Ran> {
    return runInHost({ args, environment: this.#environment, folder: this.home }, patienceMs);
  }

  /** Runs a command in a process of its own, as people do, which may take so many milliseconds. */
  spawned(args: readonly string[], timeout = patienceMs): Promise<Ran> {
    return new Promise((resolve, reject) => {
      const child = execFile(
        process.execPath,
        [twokey, ...args],
        { env: this.#environment, cwd: this.home, timeout, maxBuffer: 32_000_000 },
        (error, stdout, stderr) => {
          if (child.exitCode === null)
            reject(new Error(`twokey ${args.join(' ').slice(0, 200)} hung for ${timeout} ms\n${stdout}\n${stderr}`, { cause: error }));
          else resolve({ exitCode: child.exitCode, stdout, stderr });
        },
      );
      child.stdin?.end();
    });
  }

  /** What a command that must succeed says to a person. */
  async text(...args: readonly string[]): Promise<string> {
    const ran = await this.run(...args);
    expect({ ...ran, stdout: '' }).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    return ran.stdout;
  }

  /** What a command that must succeed answers as JSON. */
  async json(...args: readonly string[]): Promise<unknown> {
    const ran = await this.run(...args, '--json');
    expect({ ...ran, stdout: '' }).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    return onlyDocumentOf(ran);
  }
}

/** Runs a command that must fail this way, under `--json`, and answers its sentence, which stderr tells as well. */
export async function expectFailure(cli: Cli, exitCode: number, code: string, ...args: readonly string[]): Promise<string> {
  const ran = await cli.run(...args, '--json');
  expect({ exitCode: ran.exitCode, document: onlyDocumentOf(ran) }).toEqual({ exitCode, document: { error: { code, message: expect.any(String) } } });
  const message = messageIn(onlyDocumentOf(ran));
  expectSentence(ran.stderr);
  expect(ran.stderr).toContain(message);
  return message;
}

/** The one JSON document on stdout; anything else beside it is a fault. */
export function onlyDocumentOf(ran: Ran): unknown {
  expect(ran.stdout).toMatch(/^[^\n]+\n$/);
  return JSON.parse(ran.stdout);
}

function messageIn(document: unknown): string {
  const { error } = document as { error: { message: string } };
  return error.message;
}

/** A fault is told in words: no stack, and nothing that makes a terminal show something else than what it says. */
export function expectSentence(text: string): void {
  expect(text.trim()).not.toBe('');
  expect(text).not.toMatch(/^\s+at .+:\d+/m);
  expect(text.replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
}

/** How much has been written of an order: what is refused leaves both as they were. */
async function written(client: Client, order: string): Promise<{ events: number; transitions: number }> {
  const { historyLength, raw } = await client.workflow.getHandle(orderWorkflowId(order)).describe();
  return { events: historyLength, transitions: Number(raw.workflowExecutionInfo?.stateTransitionCount) };
}

/** Runs `work` and expects that nothing was written of the order meanwhile. */
export async function expectUntouched<T>(client: Client, order: string, work: () => Promise<T>): Promise<T> {
  const before = await written(client, order);
  expect(before.transitions).toBeGreaterThan(0);
  const answer = await work();
  expect(await written(client, order)).toEqual(before);
  return answer;
}

export const newId = (prefix: string): string => `${prefix}-${randomUUID().slice(0, 8)}`;

/** An order file as YAML, under the article's policy; `changes` say what is otherwise, undefined leaves a field out. */
export function orderYaml(id: string, changes: Readonly<Record<string, string | undefined>> = {}): string {
  const fields: Record<string, string | undefined> = {
    id,
    customer: 'research-lab-1',
    customerClass: 'academic',
    product: 'H200',
    units: '500',
    unitPriceMinor: '3000000',
    currency: 'USD',
    endUse: 'research',
    policy: '2025-12-announcement',
    ...changes,
  };
  return Object.entries(fields)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}\n`]))
    .join('');
}

/** A port on loopback at which nobody answers. */
export const closedPort = (): Promise<number> => getPort({ host: '127.0.0.1' });

/** A program on loopback that takes connections and never says a word. */
export async function silentServer(): Promise<{ port: number; close: () => void }> {
  const server: Server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the silent server has no port');
  return { port: address.port, close: () => void server.close() };
}
