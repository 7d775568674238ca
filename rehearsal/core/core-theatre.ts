import { isRefusal, orderClosed } from '../../domain/refusal.ts';
import { readAct } from '../../domain/read-act.ts';
import type { Scenario } from '../../edge/scenario.ts';
import { nonceOf, signedAs, submitter } from '../signatures.ts';
import { type NotTaken, rehearsalSeed, slackMs, type StoryAct, type Theatre } from '../theatre.ts';
import { inTellingOrder } from '../telling-order.ts';
import { CoreOrder } from './core-order.ts';
import { CoreWorld } from './world.ts';

/**
 * A theatre on the pure core: no server, no database, no clock but the story's. Signatures of a story are not made here; who would stand
 * behind them is known, and judged as on the engine.
 */
export function openCoreTheatre({ isSigned }: Pick<Scenario, 'isSigned'>): Theatre {
  const world = new CoreWorld(rehearsalSeed);
  const orders = new Map<string, CoreOrder>();
  const orderOf = (id: string): CoreOrder => {
    const order = orders.get(id);
    if (!order) throw new Error(`order ${id} was never submitted`);
    return order;
  };
  const told = async <T>(what: () => T): Promise<T> => what();
  /** Who waits for stock comes along in time, and hears of what has been set aside for it. */
  const atTime = async <T>(at: number, what: () => T): Promise<T> => {
    for (const id of world.stock.waitlist.orders) orderOf(id).passTime(at);
    const answer = what();
    for (let called = world.stock.waitlist.tell(); called.length > 0; called = world.stock.waitlist.tell())
      for (const { orderId, key } of called) orderOf(orderId).hearOfStock(key);
    return answer;
  };
  return {
    engine: 'core',
    receive: (lot, at) => atTime(at, () => world.stock.receive(lot, at)),
    vet: (customers) => told(() => customers.forEach((one) => world.customers.set(one, 'approved'))),
    changeLicense: (change) => told(() => world.licenses.change(change)),
    plant: ({ order, step, fault, times }) => told(() => world.plant(order, step, fault, times)),
    submit: (terms, policy, at) => atTime(at, () => void orders.set(terms.id, new CoreOrder(terms, policy, world, at, isSigned ? submitter : undefined))),
    passTime: async (at) => {
      for (let due = firstDue(world, [...orders.values()], at); due; due = firstDue(world, [...orders.values()], at)) await atTime(due.at, due.happens);
    },
    act: (order, act, at) => atTime(at, () => doAct(orderOf(order), act, isSigned, at)),
    recordChange: (order, change) => told(() => world.board.record(order, change)),
    tellChange: (order, change, signature, at) =>
      atTime(at, () => {
        orderOf(order).passTime(at);
        orderOf(order).hear(isSigned ? { ...change, signed: signedAs(change.effect, 'policy.admin', signature) } : change);
      }),
    killWorker: () => told(() => orders.forEach((order) => order.readAnew())),
    read: (order) => told(() => ({ order: orderOf(order).order, events: inTellingOrder(orderOf(order).events) })),
  };
}

/** What happens next by itself until `at`: the earliest deadline of any order, or a lot that opens. */
function firstDue(world: CoreWorld, orders: readonly CoreOrder[], at: number): { readonly at: number; readonly happens: () => void } | undefined {
  const until = at + slackMs;
  const { nextOpening } = world.stock;
  const opening = nextOpening === undefined || nextOpening > until ? [] : [{ at: nextOpening, happens: () => world.stock.open(nextOpening) }];
  const deadlines = orders.flatMap((order) => {
    const { deadline } = order;
    return deadline === undefined || deadline > until ? [] : [{ at: deadline, happens: () => meetDeadline(order, deadline) }];
  });
  return [...opening, ...deadlines].toSorted((a, b) => a.at - b.at)[0];
}

function meetDeadline(order: CoreOrder, deadline: number): void {
  order.passTime(deadline);
  if (order.deadline === deadline) throw new Error(`order ${order.id}: its deadline ${new Date(deadline).toISOString()} has passed, and nothing came of it`);
}

function doAct(order: CoreOrder, { id, name, by, fields, signature }: StoryAct, isSigned: boolean, at: number): NotTaken | undefined {
  order.passTime(at);
  const act = readAct(name, { ...fields, by }, isSigned ? nonceOf(id) : id);
  const answer = isRefusal(act) ? act : order.act(isSigned ? { ...act, signed: signedAs(name, by, signature) } : act);
  if (!isRefusal(answer)) return undefined;
  // The workflow of a closed order is over: what can be refused for another reason is not even looked at.
  const { refused, message, accepted } = order.isClosed ? orderClosed(order.id) : answer;
  return { code: refused, message: `${message}. Accepted: ${accepted}` };
}
