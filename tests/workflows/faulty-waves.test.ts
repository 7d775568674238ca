import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StepFault } from '../../domain/faults.ts';
import { query } from '../../ledger/database.ts';
import { auditLicenses } from '../../ledger/licenses-audit.ts';
import { plantFault } from '../../ledger/simulation.ts';
import { auditStock } from '../../ledger/stock-audit.ts';
import { withLedger } from '../ledger/with-ledger.ts';
import { Desk } from '../support/desk.ts';
import { givePapers } from '../support/papers.ts';
import { licensedForWaves, waveApproved, wavesArrive, waveSteps } from '../support/waves.ts';
import { type Garbled, garbledActivities } from './garbled-ports.ts';

const ledger = withLedger();
const garbled: Garbled = new Map();
let desk: Desk;
let rubbish: Desk;
beforeAll(async () => {
  desk = await Desk.open({ worker: true, databaseUrl: ledger.url });
  rubbish = await Desk.open({ worker: true, databaseUrl: ledger.url, trusted: () => garbledActivities(ledger.database, garbled) });
});
afterAll(async () => {
  await desk.close();
  await rubbish.close();
});

async function waveLeaves(at: Desk, order: string, wave: string, units: string): Promise<void> {
  await waveApproved(at, order, wave, units);
  await at.quiet(order);
  await at.act(order, 'test.lab', 'pass-inspection', { reportNumber: `LAB-${wave}` });
  await givePapers(at, order);
  expect(await at.quiet(order)).toMatchObject({ waitingOn: expect.arrayContaining(['cn.gacc']) });
}

async function leavesInTwoWaves(at: Desk, fault?: StepFault): Promise<string> {
  const order = await licensedForWaves(at);
  for (const [wave, units] of Object.entries({ 1: '250', 2: '350' })) {
    if (fault) for (const step of waveSteps) await plantFault(at.database, { step, orderId: order, fault, times: 1 });
    await waveLeaves(at, order, wave, units);
  }
  await wavesArrive(at, order);
  expect(await at.quiet(order)).toMatchObject({ stage: 'closed', outcome: 'delivered' });
  return order;
}

/** Every step of both waves took effect once: tests, screenings, bookings, shipments, levies and declarations; and the books add up. */
async function expectEachOnce(order: string): Promise<void> {
  const simulated = { 'request-inspection': 2, 'book-shipment': 2, ship: 2, 'declare-customs': 2, 'file-application': 1 };
  expect(await desk.effects(order)).toMatchObject(simulated);
  expect(await desk.shippedFor(order)).toBe(600);
  const levies = await query<{ minor: number }>(ledger.database, 'select amount_minor as minor from levy_entries where order_id = $1', [order]);
  expect(levies).toHaveLength(2);
  expect(levies.reduce((sum, { minor }) => sum + minor, 0)).toBe((600 * 3_333_333 * 25) / 100);
  expect(await auditStock(ledger.database)).toBeUndefined();
  expect(await auditLicenses(ledger.database)).toBeUndefined();
}

describe('an order that leaves in two waves, of which every step', () => {
  it.each(['unavailable', 'answer-lost', 'twice'] as const)(
    'meets the fault %s in both, is delivered, and each step took effect once a wave',
    async (fault) => {
      const order = await leavesInTwoWaves(desk, fault);
      const left = await query(ledger.database, 'select step from simulated_faults where order_id = $1 and remaining > 0', [order]);
      expect(left).toEqual([]);
      await expectEachOnce(order);
    },
    120_000,
  );

  it('is answered with rubbish the first time, is delivered, and each step took effect once a wave', async () => {
    const order = await leavesInTwoWaves(rubbish);
    await expectEachOnce(order);
    const asked = [...garbled].filter(([key]) => key.includes(order));
    // The hand-over and the ledger are two calls of one step; each was answered with rubbish, and asked again.
    for (const step of waveSteps)
      for (const wave of [0, 1])
        expect(
          asked.filter(([key, times]) => key.endsWith(`${order}/${step}/${wave}`) && times > 1),
          step,
        ).not.toEqual([]);
  }, 120_000);
});
