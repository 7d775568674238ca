// A process that runs commands one after the other, each in a folder and an environment of its own, and answers what each has left behind.
import { Writable } from 'node:stream';
import { runCommand } from '../../cli/run-command.ts';
import type { Answer, Asked, Ran } from './command-host.ts';

/** What is written to a stream of this process, kept from now on. */
function kept(name: 'stdout' | 'stderr'): () => string {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  Object.defineProperty(process, name, { configurable: true, value: stream });
  return () => Buffer.concat(chunks).toString();
}

let leftBehind = (): Ran => ({ exitCode: 0, stdout: '', stderr: '' });

async function run({ args, environment, folder }: Asked): Promise<void> {
  const [stdout, stderr] = [kept('stdout'), kept('stderr')];
  leftBehind = () => ({ exitCode: Number(process.exitCode ?? 0), stdout: stdout(), stderr: stderr() });
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
  process.chdir(folder);
  process.argv = [process.execPath, 'twokey', ...args];
  process.exitCode = undefined;
  await runCommand(args);
  answer({ ran: leftBehind(), isOver: false });
}

const answer = (what: Answer, sent?: () => void): void => void process.send?.(what, undefined, undefined, sent);

/** As an error that nobody takes ends a process: with its stack, and for good. */
function end(error: unknown): void {
  const { stdout, stderr } = leftBehind();
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  answer({ ran: { exitCode: 1, stdout, stderr: `${stderr}${stack}\n` }, isOver: true }, () => process.exit(1));
}

process.on('message', (asked: Asked) => void run(asked).catch(end));
process.on('uncaughtException', end);
process.on('disconnect', () => process.exit());
