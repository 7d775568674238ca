import type { Command } from 'commander';
import { type Lot, receiveLot } from '../ledger/stock-receipt.ts';
import type { SerialRange } from '../domain/serial-range.ts';
import { withLedger } from './desk.ts';
import { count, createOutput } from './output.ts';
import { nameOf, productOf, serialsOf, unitsOf } from './stock-asked.ts';
import { tellWhoWasCalled } from './stock-queue.ts';
import { momentOf } from './times.ts';

interface Options {
  readonly product: string;
  readonly units: number;
  readonly place?: string;
  readonly opens?: string;
  readonly serials?: readonly SerialRange[];
  readonly window?: string;
  readonly json?: boolean;
}

/** Adds `twokey stock receive`. */
export function addReceive(command: (name: string, description: string) => Command): void {
  command('receive', 'take a lot in; the same receipt again changes nothing')
    .argument('<lot>', 'a name of its own', nameOf('a lot name'))
    .requiredOption('--product <code>', 'what it is', productOf)
    .requiredOption('--units <n>', 'how many units', unitsOf)
    .option('--place <place>', 'where it lies, as a code', nameOf('a place'))
    .option('--opens <day>', 'when it may first be reserved from, a day or moment in UTC; else at once, or with its window')
    .option('--serials <range>', 'serial numbers FIRST..LAST, once for each range; of all units or of none', serialsOf)
    .option('--window <name>', 'the confirmed window that it comes from', nameOf('a window name'))
    .addHelpText(
      'after',
      '\nExamples:\n  twokey stock receive H200-7 --product H200 --units 500 --place hong-kong\n' +
        '  twokey stock receive H200-8 --product H200 --units 20 --serials H2-0001..H2-0015 --serials H2-0020..H2-0024',
    )
    .action(receive);
}

async function receive(id: string, { product, units, place, opens, serials, window, json = false }: Options): Promise<void> {
  const out = createOutput(json);
  const lot: Lot = {
    ...{ id, product, units },
    ...(place !== undefined && { place }),
    ...(opens !== undefined && { opensAt: momentOf(opens) }),
    ...(serials && { serials }),
    ...(window !== undefined && { window }),
  };
  const { isNew } = await withLedger((database) => receiveLot(database, lot, Date.now()));
  out.result({ lot: id, product, units, isNew });
  // Also where it was received before: whoever did may have died before this.
  const heard = await tellWhoWasCalled();
  if (isNew) out.say(`lot ${id}: ${count(units)} ${product} received`, ...(heard === undefined ? [] : [heard]));
  else out.say(`lot ${id} was received before: nothing changed`);
}
