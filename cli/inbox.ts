import type { Command } from 'commander';
import { isRole, roles } from '../domain/roles.ts';
import { commandOf } from '../domain/act-command.ts';
import { exampleOf, isActName } from '../domain/acts.ts';
import { listOrders, type OrderSummary, waitingOnRole } from '../engine/orders.ts';
import { withEngine } from './desk.ts';
import { usage } from './failure.ts';
import { count, createOutput, moment, table } from './output.ts';

export function addInbox(program: Command): void {
  program
    .command('inbox')
    .description('list what a role is asked for')
    .argument('<role>', roles.join(', '))
    .option('--json', 'print one JSON document')
    .action(async (role: string, options: { json?: boolean }) => {
      if (!isRole(role)) throw usage(`${role} is no role; accepted are ${roles.join(', ')}`, 'role-unknown');
      const out = createOutput(options.json ?? false);
      await withEngine(async ({ client, ui }) => {
        const query = waitingOnRole(role);
        const items = (await listOrders(client, query)).map((order) => itemOf(order, role));
        const link = ui ? `${ui}/namespaces/${client.options.namespace}/workflows?query=${encodeURIComponent(query)}` : null;
        out.result({ role, items, ui: link });
        out.say(items.length === 0 ? `nothing waits on ${role}` : inboxTable(items), ...example(items[0], role), ...(link ? ['', link] : []));
      });
    });
}

/** An order as it lies in the inbox of one role: `due` and `since` are of that role, ISO 8601, UTC. */
interface Item extends Omit<OrderSummary, 'asked'> {
  readonly asked: readonly string[];
  readonly due: string | null;
  readonly since: string | null;
}

function itemOf(order: OrderSummary, role: string): Item {
  const { due = null, since = null } = order.asked.find((one) => one.role === role) ?? {};
  return { ...order, asked: askedOf(order, role), due, since };
}

/** The acts that an order asks of one role. */
const askedOf = (order: OrderSummary, role: string): string[] =>
  order.awaitedActs.filter((one) => one.startsWith(`${role}:`)).map((one) => one.slice(role.length + 1));

const inboxTable = (items: readonly Item[]): string =>
  table(
    ['order', 'asked', 'due', 'since', 'units', 'product', 'customer'],
    items.map((one) => [
      one.order,
      one.asked.join(' or ') || 'lift the hold',
      one.due ? moment(one.due) : 'no deadline',
      one.since ? moment(one.since) : '',
      one.units === null ? '' : count(one.units),
      one.product,
      one.customer,
    ]),
  );

function example(item: Item | undefined, role: string): string[] {
  const name = item?.asked[0];
  if (!item || name === undefined || !isActName(name) || !isRole(role)) return [];
  return ['', `e.g. ${commandOf(item.order, name, role)}`, `or, if the order takes plain acts, in the Temporal UI: ${name} with ${exampleOf(name, role)}`];
}
