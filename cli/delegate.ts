import type { Command } from 'commander';
import { isRole, roles } from '../domain/roles.ts';
import type { Delegation } from '../domain/signing/delegation.ts';
import { isHolder } from '../domain/signing/key-roles.ts';
import { told } from '../domain/signing/keyring.ts';
import { signDelegation } from '../trust/sign-act.ts';
import { orderIdOf } from './desk.ts';
import { everyAct, isAnyActName } from './every-act.ts';
import { usage } from './failure.ts';
import { writeFile } from './files.ts';
import { createOutput, moment, type Output } from './output.ts';
import { refusingSecrets } from './passphrase.ts';
import { keysHere, openPerson } from './signers.ts';
import { momentOf } from './times.ts';

interface Options {
  readonly to: string;
  readonly until: number;
  readonly from?: number;
  readonly order?: readonly string[];
  readonly act?: readonly string[];
  readonly holder?: string;
  readonly out?: string;
  readonly json?: boolean;
}

const longestMs = 366 * 86_400_000;
const mostNames = 100;

export function addDelegate(program: Command): void {
  refusingSecrets(program.command('delegate'))
    .description('let another person sign in your place, in one role and for a time')
    .argument('<role>', roles.join(', '))
    .requiredOption('--to <code>', 'who may sign: the code of a person with a key of their own, in whatever role')
    .requiredOption('--until <moment>', 'the day or moment (UTC) at which it ends, at most 366 days after it begins', momentOf)
    .option('--from <moment>', 'the day or moment (UTC) from which it counts; without it, now', momentOf)
    .option('--order <id...>', 'for these orders alone')
    .option('--act <name...>', 'for these acts alone')
    .option('--holder <code>', 'who gives it, where several hold the role here')
    .option('--out <file>', 'where to write it; without it, on stdout')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nWho signs by it gives it along: twokey act ORDER NAME --as ROLE --delegation FILE. It is no secret.')
    .action((role: string, options: Options) => delegate(role, options, createOutput(options.json ?? false)));
}

async function delegate(role: string, options: Options, out: Output): Promise<void> {
  if (!isRole(role)) throw usage(`${role} is no role; accepted are ${roles.join(', ')}`, 'role-unknown');
  const { to, until: ends, from: begins = Date.now(), holder, out: file } = options;
  if (!isHolder(to)) throw usage(`--to: expected the code of a person, 1 to 64 letters, digits, dots, hyphens or underscores`, 'holder-invalid');
  if (ends <= begins) throw usage(`--until ${moment(ends)} is not after ${moment(begins)}, when it begins`, 'moment-invalid');
  if (ends - begins > longestMs) throw usage(`from ${moment(begins)} until ${moment(ends)} is more than 366 days`, 'moment-invalid');
  const scope = { orders: scopeOf(options.order?.map(orderIdOf)), acts: scopeOf(options.act?.map(actOf)) };
  const keys = await keysHere(out);
  const signer = await openPerson(keys, { role, holder, beside: to, at: Date.now() });
  const delegation: Delegation = { format: 'twokey-delegation/1', role, from: signer.holder, to, ...scope, begins, ends };
  const jws = await signDelegation(delegation, signer);
  if (file !== undefined) writeFile(file, `${jws}\n`);
  out.result({ ...delegation, begins: told(begins), ends: told(ends), jws, file: file ?? null });
  out.note(
    `${to} may sign as ${role} in the place of ${signer.holder} from ${moment(begins)} until ${moment(ends)} UTC`,
    `for ${toldScope(delegation.acts, 'act')} on ${toldScope(delegation.orders, 'order')}`,
  );
  out.say(file === undefined ? jws : `written to ${file}`);
}

function actOf(name: string): string {
  if (isAnyActName(name)) return name;
  throw usage(`${name.slice(0, 40)} is no act; accepted are ${Object.keys(everyAct).join(', ')}`, 'act-unknown');
}

function scopeOf(names: readonly string[] | undefined): 'all' | readonly string[] {
  if (names === undefined) return 'all';
  if (names.length > mostNames) throw usage(`${names.length} names, expected at most ${mostNames}; without any, it is for all`);
  return [...new Set(names)];
}

const toldScope = (names: 'all' | readonly string[], what: string): string => (names === 'all' ? `every ${what}` : names.join(', '));
