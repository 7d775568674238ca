import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type DevServer, startDevServer } from '../../engine/dev-server.ts';
import { locateTemporal } from '../../engine/locate.ts';
import { runsOf } from '../../engine/replay.ts';
import { orderWorkflowId } from '../../workflows/messages.ts';
import { Desk } from '../support/desk.ts';
import { day } from '../support/orders.ts';
import { SignedCompany } from '../support/signed-company.ts';

let server: DevServer;
let company: SignedCompany;
const desks: Record<string, Desk> = {};
beforeAll(async () => {
  // A server that suggests it early, so that an order continues as new several times on its way.
  server = await startDevServer(await locateTemporal(() => undefined), {
    log: join(inject('folder'), 'continue-as-new.log'),
    settings: ['limit.historyCount.suggestContinueAsNew=30'],
  });
  company = await SignedCompany.found();
  desks['plain'] = await Desk.open({ worker: true, address: server.address });
  desks['signed'] = await Desk.open({ worker: true, address: server.address, company });
});
afterAll(async () => {
  for (const desk of Object.values(desks)) await desk.close();
  company.close();
  await server.stop();
});

it.each(['plain', 'signed'])(
  'an order of %s acts that continues as new keeps its state, its clocks and its acts, and its story is told whole',
  async (kind) => {
    const desk = desks[kind];
    if (!desk) throw new Error(`no desk for ${kind} acts`);
    const order = await desk.submit({}, {});
    await desk.act(order, 'us.commerce', 'register', { applicationNumber: 'Z100001' }, 'registered-once');
    await desk.act(order, 'us.commerce', 'refer');
    await desk.skip(order, 10 * day);
    await desk.act(order, 'us.state', 'recommend', { position: 'no-objection' });
    await desk.act(order, 'us.energy', 'recommend', { position: 'no-objection' });
    expect((await desk.quiet(order)).waitingOn).toEqual(['us.defense']);
    expect((await desk.skip(order, 19 * day)).waitingOn).toEqual(['us.defense']);
    expect((await desk.skip(order, 1.1 * day)).waitingOn).toEqual(['us.commerce']);
    await desk.act(order, 'us.commerce', 'issue-license', { licenseNumber: 'D1' });
    await desk.quiet(order);
    await desk.act(order, 'buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
    await desk.act(order, 'cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1' });
    await desk.quiet(order);
    expect((await runsOf(desk.client, order)).length).toBeGreaterThan(1);
    // Sent again in another run, where the server no longer knows it, the act is still the one that was taken.
    expect((await desk.act(order, 'us.commerce', 'register', { applicationNumber: 'Z100001' }, 'registered-once')).events).toEqual([]);
    await desk.delivered(order);

    const { order: state, events } = await desk.record(order);
    expect(state.outcome).toBe('delivered');
    expect(events.map((event) => event.type)).toEqual(
      expect.arrayContaining(['order-submitted', 'agency-deemed', 'license-issued', 'goods-shipped', 'order-ended']),
    );
    expect(events.filter((event) => event.type === 'order-submitted')).toHaveLength(1);
    expect(Object.keys(state.acts)).toContain('registered-once');
    await expect(desk.client.workflow.getHandle(orderWorkflowId(order)).result()).resolves.toMatchObject({ outcome: 'delivered', levyMinor: 4_500_000_000 });
  },
);
