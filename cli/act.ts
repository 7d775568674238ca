import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { optionName } from '../domain/act-command.ts';
import { actNames, isActName, policyActs } from '../domain/acts.ts';
import { type Field, faultsOf, type Fields } from '../domain/fields.ts';
import { readAct } from '../domain/read-act.ts';
import { isRefusal } from '../domain/refusal.ts';
import { isRole, type Role, roles } from '../domain/roles.ts';
import { plainAct, requireWorker, sendAct } from '../engine/acts.ts';
import type { Engine } from '../engine/connect.ts';
import { trustOf } from '../engine/signed-acts.ts';
import { tellAnswer } from './act-told.ts';
import { changePolicy, intentionOf, requirePolicyAdmin } from './change-policy.ts';
import { orderIdOf, withEngine } from './desk.ts';
import { type AnyActName, type AskedAct, everyAct, isAnyActName } from './every-act.ts';
import { refused, usage } from './failure.ts';
import { createOutput, type Output } from './output.ts';
import { refusingSecrets } from './passphrase.ts';
import { givenOf, type SigningOptions, signingOf, withSigningOptions } from './signing-options.ts';

/** What was typed: how the act is signed, and its fields. */
type Options = Readonly<Record<string, unknown>> & SigningOptions & { readonly as: string; readonly id?: string; readonly json?: boolean };

const evidenceHelp = 'settle-step: the document or reference that shows it; else a file, on which the desk records what the authority decided';

export function addAct(program: Command): void {
  const command = program
    .command('act')
    .description('do an act on an order in a role; signs it where the order takes signed acts')
    .argument('<order>', 'id of the order', orderIdOf)
    .argument('<act>', 'see the list below')
    .requiredOption('--as <role>', roles.join(', '))
    .option('--id <id>', 'name of the act: the same act sent twice under one id counts once')
    .option('--json', 'print one JSON document');
  for (const [name, field] of fieldsOfAll()) command.option(optionOf(name, field)[0], name === 'evidence' ? evidenceHelp : optionOf(name, field)[1]);
  withSigningOptions(refusingSecrets(command)).addHelpText(
    'after',
    `\nActs:\n${[...actNames, ...Object.keys(policyActs)].map((name) => (isAnyActName(name) ? helpOf(name) : '')).join('\n')}`,
  );
  command.action((order: string, name: string, options: Options) => doAct(order, name, options, createOutput(options.json ?? false)));
}

/** Every field of every act once: an option each. */
const fieldsOfAll = (): Map<string, Field> => new Map(Object.values(everyAct).flatMap((spec): [string, Field][] => Object.entries(spec.fields)));
const optionOf = (name: string, field: Field): [string, string] => {
  return [
    `${optionName(name)} <${field.kind === 'texts' || field.kind === 'choices' ? 'text...' : 'text'}>`,
    field.kind === 'choice' || field.kind === 'choices' ? field.of.join(' | ') : field.help,
  ];
};

function helpOf(name: AnyActName): string {
  const fields: Fields = everyAct[name].fields;
  const options = Object.entries(fields).map(([field, form]) => {
    const [flag] = optionOf(field, form);
    return form.optional ? `[${flag}]` : flag;
  });
  return `  ${name} ${options.join(' ')}\n      ${everyAct[name].says} By ${everyAct[name].by.join(' or ')}.`;
}

async function doAct(order: string, name: string, options: Options, out: Output): Promise<void> {
  const { as: by, id = randomUUID() } = options;
  if (!isAnyActName(name)) throw usage(`${name} is no act; accepted are ${Object.keys(everyAct).join(', ')}`, 'act-unknown');
  if (!isRole(by)) throw usage(`--as ${by} is no role; accepted are ${roles.join(', ')}`, 'role-unknown');
  const { evidence: _file, ...others } = options;
  // What shows that a step took effect is said in the act; the document of an authority is signed along.
  const [said, signing] = name === 'settle-step' ? [options, others] : [others, options];
  const act = { order, name, by, id, fields: fieldsIn(name, by, id, said) };
  await withEngine(async (engine) => {
    const found = await trustOf(engine.client, order);
    if ('refused' in found) throw refused(found.refused.code, found.refused.message);
    if (!found.trust) return await doPlain(engine, act, signing, out);
    const { actSigned } = await import('./act-signed.ts');
    return await actSigned(engine, found.trust, act, await signingOf(signing), out);
  });
}

/** The fields that were typed. Throws `CommandFailure`, `invalid-act`, where they are not those of the act, or the id is none. */
function fieldsIn(name: AnyActName, by: Role, id: string, options: Readonly<Record<string, unknown>>): AskedAct['fields'] {
  const names = new Set(fieldsOfAll().keys());
  const fields = Object.entries(options).filter(([field, value]) => names.has(field) && value !== undefined);
  const typed = Object.fromEntries(fields);
  if (isActName(name)) {
    const act = readAct(name, { ...typed, by }, id);
    if (isRefusal(act)) throw usage(`${act.message}. Accepted: ${act.accepted}`, act.refused);
  } else {
    const faults = faultsOf(everyAct[name].fields, typed);
    if (faults.length > 0) throw usage(`${name}: ${faults.join('; ')}`, 'invalid-act');
    requirePolicyAdmin(name, by);
  }
  return Object.fromEntries(fields.map(([field, value]) => [field, Array.isArray(value) ? value.map(String) : String(value)]));
}

/** An act on an order that takes plain acts. */
async function doPlain(engine: Engine, { order, name, by, id, fields }: AskedAct, signing: SigningOptions, out: Output): Promise<void> {
  const given = givenOf(signing);
  if (given.length > 0)
    throw refused('order-unsigned', `order ${order} was submitted without a keyring and takes plain acts. Accepted: the same without ${given.join(', ')}`);
  if (!isActName(name)) return await changePolicy(engine, order, intentionOf(name, fields), out);
  await requireWorker(engine.client, engine.taskQueue);
  tellAnswer(name, id, await sendAct(engine.client, order, plainAct(name, { ...fields, by }, id)), out);
}
