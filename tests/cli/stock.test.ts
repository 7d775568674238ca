import { beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../ledger/database.ts';
import { reserveUnits } from '../../ledger/stock-queue.ts';
import { withLedger } from '../ledger/with-ledger.ts';
import { Cli, closedPort, expectFailure, expectSentence } from '../support/cli.ts';

const ledger = withLedger();
let cli: Cli;
beforeAll(() => {
  cli = new Cli({ DATABASE_URL: ledger.url });
});

const dayFrom = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const receive = (lot: string, ...args: readonly string[]) => ['stock', 'receive', lot, '--product', 'MI325X', '--units', '20', ...args];
const serials = (...ranges: readonly string[]) => ranges.flatMap((range) => ['--serials', range]);
const window = (id: string, ...args: readonly string[]) => ['stock', 'window', 'open', id, '--product', 'H20', '--units', '100', ...args];

describe('twokey stock', () => {
  it('says that there is nothing where nothing came in', async () => {
    expect(await cli.text('stock', 'show')).toBe('no lot was received\n');
    expect(await cli.json('stock', 'show', '--on', '2026-03-01')).toEqual({ on: '2026-03-01', lots: [], windows: [], due: [] });
  });

  it('receives a lot once, with its place, its day and its numbers, and shows it', async () => {
    const asked = receive('M-1', '--place', 'hong-kong', '--opens', '2030-04-01', ...serials('A-01..A-15', 'A-21..A-25'));
    expect(await cli.json(...asked)).toEqual({ lot: 'M-1', product: 'MI325X', units: 20, isNew: true });
    expect(await cli.text(...asked)).toBe('lot M-1 was received before: nothing changed\n');
    expect(await cli.json('stock', 'show', 'MI325X')).toMatchObject({
      lots: [
        {
          ...{ lot: 'M-1', received: 20, free: 20, reserved: 0, quarantined: 0, shipped: 0, place: 'hong-kong', window: null },
          ...{ opensAt: '2030-04-01T00:00:00.000Z', serials: ['A-01..A-15', 'A-21..A-25'] },
        },
      ],
    });
    const text = await cli.text('stock', 'show', 'MI325X');
    expect(text).toMatch(/^M-1 +MI325X +20 +20 +0 +0 +0 +2030-04-01 +hong-kong$/m);
    expectSentence(text);
  });

  it('opens, confirms, moves and closes a window, and receives from it', async () => {
    const [soon, later] = [dayFrom(30), dayFrom(60)];
    expect(await cli.text(...window('Q2', '--on', soon))).toBe(`window Q2 is expected: 100 H20 from ${soon}\n`);
    await cli.text('stock', 'window', 'move', 'Q2', '--on', later, '--reason', 'the plant is late');
    expect(await cli.json(...window('Q2', '--on', later, '--confirmed'))).toMatchObject({ window: 'Q2', certainty: 'confirmed' });
    await cli.text('stock', 'receive', 'H-1', '--product', 'H20', '--units', '60', '--window', 'Q2');
    const shown = await cli.text('stock', 'show', 'H20');
    expect(shown).toMatch(new RegExp(`^H-1 +H20 +60 +60 +0 +0 +0 +${later}$`, 'm'));
    expect(shown).toMatch(new RegExp(`^Q2 +H20 +100 +60 +${later} +confirmed +from`, 'm'));
    expect(shown).toContain(soon);
    await cli.text('stock', 'window', 'close', 'Q2', '--reason', 'no more comes');
    expect(await cli.text('stock', 'show', 'H20')).not.toContain('Q2');
    expect(await cli.json('stock', 'show', 'H20')).toMatchObject({
      windows: [
        {
          id: 'Q2',
          isClosed: true,
          received: 60,
          history: [{ kind: 'opened' }, { kind: 'moved', reason: 'the plant is late' }, { kind: 'confirmed' }, { kind: 'closed' }],
        },
      ],
    });
  });

  it('lists what an order has reserved once the day has come on which the desk looks again', async () => {
    await cli.text('stock', 'receive', 'B-1', '--product', 'B200', '--units', '5');
    await reserveUnits(ledger.database, { customerClass: 'core', key: 'X-9/r', orderId: 'X-9', product: 'B200', units: 5, at: Date.now() });
    await cli.text('stock', 'review', 'X-9', '--by', '2026-03-01');
    expect(await cli.json('stock', 'show', 'B200', '--on', '2026-02-28')).toMatchObject({ due: [] });
    expect(await cli.json('stock', 'show', 'B200', '--on', '2026-03-01')).toMatchObject({ due: [{ order: 'X-9', units: 5, reviewBy: '2026-03-01' }] });
    expect(await cli.text('stock', 'show', 'B200', '--on', '2026-03-02')).toMatch(/^2026-03-01 +X-9 +B200 +5$/m);
    await cli.text('stock', 'review', 'X-9');
    expect(await cli.json('stock', 'show', 'B200', '--on', '2026-03-02')).toMatchObject({ due: [] });
    await expectFailure(cli, 3, 'nothing-reserved', 'stock', 'review', 'X-10', '--by', '2026-03-01');
  });

  it('audits: says that all is well, and where it is not ends with 1 and the first figure', async () => {
    expect(await cli.json('stock', 'audit')).toEqual({ difference: null });
    await inTransaction(ledger.database, (session) => session.query(`update lots set free = free - 1, shipped = shipped + 1 where id = 'M-1'`));
    const ran = await cli.run('stock', 'audit');
    expect(ran).toMatchObject({ exitCode: 1, stdout: 'lot M-1: free is booked as 19, and its journal adds up to 20\n' });
  });
});

describe('what the stock does not take is told with its exit code', () => {
  it.each<[string, number, string, string[]]>([
    ['no units', 2, 'units-invalid', ['stock', 'receive', 'N-1', '--product', 'H200', '--units', '0']],
    ['less than none', 2, 'units-invalid', ['stock', 'receive', 'N-1', '--product', 'H200', '--units=-5']],
    ['half a unit', 2, 'units-invalid', ['stock', 'receive', 'N-1', '--product', 'H200', '--units', '1.5']],
    ['too many', 2, 'units-invalid', ['stock', 'receive', 'N-1', '--product', 'H200', '--units', '2147483648']],
    ['an unknown product', 2, 'product-unknown', ['stock', 'receive', 'N-1', '--product', 'H9000', '--units', '1']],
    ['an unknown product to show', 2, 'product-unknown', ['stock', 'show', 'H9000']],
    ['no name', 2, 'name-invalid', ['stock', 'receive', 'a lot', '--product', 'H200', '--units', '1']],
    ['no place', 2, 'name-invalid', receive('N-1', '--place', '../x')],
    ['no day', 2, 'moment-invalid', receive('N-1', '--opens', 'soon')],
    ['no range', 2, 'serials-invalid', receive('N-1', ...serials('A-20..A-01'))],
    ['fewer numbers than units', 3, 'serials-invalid', receive('N-1', ...serials('C-01..C-19'))],
    ['the same lot with other numbers', 3, 'lot-conflict', receive('M-1')],
    ['numbers of another lot', 3, 'serials-overlap', receive('N-1', ...serials('A-15..A-34'))],
    ['a window of the past', 3, 'window-past', window('P-1', '--on', '2026-01-01')],
    ['a window that is none', 3, 'window-unknown', ['stock', 'window', 'close', 'P-1', '--reason', 'x']],
    ['a move without a reason', 2, 'usage', ['stock', 'window', 'move', 'Q2', '--on', '2030-01-01']],
    ['a lot from a window that is none', 3, 'window-unknown', receive('N-1', '--window', 'P-1')],
    ['a lot from a window that is closed', 3, 'window-closed', ['stock', 'receive', 'N-1', '--product', 'H20', '--units', '1', '--window', 'Q2']],
    ['an order id that is none', 2, 'order-id-invalid', ['stock', 'review', '..']],
    ['no such command', 2, 'usage', ['stock', 'window', 'burn', 'Q2']],
  ])('%s', async (_what, exitCode, code, args) => {
    await expectFailure(cli, exitCode, code, ...args);
    expect(await cli.text('stock', 'show')).not.toContain('N-1');
  });

  it('no ledger', async () => {
    const away = new Cli({ DATABASE_URL: `postgres://nobody@127.0.0.1:${await closedPort()}/none` });
    await expectFailure(away, 4, 'ledger-unreachable', 'stock', 'show');
    await expectFailure(away, 4, 'ledger-unreachable', 'quota', 'show');
  });
});
