import type { Command } from 'commander';
import { listOrders, openAnd, type OrderSummary } from '../engine/orders.ts';
import { withEngine } from './desk.ts';
import { count, createOutput, moment, table } from './output.ts';

export function addOrders(program: Command): void {
  program
    .command('orders')
    .description('list orders: stage, whom each waits on, next deadline')
    .option('--open', 'only orders that have not ended')
    .option('--json', 'print one JSON document')
    .action(async (options: { open?: boolean; json?: boolean }) => {
      const out = createOutput(options.json ?? false);
      const orders = await withEngine(({ client }) => listOrders(client, options.open ? openAnd("OrderStage != 'closed'") : undefined));
      out.result({ orders });
      out.say(orders.length === 0 ? 'no orders yet: twokey submit FILE' : ordersTable(orders));
    });
}

const ordersTable = (orders: readonly OrderSummary[]): string =>
  table(
    ['order', 'stage', 'units', 'product', 'customer', 'waits on', 'next deadline'],
    orders.map((one) => [
      one.order,
      `${one.outcome ?? one.stage}${one.held ? ' (held)' : ''}`,
      one.units === null ? '' : count(one.units),
      one.product,
      one.customer,
      one.waitingOn.join(', '),
      one.deadline ? moment(one.deadline) : '',
    ]),
  );
