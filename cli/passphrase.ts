import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { type Command, Option } from 'commander';
import { findHome } from '../engine/home.ts';
import { readGuarded } from '../trust/guarded-files.ts';
import { throwAwayPassphrase } from '../trust/throw-away-home.ts';
import { CommandFailure, exitCodes, usage } from './failure.ts';

const variable = 'TWOKEY_PASSPHRASE_FILE';

/** Whoever gives a passphrase as an argument is told not to; an unknown option would be repeated with it. */
export const refusingSecrets = (command: Command): Command => command.addOption(new Option('--passphrase <text>').hideHelp().argParser(refuseSecret));

function refuseSecret(): never {
  throw usage(
    'a passphrase is never taken from an argument, which other users of the machine can see: choose another one, and give it when asked',
    'secret-in-argument',
  );
}

/**
 * The passphrase of a key: from the file that `TWOKEY_PASSPHRASE_FILE` names (mode 0600, one line), else from the terminal, without echo; a new one
 * is asked twice there. Never from an argument or the value of a variable, which others can read. Nobody is asked where the keys of this home are to
 * be thrown away: all of them open by what lies beside them. Throws `CommandFailure`: `passphrase-missing`,
 * `passphrase-file-invalid`, `passphrase-differs`, `interrupted`.
 */
export async function askPassphrase(whose = 'the key', { isNew = false }: { readonly isNew?: boolean } = {}): Promise<string> {
  const thrownAway = throwAwayPassphrase(findHome());
  if (thrownAway !== undefined) return thrownAway;
  const file = process.env[variable];
  if (file) return fromFile(file);
  if (!process.stdin.isTTY)
    throw usage(`no passphrase for ${whose}: run this in a terminal, or let ${variable} name a file of mode 0600 that holds it`, 'passphrase-missing');
  const passphrase = await ask(`Passphrase of ${whose}: `);
  if (isNew && passphrase !== (await ask(`The same again: `))) throw usage('the two passphrases differ; nothing was done', 'passphrase-differs');
  return passphrase;
}

function fromFile(file: string): string {
  const fault = (what: string): CommandFailure =>
    usage(`${variable}: ${what}; expected a file of mode 0600 with the passphrase on one line`, 'passphrase-file-invalid');
  const text = readGuarded(file, 'secret');
  if (text === undefined) throw fault('there is no such file');
  const [line = '', ...more] = text.replace(/\r?\n$/, '').split(/\r?\n/);
  if (line === '' || more.length > 0) throw fault(line === '' ? 'the first line is empty' : 'the file has several lines');
  return line;
}

/** Readline edits and ends the line; what it would show of it goes nowhere. The question goes to stderr, since stdout may be one JSON document. */
function ask(question: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const nowhere = new Writable({ write: (_part, _encoding, done) => done() });
    const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true, historySize: 0 });
    process.stderr.write(question);
    const end = (): void => {
      lines.close();
      process.stderr.write('\n');
    };
    let isAnswered = false;
    lines.once('line', (line) => {
      isAnswered = true;
      end();
      resolve(line);
    });
    lines.once('SIGINT', end);
    lines.once('close', () => {
      if (!isAnswered) reject(new CommandFailure(exitCodes.interrupted, 'interrupted', 'no passphrase was given; nothing was done'));
    });
  });
}
