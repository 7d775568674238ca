import type { Command } from 'commander';
import type { Database } from '../ledger/database.ts';
import { closeWindow, moveWindow, openWindow } from '../ledger/stock-windows.ts';
import { withLedger } from './desk.ts';
import { count, createOutput, subcommandsOf, visible } from './output.ts';
import { nameOf, productOf, unitsOf } from './stock-asked.ts';
import { momentOf } from './times.ts';

interface Opened {
  readonly product: string;
  readonly units: number;
  readonly on: string;
  readonly confirmed?: boolean;
  readonly json?: boolean;
}
interface Changed {
  readonly reason: string;
  readonly json?: boolean;
}

/** Adds `twokey stock window`: capacity to come. */
export function addWindows(stock: Command): void {
  const windows = stock.command('window').description('capacity to come: open, move, close');
  windows.exitOverride().configureOutput({ outputError: (text, write) => write(visible(text)) });
  const command = (name: string, description: string): Command =>
    subcommandsOf(windows)(name, description).argument('<window>', 'a name of its own', nameOf('a window name'));
  const day = 'when its units may first be reserved, a day or moment in UTC';

  command('open', 'announce capacity, or confirm what was expected; what is expected is shown, what is confirmed can be received')
    .requiredOption('--product <code>', 'what it is', productOf)
    .requiredOption('--units <n>', 'how many units', unitsOf)
    .requiredOption('--on <day>', day)
    .option('--confirmed', 'it is sure to come; without, it is expected')
    .action((id: string, { product, units, on, confirmed = false, json = false }: Opened) => {
      const certainty = confirmed ? 'confirmed' : 'expected';
      const window = { id, product, units, opensAt: momentOf(on), certainty } as const;
      return change(
        json,
        { window: id, product, units, opensAt: new Date(window.opensAt).toISOString(), certainty },
        `${certainty}: ${count(units)} ${product} from ${on}`,
        (database) => openWindow(database, window, Date.now()),
      );
    });
  command('move', 'move it to another day; what was received from it keeps its own')
    .requiredOption('--on <day>', day)
    .requiredOption('--reason <text>', 'why')
    .action((id: string, { on, reason, json = false }: Changed & { readonly on: string }) => {
      const opensAt = momentOf(on);
      return change(json, { window: id, opensAt: new Date(opensAt).toISOString() }, `moved to ${on}`, (database) =>
        moveWindow(database, { id, opensAt, reason, at: Date.now() }),
      );
    });
  command('close', 'end it: no more is received from it')
    .requiredOption('--reason <text>', 'why')
    .action((id: string, { reason, json = false }: Changed) =>
      change(json, { window: id, isClosed: true }, 'closed', (database) => closeWindow(database, { id, reason, at: Date.now() })),
    );
}

async function change(
  json: boolean,
  result: { readonly window: string; readonly [field: string]: unknown },
  says: string,
  make: (database: Database) => Promise<void>,
): Promise<void> {
  const out = createOutput(json);
  await withLedger(make);
  out.result(result);
  out.say(`window ${result.window} is ${says}`);
}
