import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { OrderTrust } from '../../domain/signing/order-trust.ts';
import type { Order } from '../../domain/state.ts';
import { untilQuiet } from '../../engine/quiet.ts';
import { readOrder } from '../../engine/replay.ts';
import { type OrderInput, orderWorkflowId, orderWorkflowType } from '../../workflows/messages.ts';
import { Desk } from '../support/desk.ts';
import { SignedCompany } from '../support/signed-company.ts';

let company: SignedCompany;
let desk: Desk;
/** A true order, and what it rests on. */
let order: Order;
let trust: OrderTrust;
beforeAll(async () => {
  company = await SignedCompany.found();
  desk = await Desk.open({ worker: true, company });
  ({ order } = await desk.record(await desk.submit()));
  trust = await company.trustFor(order.terms, order.policy, Date.now());
});
afterAll(async () => {
  await desk.close();
  company.close();
});

/** What somebody with write access to Temporal, and without a key, can do: start a workflow of their own. Answers which steps fail, and why. */
async function forge(name: string, input: OrderInput): Promise<string[]> {
  const id = `forged-${name}-${order.terms.id}`;
  await desk.client.workflow.start(orderWorkflowType, { workflowId: orderWorkflowId(id), taskQueue: desk.engine.taskQueue, args: [input] });
  await untilQuiet(desk.client, id);
  const record = await readOrder(desk.client, inject('bundlePath'), id);
  return Object.entries(record?.order.steps ?? {}).flatMap(([step, progress]) => (progress.state === 'failed' ? [`${step}: ${progress.reason}`] : []));
}

/** The order as if everybody had agreed and the goods were ready to leave. */
const asIfAgreed = (): Order => ({
  ...order,
  usReview: { state: 'licensed', applicationNumber: 'Z1', license: { number: 'D1', conditions: [], issuedAt: 0 } },
  chinaReview: { state: 'approved', approvalNumber: 'CN-A-1' },
  fulfillment: { state: 'booked', bookingReference: 'BOOKING-1' },
  steps: {
    ...order.steps,
    ...{ 'notify-license': { state: 'done', wish: 0 }, 'request-inspection': { state: 'done', wish: 0 }, 'book-shipment': { state: 'done', wish: 0 } },
  },
});

describe('a forged workflow of a true order', () => {
  it('ships nothing: the worker itself looks for the signatures that turn both keys', async () => {
    const { terms, policy } = order;
    expect(await forge('agreed', { terms, policy, trust, resumed: asIfAgreed() })).toEqual([expect.stringContaining('ship: ')]);
    expect(await forge('agreed-again', { terms, policy, trust, resumed: asIfAgreed() })).toEqual([expect.stringContaining('nobody has signed issue-license')]);
    expect(await desk.shippedFor(terms.id)).toBe(0);
  });

  it('does no step without signatures, under another root key, or on other terms than were signed', async () => {
    const { terms, policy } = order;
    const stranger = await SignedCompany.found();
    const strange = await stranger.trustFor(terms, policy, Date.now());
    stranger.close();
    expect(await forge('plain', { terms, policy })).toEqual([expect.stringContaining('orders of signed acts alone')]);
    expect(await forge('strange', { terms, policy, trust: strange })).toEqual([expect.stringContaining('another root key')]);
    expect(await forge('larger', { terms: { ...terms, units: 9_000 }, policy, trust })).toEqual([expect.stringContaining('on other terms')]);
    expect(await forge('levy', { terms, policy: { ...policy, levyBasisPoints: 0 }, trust })).toEqual([expect.stringContaining('on other terms')]);
  });

  it('begins nothing by a submission that says nothing', async () => {
    const { terms, policy } = order;
    const { handle } = { handle: desk.client.workflow };
    const started = await handle.start(orderWorkflowType, {
      workflowId: orderWorkflowId(`forged-empty-${terms.id}`),
      taskQueue: desk.engine.taskQueue,
      args: [{ terms, policy, trust: { ...trust, submission: { payload: '', signatures: [] } } }],
    });
    await expect(started.result()).rejects.toMatchObject({ cause: { type: 'envelope-malformed' } });
  });
});
