import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inTransaction } from '../../ledger/database.ts';
import { recordLicense } from '../../ledger/licenses-record.ts';
import { reserveLicense } from '../../ledger/licenses-reservations.ts';
import { useLicense } from '../../ledger/licenses-use.ts';
import { withLedger } from '../ledger/with-ledger.ts';
import { license, worth } from '../ledger/with-licenses.ts';
import { Cli, closedPort, expectFailure, expectSentence } from '../support/cli.ts';

const ledger = withLedger();
let cli: Cli;
beforeAll(() => {
  cli = new Cli({ DATABASE_URL: ledger.url });
});

const day = 86_400_000;
const dayFrom = (days: number): string => new Date(Date.now() + days * day).toISOString().slice(0, 10);

/** A license of 100 units that was issued a month ago: 40 were shipped ten days ago, 20 are set aside for another order. */
async function issued(number: string, expires: string | null = null): Promise<void> {
  const at = Date.now() - 30 * day;
  await recordLicense(ledger.database, license(number, { issued: dayFrom(-30), expires }), at);
  const then = { at: Date.now() - 10 * day, on: dayFrom(-10) };
  await inTransaction(ledger.database, (session) => useLicense(session, { key: `${number}/ship`, number, orderId: 'A-1', ...worth(40), ...then }));
  await reserveLicense(ledger.database, { key: `${number}/r`, orderId: 'A-2', number, ...worth(20), ...then });
}
const shown = async (number: string) =>
  z
    .looseObject({ license: z.looseObject({ status: z.string() }), history: z.array(z.looseObject({ kind: z.string() })) })
    .parse(await cli.json('license', 'show', number));

describe('twokey license', () => {
  it('lists and shows what is licensed, free, set aside and used, and all that happened', async () => {
    await issued('L1');
    const amount = (units: number) => expect.objectContaining({ units });
    expect(await cli.json('license', 'list')).toMatchObject({
      licenses: [{ number: 'L1', status: 'live', free: amount(40), reserved: amount(20), used: amount(40) }],
    });
    expect(await cli.text('license', 'list')).toMatch(/^L1 +live +no day named +L1-customer +H200 +40 +20 +40$/m);
    expect((await shown('L1')).history.map(({ kind }) => kind)).toEqual(['recorded', 'used', 'reserved']);
    const text = await cli.text('license', 'show', 'L1');
    expect(text).toContain('license L1 is live');
    expect(text).toContain('used      40 units, USD 100.00');
    expectSentence(text);
  });

  it('suspends and reinstates, each once, with who did it and on which document', async () => {
    await issued('L2');
    const file = cli.write('order of suspension');
    expect(await cli.json('license', 'suspend', 'L2', '--reason', 'new finding', '--authority', 'bis-officer-7', '--evidence', file)).toMatchObject({
      ...{ license: 'L2', change: 'suspended', lost: [], usesSince: [] },
    });
    const { license: suspended, history } = await shown('L2');
    expect(suspended.status).toBe('suspended');
    expect(history.at(-1)).toMatchObject({
      by: 'bis-officer-7',
      reason: 'new finding',
      evidence: createHash('sha256').update('order of suspension').digest('hex'),
    });
    expect(await expectFailure(cli, 3, 'license-suspended', 'license', 'suspend', 'L2', '--reason', 'again')).toContain('suspended already');
    await cli.text('license', 'reinstate', 'L2', '--reason', 'settled');
    expect((await shown('L2')).license.status).toBe('live');
    await expectFailure(cli, 3, 'not-suspended', 'license', 'reinstate', 'L2', '--reason', 'again');
  });

  it('revokes as of the past and tells what was shipped since, and whose units are gone', async () => {
    await issued('L3');
    const text = await cli.text('license', 'revoke', 'L3', '--reason', 'diversion', '--effective', dayFrom(-20));
    expect(text).toContain('license L3 is revoked: 60 units');
    expect(text).toMatch(/shipped since then: A-1, 40 units on \d{4}-\d\d-\d\d/);
    expect(text).toContain('no longer set aside: 20 units of A-2');
    await expectFailure(cli, 3, 'license-revoked', 'license', 'revise', 'L3', '--units', '10', '--reason', 'x');
  });

  it('revokes a part, and revises units and the last day', async () => {
    await issued('L4');
    expect(await cli.json('license', 'revoke', 'L4', '--units', '10', '--reason', 'cap')).toMatchObject({ revokedUnits: 10, lost: [], usesSince: [] });
    await cli.text('license', 'revise', 'L4', '--units', '200', '--expires', dayFrom(400), '--reason', 'more is licensed');
    expect((await shown('L4')).license).toMatchObject({ units: 200, expires: dayFrom(400), revokedUnits: 10 });
    await expectFailure(cli, 3, 'units-used', 'license', 'revise', 'L4', '--units', '1', '--reason', 'x');
  });

  it('warns of licenses that end, by the nearest limit', async () => {
    for (const [number, days] of [
      ['E91', 91],
      ['E90', 90],
      ['E31', 31],
      ['E30', 30],
      ['E7', 7],
    ] as const)
      await issued(number, dayFrom(days));
    const on = dayFrom(0);
    expect(await cli.json('license', 'expiring', '--on', on)).toMatchObject({
      on,
      licenses: [
        { number: 'E7', daysLeft: 7, within: 7, balance: 60, orders: ['A-2', 'E7-order'] },
        { number: 'E30', daysLeft: 30, within: 30 },
        { number: 'E31', daysLeft: 31, within: 90 },
        { number: 'E90', daysLeft: 90, within: 90 },
      ],
    });
    const text = await cli.text('license', 'expiring', '--on', on);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(await cli.text('license', 'expiring', '--on', '2030-01-01')).toContain('no license ends within 90 days of 2030-01-01');
  });

  it('audits: says that all is well, and where it is not ends with 1 and the first figure', async () => {
    expect(await cli.json('license', 'audit')).toEqual({ difference: null });
    await inTransaction(ledger.database, (session) => session.query(`update licenses set parties = array['somebody-else'] where number = 'L1'`));
    const ran = await cli.run('license', 'audit');
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain('L1: parties is booked as ["somebody-else"], and its journal adds up to []');
  });
});

describe('what cannot be done to a license is told with its exit code', () => {
  it.each<[string, number, string, string[]]>([
    ['a license that nobody recorded', 3, 'license-unknown', ['show', 'D9']],
    ['a change of one', 3, 'license-unknown', ['suspend', 'D9', '--reason', 'x']],
    ['no reason', 2, 'usage', ['suspend', 'L1']],
    ['a revision of nothing', 2, 'usage', ['revise', 'L1', '--reason', 'x']],
    ['no units', 2, 'units-invalid', ['revoke', 'L1', '--units', '0', '--reason', 'x']],
    ['half a unit', 2, 'units-invalid', ['revoke', 'L1', '--units', '1.5', '--reason', 'x']],
    ['a change from a day to come', 2, 'moment-invalid', ['revoke', 'L1', '--effective', '2190-01-01', '--reason', 'x']],
    ['no moment', 2, 'moment-invalid', ['revoke', 'L1', '--effective', 'soon', '--reason', 'x']],
    ['no day', 2, 'day-invalid', ['list', '--on', 'today']],
    ['no document', 2, 'file-unreadable', ['suspend', 'L1', '--reason', 'x', '--evidence', 'nowhere.pdf']],
  ])('%s', async (_what, exitCode, code, args) => {
    await expectFailure(cli, exitCode, code, 'license', ...args);
  });

  it('no ledger', async () => {
    const away = new Cli({ DATABASE_URL: `postgres://nobody@127.0.0.1:${await closedPort()}/none` });
    await expectFailure(away, 4, 'ledger-unreachable', 'license', 'list');
  });
});
