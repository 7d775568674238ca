import { isRefusal, orderClosed } from '../../domain/refusal.ts';
import { readAct } from '../../domain/read-act.ts';
import { type NotTaken, rehearsalSeed, slackMs, type StoryAct, type Theatre } from '../theatre.ts';
import { inTellingOrder } from '../telling-order.ts';
import { CoreOrder } from './core-order.ts';
import { CoreWorld } from './world.ts';

/** A theatre on the pure core: no server, no database, no clock but the story's. */
export function openCoreTheatre(): Theatre {
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
    plant: ({ order, step, fault, times }) => told(() => world.plant(order, step, fault, times)),
    submit: (terms, policy, at) => told(() => void orders.set(terms.id, new CoreOrder(terms, policy, world, at))),
    passTime: (at) => told(() => passTime([...orders.values()], at)),
    act: (order, act, at) => told(() => doAct(orderOf(order), act, at)),
    recordChange: (order, change) => told(() => world.board.record(order, change)),
    tellChange: (order, change, at) =>
      told(() => {
        orderOf(order).passTime(at);
        orderOf(order).hear(change);
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

function doAct(order: CoreOrder, { id, name, by, fields }: StoryAct, at: number): NotTaken | undefined {
  order.passTime(at);
  const act = readAct(name, { ...fields, by }, id);
  const answer = isRefusal(act) ? act : order.act(act);
  if (!isRefusal(answer)) return undefined;
  // The workflow of a closed order is over: what can be refused for another reason is not even looked at.
  const { refused, message, accepted } = order.isClosed ? orderClosed(order.id) : answer;
  return { code: refused, message: `${message}. Accepted: ${accepted}` };
}
