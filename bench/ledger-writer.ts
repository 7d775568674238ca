import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { openDatabase } from '../ledger/database.ts';
import { releaseUnits } from '../ledger/stock.ts';
import { reserveUnits } from '../ledger/stock-queue.ts';
import { keyOf, mostHeld, orderOf, product, unitsOf, type Work, work } from './ledger-plan.ts';

/**
 * One writer of the ledger's bench: `node ledger-writer.ts URL NUMBER DIARY`, with one connection, doing what its parent says until it says otherwise.
 * Whatever the ledger has acknowledged stands in its diary before it asks for the next thing: a line that is written survives `kill -9`. Started
 * again, it reads there what it holds, and asks anew, under the same key, for what it does not know to have happened.
 */
const [, , url = '', writer = '', diary = ''] = process.argv;
const number = Number(writer);
const database = openDatabase(url);
const held: number[] = [];
let next = 1;
for (const line of existsSync(diary) ? readFileSync(diary, 'utf8').split('\n') : []) {
  const [what, turn] = line.split(' ');
  if (what === 'reserved') {
    held.push(Number(turn));
    next = Number(turn) + 1;
  } else if (what === 'released') held.shift();
}

const note = (line: string): void => appendFileSync(diary, `${line}\n`);

let told: Work = 'rest';
process.on('message', (message) => {
  const before = told;
  told = work.parse(message);
  if (before === 'rest' && told !== 'rest') void labor();
});
process.once('disconnect', () => process.exit(0));
process.send?.('ready');

async function labor(): Promise<void> {
  while (told !== 'rest') await (told === 'raw' ? updateRaw() : reserveOrRelease());
  process.send?.('rests');
}

/** The least that a ledger could do: one conditional update of one row, which the server commits by itself. */
async function updateRaw(): Promise<void> {
  const { rowCount } = await database.query('update raw_units set free = free - $2 where id = $1 and free >= $2', [product, 1]);
  if (rowCount !== 1) throw new Error('the row of the raw updates has no unit left: give it more');
  note('raw');
}

async function reserveOrRelease(): Promise<void> {
  const at = Date.now();
  if (held.length < mostHeld) {
    const answer = await reserveUnits(database, {
      orderId: orderOf(number, next),
      key: keyOf(number, next),
      product,
      units: unitsOf(next),
      customerClass: 'core',
      at,
    });
    if (answer.outcome === 'reserved') {
      note(`reserved ${next}`);
      held.push(next);
      next += 1;
      return;
    }
  }
  const [oldest] = held;
  if (oldest === undefined) return;
  await releaseUnits(database, { orderId: orderOf(number, oldest), reservationKey: keyOf(number, oldest), at });
  note(`released ${oldest}`);
  held.shift();
}
