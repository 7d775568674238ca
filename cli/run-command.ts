import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { usage } from './failure.ts';
import { visible } from './output.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

/** Each command by its name; what it needs is loaded when it is asked for, since the Temporal client alone takes half a second. */
const commands: { readonly [name: string]: () => Promise<(program: Command) => void> } = {
  start: async () => (await import('./start.ts')).addStart,
  submit: async () => (await import('./submit.ts')).addSubmit,
  import: async () => (await import('./import.ts')).addImport,
  orders: async () => (await import('./orders.ts')).addOrders,
  status: async () => (await import('./status.ts')).addStatus,
  inbox: async () => (await import('./inbox.ts')).addInbox,
  act: async () => (await import('./act.ts')).addAct,
  confirm: async () => (await import('./confirm.ts')).addConfirm,
  send: async () => (await import('./send.ts')).addSend,
  delegate: async () => (await import('./delegate.ts')).addDelegate,
  skip: async () => (await import('./skip.ts')).addSkip,
  rehearse: async () => (await import('./rehearse.ts')).addRehearse,
  policy: async () => (await import('./policy.ts')).addPolicy,
  repair: async () => (await import('./repair.ts')).addRepair,
  keys: async () => (await import('./keys.ts')).addKeys,
  certificate: async () => (await import('./certificate.ts')).addCertificate,
  record: async () => (await import('./record.ts')).addRecord,
  classify: async () => (await import('./classify.ts')).addClassify,
  quote: async () => (await import('./quote.ts')).addQuote,
  license: async () => (await import('./license.ts')).addLicense,
  customer: async () => (await import('./customer.ts')).addCustomer,
  screening: async () => (await import('./screening.ts')).addScreening,
  diversion: async () => (await import('./diversion.ts')).addDiversion,
  stock: async () => (await import('./stock.ts')).addStock,
  quota: async () => (await import('./quota.ts')).addQuota,
  doctor: async () => (await import('./doctor.ts')).addDoctor,
};

export const commandNames: readonly string[] = Object.keys(commands);

/** The command of this name; all of them where it is none, for help and for what was meant. The version takes none. */
async function askedFor(name = ''): Promise<((program: Command) => void)[]> {
  if (name === '--version' || name === '-V') return [];
  const one = Object.hasOwn(commands, name) ? commands[name] : undefined;
  return await Promise.all((one ? [one] : Object.values(commands)).map((load) => load()));
}

/** Does what a command line asks: writes to stdout and stderr, and sets the exit code of the process. Throws nothing. */
export async function runCommand(args: readonly string[]): Promise<void> {
  const program = new Command('twokey')
    .description('Carries each order for a controlled AI chip from intake to delivery; it ships only when both keys have turned.')
    .version(version)
    .showHelpAfterError('(twokey --help, or twokey COMMAND --help)')
    .addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 usage, 3 refused, 4 engine, worker or ledger not reachable.');
  for (const add of await askedFor(args[0])) add(program);
  for (const command of [program, ...program.commands]) command.exitOverride().configureOutput({ outputError: (text, write) => write(visible(text)) });
  try {
    await program.parseAsync(withKeyIdsLast(args), { from: 'user' });
  } catch (error) {
    await fail(error, args);
  }
}

/** One key id in 64 begins with a hyphen and would be taken for an option: it is said last, after the options. */
function withKeyIdsLast(args: readonly string[]): string[] {
  const isKeyId = (text: string): boolean => /^-[\w-]{42}$/.test(text);
  return args.includes('--') || !args.some(isKeyId) ? [...args] : [...args.filter((one) => !isKeyId(one)), '--', ...args.filter(isKeyId)];
}

/** Tells what went wrong. What errors there are is known to all parts of the program, which a command that succeeds need not load. */
async function fail(error: unknown, args: readonly string[]): Promise<void> {
  const isUsage = error instanceof CommanderError;
  if (isUsage && error.exitCode === 0) return;
  const { code, message, exitCode } = isUsage ? usage(error.message.replace(/^error: /, '')) : (await import('./failure-of.ts')).failureOf(error);
  if (args.includes('--json')) process.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
  if (!isUsage) process.stderr.write(`twokey: ${visible(message)}\n`);
  process.exitCode = exitCode;
}
