import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import getPort from 'get-port';
import { searchAttributes } from '../workflows/messages.ts';
import { EngineError } from './errors.ts';

const run = promisify(execFile);

/** A Temporal server of our own, with its UI, on loopback. */
export interface DevServer {
  readonly address: string;
  readonly ui: string;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

const attributeTypes = {
  KEYWORD: 'Keyword',
  KEYWORD_LIST: 'KeywordList',
  DATETIME: 'Datetime',
  BOOL: 'Bool',
  INT: 'Int',
  DOUBLE: 'Double',
  TEXT: 'Text',
} as const;

/** What a development engine needs beyond the defaults; each with its reason. */
const dynamicConfig: readonly string[] = [
  // Months pass by skipping; the flag has two names, before and after its renaming on the server's main branch.
  'frontend.WorkflowTimeSkippingEnabled=true',
  'system.workflowTimeSkippingEnabled=true',
  // Without these a skipped timer costs a second, and a run that continued as new may start a day late in its own time.
  'history.timerProcessorMaxTimeShift="10ms"',
  'history.workflowIdReuseMinimalInterval="0s"',
  // Orders that cannot go on are listed after two failed tasks, so that the repair finds them soon.
  'system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute=2',
];

/** The wanted ports where they are free; a port that a person asked for is never exchanged for another. */
async function choosePorts(asked: number | undefined): Promise<{ grpc: number; ui: number }> {
  const host = '127.0.0.1';
  const grpc = asked === undefined ? await getPort({ host, port: [7233, 7243, 7253] }) : asked;
  if (asked !== undefined && (await getPort({ host, port: asked })) !== asked)
    throw new EngineError('port-taken', `port ${asked} on 127.0.0.1 is taken by another program: stop it, or name another with --port`);
  return { grpc, ui: await getPort({ host, port: grpc + 1000 }) };
}

export interface DevServerOptions {
  /** Keeps the server's database; without one nothing is kept. */
  readonly folder?: string;
  readonly port?: number;
  readonly log: string;
  /** More of the server's dynamic configuration, `key=value`. */
  readonly settings?: readonly string[];
}

/** A port that was free when it was chosen, or one of those the server chooses for its parts, may be taken when it is opened. */
const startAttempts = 3;

/**
 * Starts `temporal server start-dev` and waits until it answers. Throws `port-taken`, or `engine-unreachable` with
 * the log's place where the server does not answer, or ends each time it is started.
 */
export async function startDevServer(binary: string, options: DevServerOptions): Promise<DevServer> {
  for (let attempt = 1; ; attempt += 1) {
    const server = launch(binary, await choosePorts(options.port), options);
    try {
      await answers(server, options.log);
      return server;
    } catch (error) {
      const endedByItself = hasEnded(server.child);
      await server.stop();
      if (!endedByItself || attempt === startAttempts) throw error;
    }
  }
}

function launch(binary: string, ports: { grpc: number; ui: number }, options: DevServerOptions): DevServer {
  const log = openSync(options.log, 'a');
  const child = spawn(
    binary,
    [
      ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(ports.grpc), '--ui-port', String(ports.ui)],
      ...['--log-level', 'warn', '--ui-disable-news-fetch'],
      ...(options.folder === undefined ? [] : ['--db-filename', join(options.folder, 'temporal.db')]),
      ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'],
      ...[...dynamicConfig, ...(options.settings ?? [])].flatMap((setting) => ['--dynamic-config-value', setting]),
      ...Object.values(searchAttributes).flatMap((key) => ['--search-attribute', `${key.name}=${attributeTypes[key.type]}`]),
    ],
    // A group of its own: Ctrl-C in the terminal reaches twokey, which then ends the server last.
    { stdio: ['ignore', log, log], detached: true },
  );
  closeSync(log);
  const stop = async (): Promise<void> => {
    if (hasEnded(child)) return;
    child.kill('SIGTERM');
    await Promise.race([once(child, 'exit'), wait(10_000, undefined, { ref: false }).then(() => child.kill('SIGKILL'))]);
  };
  return { address: `127.0.0.1:${ports.grpc}`, ui: `http://127.0.0.1:${ports.ui}`, child, stop };
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function answers({ address, child }: DevServer, log: string): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    if (hasEnded(child))
      throw new EngineError(
        'engine-unreachable',
        `the Temporal server ended with ${child.signalCode ?? `code ${child.exitCode}`} before it answered: see ${log}`,
      );
    try {
      const connection = await Connection.connect({ address, connectTimeout: 1_000 });
      await connection.workflowService.describeNamespace({ namespace: 'default' });
      await connection.close();
      return;
    } catch {
      await wait(200);
    }
  }
  throw new EngineError('engine-unreachable', `the Temporal server at ${address} did not answer within 30 s: see ${log}`);
}

/**
 * Ends a Temporal server that a killed twokey has left: two of them must not share one database. A process of this id
 * that is something else by now is left alone.
 */
export async function endLeftServer(pid: number): Promise<void> {
  const isServer = async (): Promise<boolean> => {
    try {
      const { stdout } = await run('ps', ['-p', String(pid), '-o', 'command=']);
      return stdout.includes('start-dev');
    } catch {
      // `ps` fails where there is no such process.
      return false;
    }
  };
  if (!(await isServer())) return;
  process.kill(pid, 'SIGTERM');
  for (let attempt = 0; attempt < 50 && (await isServer()); attempt += 1) await wait(200);
}
