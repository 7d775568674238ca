import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../../ledger/database.ts';
import { claimOrders } from '../../ledger/orders.ts';
import { reserveUnits } from '../../ledger/stock-queue.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { pinnedPolicy } from '../../edge/policies.ts';
import { readOrders } from '../../edge/order-file.ts';
import { quoteFor } from '../../cli/quote-for.ts';
import { quoteLines } from '../../cli/quote-lines.ts';
import { Cli, closedPort, expectFailure, expectSentence, newId, orderYaml } from '../support/cli.ts';
import { startTestLedger } from '../support/test-ledger.ts';

/** No engine and no ledger are known here. */
let cli: Cli;
beforeAll(() => {
  cli = new Cli();
});

const units = z.union([z.int().min(0), z.literal('unknown')]);
const quoteSchema = z.strictObject({
  order: z.string(),
  customer: z.string(),
  product: z.string(),
  units: z.int(),
  policy: z.string(),
  filedOn: z.iso.date(),
  route: z.string(),
  reasons: z.array(z.string()).min(1),
  levy: z.strictObject({
    amountMinor: z.union([z.int(), z.literal('unknown')]),
    currency: z.literal('USD'),
    baseMinor: z.int(),
    rate: z.union([z.number(), z.literal('unknown')]),
    base: z.string(),
    payer: z.string(),
    borneBy: z.string(),
    trigger: z.string(),
    refundable: z.string(),
    band: z.string().nullable(),
    note: z.string().nullable(),
  }),
  quotas: z.array(
    z.strictObject({ quota: z.string(), kind: z.string(), limit: units, used: units, left: units, fits: z.boolean().nullable(), why: z.string().nullable() }),
  ),
  papers: z.array(
    z.discriminatedUnion('when', [
      z.strictObject({ name: z.string(), says: z.string(), when: z.literal('before-filing'), from: z.string() }),
      z.strictObject({ name: z.string(), says: z.string(), when: z.literal('before-export'), from: z.string(), act: z.string() }),
    ]),
  ),
  certifications: z.array(z.strictObject({ code: z.string(), says: z.string() })),
  endUse: z.strictObject({ use: z.string(), us: z.string(), china: z.string(), finding: z.string(), conflict: z.string().nullable() }),
  dates: z.array(z.strictObject({ what: z.string(), day: z.iso.date().nullable(), rule: z.string().min(1) })),
});
type Changes = Parameters<typeof orderYaml>[1];
/** An order that leaves its policy to the day, unless `changes` name one. */
const unpinned = (changes: Changes = {}): string => orderYaml('Q-1', { policy: undefined, ...changes });
const quote = async (changes: Changes, ...args: readonly string[]) => quoteSchema.parse(await cli.json('quote', cli.write(unpinned(changes)), ...args));
const dayOf = ({ dates }: z.infer<typeof quoteSchema>, what: string) => dates.find((one) => one.what === what);

describe('twokey quote', () => {
  it('tells in the article what a quarter of revenue comes to, and that no source gives a day for China', async () => {
    const quoted = await quote({ policy: '2025-12-announcement' }, '--on', '2025-12-22');
    expect(quoted).toMatchObject({ order: 'Q-1', route: 'case-by-case', filedOn: '2025-12-22', quotas: [], certifications: [] });
    expect(quoted.levy).toMatchObject({
      amountMinor: 375_000_000,
      baseMinor: 1_500_000_000,
      currency: 'USD',
      rate: 0.25,
      base: 'invoiced-revenue',
      payer: 'seller',
      trigger: 'on-invoice',
      note: null,
    });
    expect(dayOf(quoted, 'agency-opinions')?.day).toBe('2026-01-21');
    expect(dayOf(quoted, 'license')?.day).toBeNull();
    expect(dayOf(quoted, 'china-approval')).toEqual({ what: 'china-approval', day: null, rule: 'not published' });
  });

  it('tells under the rule of January 2026 the duty, what is certified, and the papers with their moments', async () => {
    const quoted = await quote({}, '--policy', '2026-01-rule');
    expect(quoted.levy).toMatchObject({ amountMinor: 375_000_000, base: 'entered-value', payer: 'importer-of-record', trigger: 'on-entry', band: 'band-1' });
    expect(quoted.levy.note).toContain('the value that is entered may be another');
    expect(quoted.papers).toContainEqual(expect.objectContaining({ name: 'end-user-statement', when: 'before-filing' }));
    expect(quoted.papers).toContainEqual(expect.objectContaining({ name: 'test-report', when: 'before-export' }));
    expect(quoted.certifications.length).toBeGreaterThan(0);
    expect(quoted.endUse).toMatchObject({ use: 'research', us: 'case-by-case', china: 'case-by-case', conflict: null });
  });

  it('reckons with the ladder where the policy has one', async () => {
    const quoted = await quote({}, '--policy', 'us-ladder', '--on', '2026-02-20');
    expect(dayOf(quoted, 'ladder-end')?.day).toBe('2026-05-12');
    expect(dayOf(quoted, 'review-limit')?.day).toBe('2026-05-21');
    expect(dayOf(quoted, 'denial-final')?.day).toBe('2026-05-06');
  });

  it('has the policy of --policy, else that of the file, else that in force on the day of filing', async () => {
    expect(await quote({ policy: 'us-ladder' }, '--policy', '2026-01-rule')).toMatchObject({ policy: '2026-01-rule' });
    expect(await quote({ policy: 'us-ladder' })).toMatchObject({ policy: 'us-ladder' });
    expect(await quote({}, '--on', '2025-12-22')).toMatchObject({ policy: '2025-12-announcement' });
    expect(await quote({}, '--on', '2026-01-15')).toMatchObject({ policy: '2026-01-rule' });
  });

  it('does not guess: a product that needs a ruling has no amount', async () => {
    const quoted = await quote({ product: 'Gaudi3' }, '--policy', '2026-01-rule');
    expect(quoted).toMatchObject({ route: 'needs-ruling', levy: { rate: 'unknown', amountMinor: 'unknown', band: null } });
    expect(await cli.text('quote', cli.write(unpinned({ product: 'Gaudi3' })), '--policy', '2026-01-rule')).toContain('not known on USD 15,000,000.00');
  });

  it('quotes each order of a list', async () => {
    const order = { customer: 'c', customerClass: 'core', product: 'H200', units: 1, currency: 'USD', endUse: 'research', policy: '2025-12-announcement' };
    const prices = [1, 2, 1_000_000_000_000_000];
    const file = cli.write(JSON.stringify(prices.map((unitPriceMinor, index) => ({ ...order, id: `Q-${index}`, unitPriceMinor }))), 'list.json');
    const { quotes } = z.strictObject({ quotes: z.array(quoteSchema) }).parse(await cli.json('quote', file));
    expect(quotes.map(({ order: id, levy }) => [id, levy.amountMinor])).toEqual([
      ['Q-0', 0],
      ['Q-1', 1],
      ['Q-2', 250_000_000_000_000],
    ]);
  });

  it('tells a person all of it', async () => {
    const told = await cli.text('quote', cli.write(unpinned()), '--policy', '2026-01-rule', '--on', '2026-02-20');
    for (const line of [
      'Q-1: 500 H200 for research-lab-1',
      'policy 2026-01-rule, filed on 2026-02-20',
      'route case-by-case',
      'levy 25 % of the entered value, band-1',
      '  USD 3,750,000.00 on USD 15,000,000.00',
      'no date     china approval              not published',
    ])
      expect(told.split('\n')).toContain(line);
    expect(told).toMatch(/^2026-03-22 {2}agency opinions {13}each agency has 30 days/m);
    expect(Math.max(...told.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expectSentence(told);
  });

  it('names a conflict between the two sides', () => {
    const [order] = readOrders(cli.write(unpinned()));
    if (!order) throw new Error('the file has one order');
    const quoted = quoteFor(order.terms, { policy: '2026-01-rule', filedOn: '2026-02-20', inUse: [] });
    const conflict = 'China bars it, the United States do not';
    const lines = quoteLines({ ...quoted, endUse: { use: 'research', us: 'open', china: 'barred', finding: 'barred-by-china-alone', conflict } });
    expect(lines).toContain('end use research: open in the United States, barred in China');
    expect(lines).toContain(`CONFLICT: ${conflict}`);
  });
});

describe('what is left of the quotas', () => {
  it('is unknown where no ledger runs, and said so', async () => {
    const { quotas } = await quote({}, '--policy', '2026-01-rule');
    expect(quotas.find(({ kind }) => kind === 'units-per-customer')).toMatchObject({
      limit: 75_000,
      used: 'unknown',
      left: 'unknown',
      fits: null,
      why: expect.any(String),
    });
    expect(quotas.find(({ kind }) => kind === 'share-of-us-volume')).toMatchObject({ limit: 'unknown', left: 'unknown', why: expect.stringContaining('50 %') });
  });

  it('is unknown where the ledger does not answer', async () => {
    const away = new Cli({ DATABASE_URL: `postgres://nobody@127.0.0.1:${await closedPort()}/none` });
    const answer = quoteSchema.parse(await away.json('quote', away.write(unpinned()), '--policy', '2026-01-rule'));
    expect(answer.quotas.find(({ kind }) => kind === 'units-per-customer')).toMatchObject({ used: 'unknown', left: 'unknown', fits: null });
  });

  it('is what a running ledger tells, pooled over the products of the cap, and exactly what it takes by then', async () => {
    const ledger = await startTestLedger(join(cli.home, 'ledger.log'));
    const beside = new Cli({ DATABASE_URL: ledger.url });
    const customer = newId('cloud');
    const database = openDatabase(ledger.url);
    for (const [product, reserved] of [
      ['H200', 70_000],
      ['MI325X', 4_000],
      ['H20', 9_000],
    ] as const) {
      const id = newId('Q');
      const [order] = readOrders(beside.write(orderYaml(id, { customer, product, units: String(reserved) })));
      if (!order) throw new Error('the file has one order');
      await claimOrders(database, [{ terms: order.terms, policy: '2026-01-rule' }], 0);
      await receiveLot(database, { id: `lot-${id}`, product, units: reserved }, Date.now());
      expect(await reserveUnits(database, { customerClass: 'core', key: `${id}/r`, orderId: id, product, units: reserved, at: 0 })).toMatchObject({
        outcome: 'reserved',
      });
    }
    const left = async (wanted: number) => {
      const file = beside.write(unpinned({ customer, units: String(wanted) }));
      const { quotas } = quoteSchema.parse(await beside.json('quote', file, '--policy', '2026-01-rule'));
      return quotas.find(({ kind }) => kind === 'units-per-customer');
    };
    expect(await left(1_000)).toMatchObject({ limit: 75_000, used: 74_000, left: 1_000, fits: true, why: null });
    expect(await left(1_001)).toMatchObject({ left: 1_000, fits: false });
    expect(await beside.text('quote', beside.write(unpinned({ customer, units: '1001' })), '--policy', '2026-01-rule')).toMatch(
      /^units per customer +75,000 +74,000 +1,000 +THE ORDER DOES NOT FIT IN$/m,
    );
    const id = newId('Q');
    await claimOrders(
      database,
      readOrders(beside.write(orderYaml(id, { customer, product: 'H200' }))).map(({ terms }) => ({ terms, policy: 'p' })),
      0,
    );
    await receiveLot(database, { id: `lot-${id}`, product: 'H200', units: 5_000 }, 0);
    const asks = (wanted: number) => {
      const quotas = pinnedPolicy('2026-01-rule', 'H200')?.quotas ?? expect.fail('the rule has quotas');
      return reserveUnits(database, { customerClass: 'core', key: `${id}/${wanted}`, orderId: id, product: 'H200', units: wanted, quotas, at: 0 });
    };
    expect(await asks(1_001)).toEqual({ outcome: 'over-quota', quota: 'units-per-customer', limit: 75_000, used: 74_000, left: 1_000 });
    expect(await asks(1_000)).toMatchObject({ outcome: 'reserved' });
    await database.end();
    await ledger.stop();
  });
});

describe('what cannot be quoted is told with exit code 2, and what would be right', () => {
  it('no file', async () => {
    expect(await expectFailure(cli, 2, 'invalid-document', 'quote', 'nowhere.yaml')).toContain('nowhere.yaml: no such file');
  });

  it.each<[string, Changes, string[], string, RegExp]>([
    ['a faulty order', { units: '-5' }, [], 'invalid-document', /units/],
    ['an unknown product', { product: 'H9000' }, [], 'invalid-document', /product/],
    ['an unknown policy', {}, ['--policy', '2027'], 'policy-unknown', /accepted are/],
    ['an unknown policy of the file', { policy: 'x' }, [], 'policy-unknown', /policy x is unknown; accepted are/],
    ['no day', {}, ['--on', '2026-02-30'], 'day-invalid', /expected a calendar day such as 2026-02-16/],
    ['a word', {}, ['--on', 'tomorrow'], 'day-invalid', /expected a calendar day/],
    ['a day that is none of ours', {}, ['--on', '9999-12-31'], 'day-invalid', /from 2000 to 2199/],
    ['a day before all policies', {}, ['--on', '2024-01-01'], 'no-policy', /the earliest, 2025-08-revenue-share, begins on/],
  ])('%s', async (_what, changes, args, code, sentence) => {
    expect(await expectFailure(cli, 2, code, 'quote', cli.write(unpinned(changes)), ...args)).toMatch(sentence);
  });
});
