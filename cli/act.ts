import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { actNames, acts, isActName, policyActs } from '../domain/acts.ts';
import { type Field, faultsOf, type Fields } from '../domain/fields.ts';
import { readAct } from '../domain/read-act.ts';
import { isRefusal } from '../domain/refusal.ts';
import { isRole, roles } from '../domain/roles.ts';
import { requireWorker, plainAct, sendAct, sendPolicyChange, whyNotOpen } from '../engine/acts.ts';
import { recordChange } from '../ledger/policy-board.ts';
import type { ActAnswer } from '../workflows/messages.ts';
import { orderIdOf, withEngine, withLedger } from './desk.ts';
import { refused, usage } from './failure.ts';
import { describe } from './narrate.ts';
import { createOutput, type Output } from './output.ts';

const every = { ...acts, ...policyActs };
type AnyActName = keyof typeof every;
const isAnyActName = (text: string): text is AnyActName => Object.hasOwn(every, text);
type Options = Readonly<Record<string, unknown>> & { readonly as: string; readonly id?: string; readonly json?: boolean };

export function addAct(program: Command): void {
  const command = program
    .command('act')
    .description('do an act on an order in a role')
    .argument('<order>', 'id of the order', orderIdOf)
    .argument('<act>', 'see the list below')
    .requiredOption('--as <role>', roles.join(', '))
    .option('--id <id>', 'name of the act: the same act sent twice under one id counts once')
    .option('--json', 'print one JSON document');
  for (const [name, field] of fieldsOfAll()) command.option(...optionOf(name, field));
  command.addHelpText(
    'after',
    `\nActs:\n${actNames.map((name) => helpOf(name)).join('\n')}\n${Object.keys(policyActs)
      .map((name) => (isAnyActName(name) ? helpOf(name) : ''))
      .join('\n')}`,
  );
  command.action((order: string, name: string, options: Options) => doAct(order, name, options, createOutput(options.json ?? false)));
}

/** Every field of every act once: an option each. */
const fieldsOfAll = (): Map<string, Field> => new Map(Object.values(every).flatMap((spec): [string, Field][] => Object.entries(spec.fields)));
const optionOf = (name: string, field: Field): [string, string] => {
  const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return [`--${flag} <${field.kind === 'texts' ? 'text...' : 'text'}>`, field.kind === 'choice' ? field.of.join(' | ') : field.help];
};

function helpOf(name: AnyActName): string {
  const fields: Fields = every[name].fields;
  const options = Object.entries(fields).map(([field, form]) => {
    const [flag] = optionOf(field, form);
    return form.optional ? `[${flag}]` : flag;
  });
  return `  ${name} ${options.join(' ')}\n      ${every[name].says} By ${every[name].by.join(' or ')}.`;
}

async function doAct(order: string, name: string, { as: by, id = randomUUID(), json: _json, ...fields }: Options, out: Output): Promise<void> {
  if (!isAnyActName(name)) throw usage(`${name} is no act; accepted are ${Object.keys(every).join(', ')}`, 'act-unknown');
  if (!isRole(by)) throw usage(`--as ${by} is no role; accepted are ${roles.join(', ')}`, 'role-unknown');
  if (!isActName(name)) return await changePolicy(order, name, by, fields, out);
  const act = readAct(name, { ...fields, by }, id);
  if (isRefusal(act)) throw usage(`${act.message}. Accepted: ${act.accepted}`, act.refused);
  const answer = await withEngine(async ({ client, taskQueue }) => {
    await requireWorker(client, taskQueue);
    return await sendAct(client, order, plainAct(name, { ...fields, by }, id));
  });
  if ('refused' in answer) throw refused(answer.refused.code, answer.refused.message);
  out.result({ act: name, id, ...answer });
  out.say(
    ...(answer.events.length === 0
      ? [`${name} had been taken before under id ${id}; nothing changed`]
      : answer.events.flatMap((event) => describe(event) ?? [])),
    whereIs(answer),
  );
}

function whereIs({ order, stage, waitingOn }: ActAnswer): string {
  if (stage === 'closed') return `${order} is closed`;
  return `${order} is in ${stage}, ${waitingOn.length > 0 ? `waiting on ${waitingOn.join(', ')}` : 'and steps are in progress'}`;
}

/** A hold or its lifting goes on the policy board first, which makes it effective, and is then told to the order. */
async function changePolicy(order: string, effect: 'hold' | 'lift', by: string, fields: Readonly<Record<string, unknown>>, out: Output): Promise<void> {
  const spec = policyActs[effect];
  const faults = faultsOf(spec.fields, fields);
  const { hold, reason } = fields;
  if (faults.length > 0 || typeof hold !== 'string' || typeof reason !== 'string') throw usage(`${effect}: ${faults.join('; ')}`, 'invalid-act');
  if (by !== 'policy.admin') throw refused('not-entitled', `${by} may not ${effect}. Accepted: ${effect} by ${spec.by.join(' or ')}`);
  const change = await withEngine(async ({ client }) => {
    const missing = await whyNotOpen(client, order);
    if (missing) throw refused(missing.code, missing.message);
    const recorded = await withLedger((database) => recordChange(database, { orderId: order, id: hold, effect, reason }));
    const untold = await sendPolicyChange(client, order, recorded);
    if (untold) throw refused(untold.code, untold.message);
    return recorded;
  });
  out.result({ act: effect, order, change });
  out.say(`${effect} ${hold} on ${order} is on the policy board as epoch ${change.epoch}`);
}
