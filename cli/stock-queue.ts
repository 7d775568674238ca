import { type Command, InvalidArgumentError, Option } from 'commander';
import { type QueueRules, rankOf } from '../domain/rules/priority.ts';
import { customerClasses } from '../domain/terms.ts';
import { EngineError } from '../engine/errors.ts';
import { giveStock } from '../engine/stock.ts';
import { inTransaction } from '../ledger/database.ts';
import { isStockToCome } from '../ledger/stock-openings.ts';
import { queueAt, queuedProducts, queueRulesOf, setQueueRules, type Waits } from '../ledger/waitlist.ts';
import { withEngine, withLedger } from './desk.ts';
import { count, createOutput, moment, type Output, table } from './output.ts';
import { productOf } from './stock-asked.ts';

const day = 86_400_000;

/** Adds `twokey stock queue` and `twokey stock rules`. */
export function addQueue(command: (name: string, description: string) => Command): void {
  command('queue', 'show who waits for stock, in the order in which it is given out')
    .argument('[product]', 'of this product alone', productOf)
    .action((product: string | undefined, { json = false }: { json?: boolean }) => showQueues(product, createOutput(json)));
  command('rules', 'show how stock of a product that is short is given out, or change it')
    .argument('<product>', 'which', productOf)
    .addOption(
      new Option('--discipline <which>', 'strict: an order that is too large blocks those behind it; fit: who fits into what is free is served').choices([
        'strict',
        'fit',
      ] as const),
    )
    .option('--aging-days <n>', 'an order is lifted one class each time that it has waited so many days; none: never', agingOf)
    .action((product: string, options: { discipline?: QueueRules['discipline']; agingDays?: number | 'none'; json?: boolean }) =>
      rules(product, options, createOutput(options.json ?? false)),
    );
}

/** Commander takes null for no value at all. */
function agingOf(text: string): number | 'none' {
  if (text === 'none') return text;
  const days = Number(text);
  if (/^\d+$/.test(text) && days > 0 && days <= 36_500) return days;
  throw new InvalidArgumentError('expected a whole number of days from 1 to 36500, or none');
}

async function showQueues(asked: string | undefined, out: Output): Promise<void> {
  const at = Date.now();
  const queues = await withLedger((database) =>
    inTransaction(database, async (ledger) => {
      const products = asked === undefined ? await queuedProducts(ledger) : [asked];
      const queues = [];
      for (const product of products) queues.push({ product, rules: await queueRulesOf(ledger, product), ...(await queueAt(ledger, product, at)) });
      return queues;
    }),
  );
  out.result({
    queues: queues.map(({ product, rules: { discipline, agingMs }, called, waiting }) => ({
      ...{ product, discipline, agingDays: agingMs === null ? null : agingMs / day },
      called: called.map(told),
      waiting: waiting.map((one, index) => ({ place: index + 1, ...told(one) })),
    })),
  });
  const rows = queues.flatMap(({ product, rules, called, waiting }) => [
    ...called.map((one) => [product, 'called', ...rowOf(one, rules, at)]),
    ...waiting.map((one, index) => [product, String(index + 1), ...rowOf(one, rules, at)]),
  ]);
  out.say(rows.length === 0 ? 'nobody waits for stock' : table(['product', 'place', 'order', 'units', 'class', 'counts as', 'since'], rows));
}

const told = ({ orderId, units, customerClass, since }: Waits) => ({ order: orderId, units, customerClass, since: new Date(since).toISOString() });
const rowOf = (one: Waits, rules: QueueRules, at: number): string[] => [
  ...[one.orderId, count(one.units), one.customerClass],
  ...[customerClasses[rankOf(one, rules, at)] ?? one.customerClass, moment(new Date(one.since).toISOString())],
];

async function rules(product: string, asked: { discipline?: QueueRules['discipline']; agingDays?: number | 'none' }, out: Output): Promise<void> {
  const at = Date.now();
  const now = await withLedger((database) =>
    inTransaction(database, async (ledger) => {
      const before = await queueRulesOf(ledger, product);
      if (asked.discipline === undefined && asked.agingDays === undefined) return before;
      const { agingDays } = asked;
      const changed: QueueRules = {
        discipline: asked.discipline ?? before.discipline,
        agingMs: agingDays === undefined ? before.agingMs : agingDays === 'none' ? null : agingDays * day,
      };
      await setQueueRules(ledger, product, changed, at);
      return changed;
    }),
  );
  const agingDays = now.agingMs === null ? null : now.agingMs / day;
  const heard = await tellWhoWasCalled();
  out.result({ product, discipline: now.discipline, agingDays });
  out.say(
    `${product}: ${now.discipline}; ${agingDays === null ? 'waiting lifts nobody' : `lifted one class for each ${agingDays} days`}`,
    ...(heard === undefined ? [] : [heard]),
  );
}

/** Lets those hear of it for whom stock has been set aside, and says so; where no engine answers, the next worker does. Undefined where nobody is to. */
export async function tellWhoWasCalled(): Promise<string | undefined> {
  if (!(await withLedger((database) => isStockToCome(database, Date.now())))) return undefined;
  try {
    await withEngine(({ client, taskQueue }) => giveStock(client, taskQueue));
    return 'whoever waits for it gets it: twokey stock queue';
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return `whoever waits for it gets it as soon as a worker runs (${error.message})`;
  }
}
