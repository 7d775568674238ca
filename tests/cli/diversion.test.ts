import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, inject, it } from 'vitest';
import { recordCustomer } from '../../ledger/customers.ts';
import { closeCase, openCase } from '../../ledger/diversions.ts';
import { keepThrowAwayKeyring } from '../../trust/throw-away-home.ts';
import { withLedger } from '../ledger/with-ledger.ts';
import { Cli, closedPort, expectFailure, expectSentence, expectUntouched, newId, orderYaml } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';
import { givePapers } from '../support/papers.ts';
import { SignedCompany } from '../support/signed-company.ts';
import { startWorkerProcess } from '../support/worker-process.ts';
import { submitted } from './customer-orders.ts';
import { withDeskOn } from './with-desk-on.ts';

/** Of its own: a worker tells orders of everything that stands on its board. */
const ledger = withLedger();
const here = withDeskOn(ledger);

async function vetted(): Promise<string> {
  const customer = newId('cloud');
  await recordCustomer(here.desk.database, { key: customer, customer, standing: 'approved', reason: 'letter of 5 January', orderId: null, at: Date.now() });
  return customer;
}

/** An order that waits for its test, after which it ships. */
async function underTest(customer: string): Promise<string> {
  const order = await submitted(here, customer);
  await here.desk.act(order, 'us.commerce', 'register', { applicationNumber: 'Z100001' });
  await here.desk.act(order, 'us.commerce', 'refer');
  await here.desk.bothKeys(order, `D-${order}`);
  return order;
}

interface Told {
  readonly case: string;
  readonly isNew: boolean;
  readonly held: readonly { readonly order: string; readonly told: string | null }[];
}
const said = (evidence = 'photograph 1') => ['--reason', 'seen in a market', '--evidence', evidence];
const reporting = (customer: string, order: string, ...args: readonly string[]) => [
  ...['diversion', 'report', customer, '--order', order, '--as', 'us.oee'],
  ...said(),
  ...args,
];
const closing = (name: string, finding: string, as = 'us.oee') => ['diversion', 'close', name, '--finding', finding, '--as', as, ...said('letter 7')];
const report = async (...args: Parameters<typeof reporting>): Promise<Told> => (await here.cli.json(...reporting(...args))) as Told;

describe('a report of a diversion', () => {
  it('of a delivered order holds the two that are open, of which neither ships, until the case is unfounded', async () => {
    const customer = await vetted();
    const delivered = await underTest(customer);
    await here.desk.delivered(delivered);
    expect(await here.desk.quiet(delivered)).toMatchObject({ stage: 'closed' });
    const [first, second] = [await underTest(customer), await underTest(customer)];
    const other = await underTest(await vetted());

    const told = await expectUntouched(here.desk.client, other, () => report(customer, delivered, '--units', '20'));
    const hold = told.case;
    const held = { hold, product: 'H200', units: 500, valueMinor: 1_500_000_000, currency: 'USD', told: 'told' };
    expect(told).toMatchObject({
      ...{ isNew: true, customer, order: delivered, units: 20, by: 'us.oee', reason: 'seen in a market', evidence: 'photograph 1', finding: null },
      ...{ shipped: [{ units: 500, at: expect.stringMatching(/Z$/) }], held: [first, second].toSorted().map((order) => ({ order, ...held })) },
    });
    const shown = await here.cli.text('diversion', 'show', customer);
    expect(shown).toMatch(new RegExp(`^${hold} {2}open {2}${customer}, order ${delivered}, 20 units$`, 'm'));
    expect(shown).toMatch(new RegExp(`^${first} +H200 +500 +USD 15,000,000.00 +held by ${hold}$`, 'm'));
    expect(await here.cli.text('status', first)).toContain(`held by ${hold}: diversion of order ${delivered}, reported by us.oee: seen in a market`);
    const again = await expectUntouched(here.desk.client, first, () => here.cli.text(...reporting(customer, delivered)));
    expect(again).toContain(`this was reported before as ${hold}: nothing changed`);

    await here.desk.act(first, 'test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
    expect(await here.desk.quiet(first)).toMatchObject({ stage: 'fulfillment', held: true });
    expect(await here.desk.shippedFor(first)).toBe(0);

    const closed = await here.cli.text(...closing(hold, 'unfounded'));
    for (const order of [first, second]) expect(closed).toContain(`  ${order}  ${hold} is lifted\n`);
    expect(await here.desk.quiet(first)).toMatchObject({ held: false });
    await givePapers(here.desk, first);
    expect(await here.desk.shippedFor(first)).toBe(500);
    expect(await here.desk.quiet(second)).toMatchObject({ held: false });
    expect(await expectUntouched(here.desk.client, second, () => here.cli.text(...closing(hold, 'unfounded')))).toContain('nothing changed');
    expect(await expectFailure(here.cli, 3, 'case-closed', ...closing(hold, 'substantiated'))).toContain('unfounded by us.oee');
  }, 240_000);

  it('that is substantiated keeps what it holds, and holds what the customer submits later', async () => {
    const customer = await vetted();
    const order = await submitted(here, customer);
    const { case: hold } = await report(customer, order);
    expect(await here.desk.quiet(order)).toMatchObject({ held: true });
    const told = await expectUntouched(here.desk.client, order, () => here.cli.text(...closing(hold, 'substantiated')));
    expect(told).toContain('Its orders stay held until a person cancels them');
    const later = newId('V');
    expect(await here.cli.text('submit', here.cli.write(orderYaml(later, { customer })))).toContain(`  ${later}  held by ${hold}\n`);
    expect(await here.desk.quiet(later)).toMatchObject({ held: true });
    await here.cli.text('act', order, 'cancel', '--as', 'seller.desk', '--reason', 'diverted');
    expect(await here.desk.quiet(order)).toMatchObject({ stage: 'closed', outcome: 'cancelled' });
  }, 120_000);

  it('is told by whoever comes next, where whoever wrote it died before: by the same command, or by a worker', async () => {
    const customer = await vetted();
    const order = await submitted(here, customer);
    const about = { customer, order, reason: 'seen in a market', evidence: 'photograph 1', by: 'us.oee', at: Date.now() } as const;
    const { number } = await openCase(here.desk.database, about);
    expect(await here.desk.quiet(order)).toMatchObject({ held: false });
    expect(await report(customer, order)).toMatchObject({ isNew: false, orders: [{ order, outcome: 'held' }], held: [{ order, told: 'told' }] });
    expect(await here.desk.quiet(order)).toMatchObject({ held: true });

    const letter = { reason: 'another serial number', evidence: 'letter 7' };
    await closeCase(here.desk.database, { number, finding: 'unfounded', ...letter, by: 'us.oee', at: Date.now() });
    expect(await here.desk.quiet(order)).toMatchObject({ held: true });
    const where = { address: inject('address'), databaseUrl: ledger.url, taskQueue: here.desk.engine.taskQueue, folder: inject('folder') };
    const worker = await startWorkerProcess({ ...where, repairEveryMs: 500 });
    try {
      for (const until = Date.now() + 60_000; (await here.desk.quiet(order)).held && Date.now() < until; await wait(200));
      expect(await here.desk.quiet(order)).toMatchObject({ held: false });
    } finally {
      await worker.kill();
    }
  }, 120_000);
});

describe('the desk closes a case by two people', () => {
  it('whose codes it keeps, where there are no keys', async () => {
    const customer = await vetted();
    const { case: hold } = await report(customer, await submitted(here, customer));
    const asked = closing(hold, 'substantiated', 'seller.desk');
    expect(await expectFailure(here.cli, 2, 'second-missing', ...asked)).toContain('--confirm-by');
    expect(await expectFailure(here.cli, 2, 'second-missing', ...asked, '--confirm-by', 'john.roe')).toContain('--holder');
    await expectFailure(here.cli, 3, 'same-person', ...asked, '--holder', 'john.roe', '--confirm-by', 'john.roe');
    await expectFailure(here.cli, 2, 'holder-invalid', ...asked, '--holder', 'a b', '--confirm-by', 'john.roe');
    await expectFailure(here.cli, 2, 'second-refused', ...closing(hold, 'substantiated'), '--confirm-by', 'john.roe');
    expect(await here.cli.json('diversion', 'show', hold)).toMatchObject({ cases: [{ finding: null }] });
    await here.cli.text(...asked, '--holder', 'jane.doe', '--confirm-by', 'john.roe');
    expect(await here.cli.text('diversion', 'show', hold)).toContain('by seller.desk (jane.doe, confirmed by john.roe) as substantiated: seen in a market');
  }, 120_000);

  it('who open their keys, where there are keys; and an order of signed acts is told by the act to sign', async () => {
    const company = await SignedCompany.found();
    const own = await Desk.open({ worker: true, company, databaseUrl: ledger.url });
    try {
      const signed = Cli.beside(own.engine.taskQueue, { database: ledger.url });
      await keepThrowAwayKeyring(signed.home, company.keyring);
      const customer = await vetted();
      const order = await submitted({ cli: signed, desk: own }, customer);
      const told = (await signed.json(...reporting(customer, order))) as Told;
      expect(told.held).toMatchObject([{ order, told: 'to-sign' }]);
      expect(await signed.text('diversion', 'show', told.case)).toContain(`npx twokey act ${order} hold --as policy.admin`);
      const asked = closing(told.case, 'unfounded', 'seller.desk');
      await expectFailure(signed, 3, 'key-missing', ...asked, '--confirm-by', 'nobody');
      expect(await signed.json('diversion', 'show', told.case)).toMatchObject({ cases: [{ finding: null }] });
      const ran = await signed.run(...asked, '--confirm-by', 'demo.compliance-second', '--json');
      expect(ran).toMatchObject({ exitCode: 0 });
      expect(JSON.parse(ran.stdout)).toMatchObject({ finding: { holder: 'demo.seller-desk', confirmedBy: 'demo.compliance-second' }, held: [] });
    } finally {
      await own.close();
      company.close();
    }
  }, 120_000);
});

describe('twokey diversion that goes against what is known is told so, and nothing is written', () => {
  it('a report', async () => {
    const customer = await vetted();
    const order = await submitted(here, customer);
    await expectUntouched(here.desk.client, order, async () => {
      await expectFailure(here.cli, 3, 'order-unknown', ...reporting(customer, 'no-such'));
      expect(await expectFailure(here.cli, 3, 'customer-differs', ...reporting('another', order))).toContain(customer);
      await expectFailure(here.cli, 3, 'units-more', ...reporting(customer, order, '--units', '501'));
      await expectFailure(here.cli, 2, 'units-invalid', ...reporting(customer, order, '--units', '-1'));
      expect(await expectFailure(here.cli, 3, 'not-entitled', ...reporting(customer, order), '--as', 'carrier')).toContain('seller.desk or buyer or us.oee');
      expect(await expectFailure(here.cli, 2, 'usage', ...reporting(customer, order), '--evidence', 'a\u202eb')).toContain('--evidence');
      const away = Cli.beside(here.desk.engine.taskQueue, { database: `postgresql://postgres@127.0.0.1:${await closedPort()}/postgres` });
      await expectFailure(away, 4, 'ledger-unreachable', ...reporting(customer, order));
    });
    expect(await here.cli.text('diversion', 'show', customer)).toBe(`no diversion was reported of ${customer}\n`);
  });

  it('a closing, and a case that is not there', async () => {
    await expectFailure(here.cli, 3, 'case-unknown', ...closing('diversion-999999', 'unfounded'));
    await expectFailure(here.cli, 3, 'case-unknown', 'diversion', 'show', 'diversion-999999');
    await expectFailure(here.cli, 2, 'case-invalid', ...closing('7', 'unfounded'));
    await expectFailure(here.cli, 2, 'customer-invalid', 'diversion', 'show', 'a b');
    await expectFailure(here.cli, 3, 'not-entitled', ...closing('diversion-1', 'unfounded', 'buyer'));
    const ran = await here.cli.run(...closing('diversion-1', 'perhaps'));
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expectSentence(ran.stderr);
  });
});
