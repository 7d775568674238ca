import type { Command } from 'commander';
import { requireWorker, whyNotOpen } from '../engine/acts.ts';
import type { Engine } from '../engine/connect.ts';
import { listOrders, openAnd } from '../engine/orders.ts';
import { untilQuiet } from '../engine/quiet.ts';
import { letTimePass, orderTime } from '../engine/time.ts';
import { orderWorkflowId, searchAttributes } from '../workflows/messages.ts';
import { orderIdOf, withEngine } from './desk.ts';
import { refused, usage } from './failure.ts';
import { createOutput, moment } from './output.ts';
import { millisecondsIn } from './times.ts';

interface Options {
  readonly untilDeadline?: boolean;
  readonly all?: boolean;
  readonly json?: boolean;
}

export function addSkip(program: Command): void {
  program
    .command('skip')
    .description("let an order's time pass (development engines)")
    .argument('[order]', 'the order; left out with --all')
    .argument('[duration]', 'such as 10d, 36h or 2w')
    .option('--until-deadline', 'to the next deadline; with --all to the earliest of any order')
    .option('--all', 'all open orders, in step')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExamples: twokey skip A-1001 10d; twokey skip A-1001 --until-deadline; twokey skip --all 30d')
    .action((first: string | undefined, second: string | undefined, options: Options) => skip(first, second, options));
}

async function skip(first: string | undefined, second: string | undefined, options: Options): Promise<void> {
  const out = createOutput(options.json ?? false);
  const [written, duration] = options.all ? [undefined, first] : [first, second];
  const orderId = written === undefined ? undefined : orderIdOf(written);
  if (!options.all && orderId === undefined) throw usage('which order? twokey skip ORDER 10d, or --all');
  if (options.all && second !== undefined) throw usage('--all takes no order: twokey skip --all 10d');
  if ((duration === undefined) === !options.untilDeadline) throw usage('how far? either a duration such as 10d, or --until-deadline');
  const length = duration === undefined ? undefined : millisecondsIn(duration);
  const moved = await withEngine(async (engine) => {
    await requireWorker(engine.client, engine.taskQueue);
    const orders = orderId === undefined ? (await listOrders(engine.client, openAnd("OrderStage != 'closed'"))).map((one) => one.order) : [orderId];
    if (orderId !== undefined) await requireOpen(engine, orderId);
    const by = length ?? (await untilNextDeadline(engine, orders));
    return await Promise.all(orders.map((order) => move(engine, order, by)));
  });
  out.result({ moved });
  out.say(
    ...(moved.length === 0 ? ['no open order'] : []),
    ...moved.map((one) => `${one.order} is at ${moment(one.now)}, ${one.stage}${one.waitingOn.length > 0 ? `, waiting on ${one.waitingOn.join(', ')}` : ''}`),
  );
}

async function requireOpen({ client }: Engine, orderId: string): Promise<void> {
  const why = await whyNotOpen(client, orderId);
  if (why) throw refused(why.code, why.message);
}

/** An alarm rings a few milliseconds after its deadline. */
const alarmSlackMs = 1_000;

/** How long until the earliest deadline of any of these orders, each by its own clock. */
async function untilNextDeadline({ client }: Engine, orders: readonly string[]): Promise<number> {
  const lengths = await Promise.all(
    orders.map(async (order) => {
      const description = await client.workflow.getHandle(orderWorkflowId(order)).describe();
      const deadline = description.typedSearchAttributes.get(searchAttributes.deadline);
      return deadline ? [deadline.getTime() + alarmSlackMs - (await orderTime(client, orderWorkflowId(order)))] : [];
    }),
  );
  const next = Math.min(...lengths.flat());
  if (next === Infinity) throw refused('no-deadline', `${orders.join(', ') || 'no open order'}: no deadline is running; people are waited for without one`);
  return Math.max(1, next);
}

async function move({ client }: Engine, order: string, by: number) {
  await letTimePass(client, orderWorkflowId(order), by);
  const description = await untilQuiet(client, order);
  const stage = description.typedSearchAttributes.get(searchAttributes.stage) ?? 'unknown';
  const waitingOn = description.typedSearchAttributes.get(searchAttributes.waitingOn) ?? [];
  return { order, now: new Date(await orderTime(client, orderWorkflowId(order))).toISOString(), stage, waitingOn };
}
