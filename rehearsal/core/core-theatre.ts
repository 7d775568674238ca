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
  return {
    engine: 'core',
    receive: (lot) => told(() => world.stock.receive(lot)),
    vet: (customers) => told(() => customers.forEach((one) => world.customers.set(one, 'approved'))),
    changeLicense: (change) => told(() => world.licenses.change(change)),
    plant: ({ order, step, fault, times }) => told(() => world.plant(order, step, fault, times)),
    submit: (terms, policy, at) => told(() => void orders.set(terms.id, new CoreOrder(terms, policy, world, at, isSigned ? submitter : undefined))),
    passTime: (at) => told(() => passTime([...orders.values()], at)),
    act: (order, act, at) => told(() => doAct(orderOf(order), act, isSigned, at)),
    recordChange: (order, change) => told(() => world.board.record(order, change)),
    tellChange: (order, change, signature, at) =>
      told(() => {
        orderOf(order).passTime(at);
        orderOf(order).hear(isSigned ? { ...change, signed: signedAs(change.effect, 'policy.admin', signature) } : change);
      }),
    killWorker: () => told(() => orders.forEach((order) => order.readAnew())),
    read: (order) => told(() => ({ order: orderOf(order).order, events: inTellingOrder(orderOf(order).events) })),
  };
}

/** The earliest deadline of any order comes first, and may bring about the next. */
function passTime(orders: readonly CoreOrder[], at: number): void {
  for (;;) {
    const due = orders.flatMap((order) => {
      const { deadline } = order;
      return deadline !== undefined && deadline <= at + slackMs ? [{ order, deadline }] : [];
    });
    const first = due.toSorted((a, b) => a.deadline - b.deadline)[0];
    if (!first) return;
    first.order.passTime(first.deadline);
    if (first.order.deadline === first.deadline)
      throw new Error(`order ${first.order.id}: its deadline ${new Date(first.deadline).toISOString()} has passed, and nothing came of it`);
  }
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
