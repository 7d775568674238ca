import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { auditLicenses } from '../../ledger/licenses-audit.ts';
import { licenseStanding } from '../../ledger/licenses.ts';
import { Cli, expectFailure, expectUntouched } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';
import { delivered, type InFlight, inFlight, readyFor } from './in-flight.ts';

let desk: Desk;
let cli: Cli;
beforeAll(async () => {
  desk = await Desk.open();
  cli = Cli.beside(desk.engine.taskQueue);
});
afterAll(() => desk.close());

const today = '2026-06-01';
const standing = async (number: string) => await licenseStanding(desk.database, number, today);

/** Orders that were taken over, with stock for both. */
async function imported(): Promise<InFlight> {
  const file = inFlight();
  await readyFor(desk.database, file);
  await cli.json('import', cli.write(file.text));
  await desk.quiet(file.reviewed);
  await desk.quiet(file.partShipped);
  return file;
}

describe('twokey import --dry-run', () => {
  it('tells where each order would stand, on whom it waits and what runs then, and starts nothing', async () => {
    const { text, reviewed, partShipped, partUsed } = inFlight();
    expect(await cli.json('import', cli.write(text), '--dry-run')).toMatchObject({
      dryRun: true,
      orders: [
        { order: reviewed, stage: 'us-review', waitingOn: ['us.commerce'], usKey: 'before-commerce', runs: ['screen-parties', 'reserve-stock'] },
        { order: partShipped, stage: 'fulfillment', usKey: 'licensed', unitsShipped: 100, runs: ['screen-parties', 'reserve-stock', 'notify-license'] },
      ],
      licenses: [partUsed],
    });
    await expectFailure(cli, 3, 'order-unknown', 'status', reviewed);
    expect(await standing(partUsed)).toBeUndefined();
  });

  it('tells of a clock that runs how much is left of it', async () => {
    const day = (daysAgo: number): string => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);
    const { text, reviewed } = inFlight();
    const late = text
      .slice(0, text.indexOf('  # Licensed, and approved'))
      .replaceAll(/2025-12-\d\d(T15:00Z)?/g, day(12))
      .replaceAll(/policy: \S+/g, 'policy: 2025-12-announcement')
      .replaceAll('2026-01-05', day(10))
      .replaceAll(/2026-01-(19|26|23)/g, day(5));
    const told = z
      .object({ orders: z.array(z.object({ order: z.string(), waitingOn: z.array(z.string()), deadline: z.object({ leftMs: z.number() }) })) })
      .parse(await cli.json('import', cli.write(late), '--dry-run'));
    expect(told.orders).toMatchObject([{ order: reviewed, waitingOn: ['us.defense'] }]);
    expect(Math.ceil((told.orders[0]?.deadline.leftMs ?? 0) / 86_400_000)).toBe(20);
  });
});

describe('twokey import', () => {
  it('lets a deadline that has passed lapse as it would have, and counts it from the past', async () => {
    const { reviewed } = await imported();
    const { events, order } = await desk.record(reviewed);
    expect(order.usReview).toMatchObject({ state: 'before-commerce', applicationNumber: 'Z100200', consensus: 'agencies-approve' });
    expect(events).toContainEqual(expect.objectContaining({ type: 'agency-deemed', agency: 'us.defense', at: Date.parse('2026-02-04') }));
    expect(order.allocation).toMatchObject({ state: 'reserved' });
    expect(await desk.effects(reviewed)).toEqual({ 'screen-parties': 1 });
  });

  it('tells of each fact of the past when it counted, when it was recorded and on which evidence', async () => {
    const { reviewed } = await imported();
    const { events } = await desk.record(reviewed);
    const [begun] = events;
    if (begun?.type !== 'order-imported') throw new Error('the record does not begin with an import');
    const answer = events.find(({ type, by }) => type === 'position-given' && by === 'us.energy');
    expect(answer).toMatchObject({
      at: Date.parse('2026-01-26'),
      imported: { recordedAt: begun.recordedAt, evidence: { issuerNumber: 'DOE-2026-17', decidedAt: Date.parse('2026-01-23') } },
    });
    const told = await cli.text('status', reviewed);
    expect(told).toContain('order imported on');
    expect(told).toContain('[us.energy, as imported on DOE-2026-17 of 2026-01-23]');
  });

  it('changes nothing when the same file comes twice, and says so', async () => {
    const file = inFlight();
    await readyFor(desk.database, file);
    const path = cli.write(file.text);
    expect(await cli.json('import', path)).toMatchObject({
      imported: [
        { order: file.reviewed, state: 'imported', entries: 6, takes: 'plain' },
        { order: file.partShipped, state: 'imported' },
      ],
      licenses: [{ number: file.partUsed, state: 'imported' }],
    });
    await desk.quiet(file.reviewed);
    await desk.quiet(file.partShipped);
    await expectUntouched(desk.client, file.partShipped, async () => {
      expect(await cli.text('import', path)).toContain(`${file.partShipped} was imported before, nothing changed`);
      expect(await cli.json('license', 'import', path)).toEqual({ licenses: [{ number: file.partUsed, state: 'known' }] });
    });
    expect(await standing(file.partUsed)).toMatchObject({ used: { units: 1200 }, free: { units: 800, valueMinor: 2_400_000_000 } });
  });

  it('refuses another past of an order that is here, and a license with another use, and changes nothing', async () => {
    const file = await imported();
    const again = (from: string, to: string) => cli.write(file.text.replace(from, to));
    await expectFailure(cli, 3, 'import-conflict', 'import', again('Z100200', 'Z100999'));
    await expectFailure(cli, 3, 'license-conflict', 'license', 'import', again('units: 1200', 'units: 1100'));
    expect(await standing(file.partUsed)).toMatchObject({ used: { units: 1200 } });
  });

  it('sets aside what is left of the license, and ships only that: nothing is filed, levied or sent a second time', async () => {
    const { partShipped: order, license } = await imported();
    expect(await standing(license)).toMatchObject({ units: 300, used: { units: 100 }, reserved: { units: 200 }, free: { units: 0 } });
    expect(await desk.reservedFor(order)).toBe(200);
    await desk.act(order, 'buyer', 'apply-purchase', { applicationNumber: 'CN-2026-032' });
    await desk.act(order, 'cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-032' });
    await desk.quiet(order);
    await delivered(desk, order);
    const { order: now } = await desk.record(order);
    expect(now).toMatchObject({ outcome: 'delivered', levyMinor: 300 * 3_000_000 * 0.25 });
    expect(await desk.shippedFor(order)).toBe(200);
    expect(await standing(license)).toMatchObject({ used: { units: 300 }, reserved: { units: 0 } });
    expect(await desk.effects(order)).toMatchObject({ 'book-shipment': 1, ship: 1, 'declare-customs': 1, 'request-inspection': 1 });
    expect(Object.keys(await desk.effects(order))).not.toContain('file-application');
    expect(Object.keys(await desk.effects(order))).not.toContain('notify-license');
    expect(await auditLicenses(desk.database)).toBeUndefined();
  });

  it('takes an order that is cancelled later back as any other', async () => {
    const { reviewed } = await imported();
    await desk.act(reviewed, 'seller.desk', 'cancel', { reason: 'the customer withdrew' });
    expect(await desk.quiet(reviewed)).toMatchObject({ outcome: 'cancelled' });
    expect(await desk.reservedFor(reviewed)).toBe(0);
  });

  it('exports a record that verifies, and not once its past was changed', async () => {
    const { reviewed } = await imported();
    await cli.json('record', 'export', reviewed, '--unsigned', '--out', 'imported.json');
    expect(await cli.json('record', 'verify', 'imported.json')).toMatchObject({ verdict: 'unsigned' });
    expect(await cli.text('record', 'verify', 'imported.json')).toContain('us.energy (imported)');
    const changed = readFileSync(join(cli.home, 'imported.json'), 'utf8').replaceAll('DOE-2026-17', 'DOE-2026-18');
    expect(await cli.run('record', 'verify', cli.write(changed))).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('tampered') });
  });
});
