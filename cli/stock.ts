import type { Command } from 'commander';
import { auditStock } from '../ledger/stock-audit.ts';
import { reservationsDue, setReview } from '../ledger/stock-review.ts';
import { lotStandings, windowStandings } from '../ledger/stock-shown.ts';
import { orderIdOf, withLedger } from './desk.ts';
import { exitCodes, refused } from './failure.ts';
import { createOutput, type Output, subcommandsOf } from './output.ts';
import { today } from './policy-asked.ts';
import { productOf } from './stock-asked.ts';
import { addQueue } from './stock-queue.ts';
import { addReceive } from './stock-receive.ts';
import { dueTable, lotTable, windowTable } from './stock-shown.ts';
import { addWindows } from './stock-window.ts';
import { calendarDayOf } from './times.ts';

interface Options {
  readonly on?: string;
  readonly by?: string;
  readonly json?: boolean;
}

export function addStock(program: Command): void {
  const stock = program.command('stock').description('the units that there are, and those to come: receive, window, show, queue, rules, review, audit');
  const command = subcommandsOf(stock);

  addReceive(command);
  addWindows(stock);
  addQueue(command);
  command('show', 'show every lot, the windows to come, and the reservations that are to be looked at again')
    .argument('[product]', 'of this product alone', productOf)
    .option('--on <day>', 'reservations to be looked at by this day in Washington; else today')
    .action((product: string | undefined, { on, json = false }: Options) => show(product, on === undefined ? today() : calendarDayOf(on), createOutput(json)));
  command('review', 'say by when the desk looks again at what an order has reserved; without a day, never')
    .argument('<order>', 'id of the order', orderIdOf)
    .option('--by <day>', 'the day on which it is listed, if it is still reserved')
    .action((order: string, { by, json = false }: Options) => review(order, by === undefined ? null : calendarDayOf(by), createOutput(json)));
  command('audit', 'add all stock up again from its journal; exit code 1 where a figure differs').action(({ json = false }: Options) =>
    audit(createOutput(json)),
  );
}

async function show(product: string | undefined, on: string, out: Output): Promise<void> {
  const [lots, windows, due] = await withLedger(
    async (database) =>
      [await lotStandings(database, product), await windowStandings(database, product), await reservationsDue(database, on, product)] as const,
  );
  const moment = (at: number): string => new Date(at).toISOString();
  out.result({
    on,
    lots: lots.map(({ opensAt, ...lot }) => ({ ...lot, opensAt: opensAt === null ? null : moment(opensAt) })),
    windows: windows.map(({ opensAt, history, ...window }) => ({
      ...{ ...window, opensAt: moment(opensAt) },
      history: history.map((entry) => ({ ...entry, at: moment(entry.at), opensAt: moment(entry.opensAt) })),
    })),
    due,
  });
  const toCome = windows.filter(({ isClosed }) => !isClosed);
  out.say(lots.length === 0 ? 'no lot was received' : lotTable(lots), ...windowTable(toCome), ...dueTable(due));
}

async function review(order: string, by: string | null, out: Output): Promise<void> {
  const isReserved = await withLedger((database) => setReview(database, order, by));
  if (!isReserved) throw refused('nothing-reserved', `order ${order} has nothing reserved; twokey status ${order} tells how it stands`);
  out.result({ order, reviewBy: by });
  out.say(by === null ? `what ${order} has reserved is not looked at again` : `what ${order} has reserved is listed from ${by} on: twokey stock show`);
}

async function audit(out: Output): Promise<void> {
  const difference = await withLedger(auditStock);
  out.result({ difference: difference ?? null });
  out.say(
    difference
      ? `${difference.of}: ${difference.what} is booked as ${JSON.stringify(difference.booked)}, and its journal adds up to ${JSON.stringify(difference.added)}`
      : 'all stock is what its journal adds up to',
  );
  if (difference) process.exitCode = exitCodes.failed;
}
