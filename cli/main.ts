import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { addAct } from './act.ts';
import { addDoctor } from './doctor.ts';
import { exitCodes, failureOf } from './failure.ts';
import { addInbox } from './inbox.ts';
import { addOrders } from './orders.ts';
import { addRehearse } from './rehearse.ts';
import { addRepair } from './repair.ts';
import { addSkip } from './skip.ts';
import { addStart } from './start.ts';
import { addStatus } from './status.ts';
import { addSubmit } from './submit.ts';
import { visible } from './output.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

const program = new Command('twokey')
  .description('Carries each order for a controlled AI chip from intake to delivery; it ships only when both keys have turned.')
  .version(version)
  .showHelpAfterError('(twokey --help, or twokey COMMAND --help)')
  .addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 usage, 3 refused, 4 engine, worker or ledger not reachable.');
for (const add of [addStart, addSubmit, addOrders, addStatus, addInbox, addAct, addSkip, addRehearse, addRepair, addDoctor]) add(program);
for (const command of [program, ...program.commands]) command.exitOverride().configureOutput({ outputError: (text, write) => write(visible(text)) });

try {
  await program.parseAsync();
} catch (error) {
  fail(error);
}

function fail(error: unknown): void {
  const isUsage = error instanceof CommanderError;
  if (isUsage && error.exitCode === 0) return;
  const failure = failureOf(error);
  const code = isUsage ? 'usage' : failure.code;
  const message = isUsage ? error.message.replace(/^error: /, '') : failure.message;
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
  if (!isUsage) process.stderr.write(`twokey: ${visible(message)}\n`);
  process.exitCode = isUsage ? exitCodes.usage : failure.exitCode;
}
