import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A command line, and where it is typed. */
export interface Asked {
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly folder: string;
}

/** What a command left behind. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a host answers; one that an error has ended runs no other command. */
export interface Answer {
  readonly ran: Ran;
  readonly isOver: boolean;
}

const main = fileURLToPath(new URL('command-host-main.ts', import.meta.url));
/** Those of this test file that have nothing to do; each runs one command at a time, so there are as many as commands at once. */
const idle: ChildProcess[] = [];

/** Loading the program takes longer than what most commands do, so those of one test file share it. */
function openHost(): ChildProcess {
  const host = fork(main, { execArgv: [] });
  // The test file ends without it, and it ends with the test file.
  host.unref();
  host.channel?.unref();
  return host;
}

/** Runs a command in a process that has run others before. Throws where it has not ended after `timeout` milliseconds. */
export async function runInHost(asked: Asked, timeout: number): Promise<Ran> {
  const host = idle.pop() ?? openHost();
  try {
    const { ran, isOver } = await answered(host, asked, timeout);
    if (!isOver) idle.push(host);
    return ran;
  } catch (error) {
    host.kill('SIGKILL');
    throw error;
  }
}

function answered(host: ChildProcess, asked: Asked, timeout: number): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const fail = (why: string): void => reject(new Error(`twokey ${asked.args.join(' ').slice(0, 200)} ${why}`));
  const onExit = (code: number | null): void => fail(`ended its process with ${code}`);
  const hangs = setTimeout(() => fail(`hung for ${timeout} ms`), timeout);
  host.once('message', (answer: Answer) => resolve(answer));
  host.once('exit', onExit);
  // As a shell hands it on: half a character is none.
  host.send({ ...asked, args: asked.args.map((word) => word.toWellFormed()) });
  return promise.finally(() => {
    clearTimeout(hangs);
    host.removeAllListeners('message').off('exit', onExit);
  });
}
