import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { Policy } from '../../domain/policy.ts';
import type { OrderTrust } from '../../domain/signing/order-trust.ts';
import type { Order } from '../../domain/state.ts';
import { untilQuiet } from '../../engine/quiet.ts';
import { readOrder } from '../../engine/replay.ts';
import { type OrderInput, orderWorkflowId, orderWorkflowType } from '../../workflows/messages.ts';
import { openedSignedDesk } from '../support/signed-desk.ts';
import { SignedCompany } from '../support/signed-company.ts';

const house = openedSignedDesk();
/** A true order, and what it rests on. */
let order: Order;
let trust: OrderTrust;
beforeAll(async () => {
  ({ order } = await house.desk.record(await house.desk.submit()));
  trust = await house.company.trustFor(order.terms, order.policy, Date.now());
});

/** What somebody with write access to Temporal, and without a key, can do: start a workflow of their own. Answers which steps fail, and why. */
async function forge(name: string, input: OrderInput): Promise<string[]> {
  const id = `forged-${name}-${order.terms.id}`;
  await house.desk.client.workflow.start(orderWorkflowType, { workflowId: orderWorkflowId(id), taskQueue: house.desk.engine.taskQueue, args: [input] });
  await untilQuiet(house.desk.client, id);
  const record = await readOrder(house.desk.client, inject('bundlePath'), id);
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

const untaxed = (policy: Policy): Policy => (policy.edition === 1 ? { ...policy, levyBasisPoints: 0 } : { ...policy, levy: { ...policy.levy, bands: [] } });

describe('a forged workflow of a true order', () => {
  it('ships nothing: the worker itself looks for the signatures that turn both keys', async () => {
    const { terms, policy } = order;
    const forged = { terms, policy, resumed: asIfAgreed() };
    expect(await forge('agreed', { ...forged, trust })).toEqual([expect.stringMatching(/^ship: .*nobody has signed issue-license/)]);
    const turned = { us: trust.submission, china: trust.submission };
    expect(await forge('turned', { ...forged, trust: { ...trust, turned } })).toEqual([
      expect.stringMatching(/^ship: .*submit was signed, and not issue-license/),
    ]);
    expect(await house.desk.shippedFor(terms.id)).toBe(0);
  });

  it('does no step without signatures, under another root key, or on other terms than were signed', async () => {
    const { terms, policy } = order;
    const stranger = await SignedCompany.found();
    const strange = await stranger.trustFor(terms, policy, Date.now());
    stranger.close();
    expect(await forge('plain', { terms, policy })).toEqual([expect.stringContaining('orders of signed acts alone')]);
    expect(await forge('strange', { terms, policy, trust: strange })).toEqual([expect.stringContaining('another root key')]);
    expect(await forge('larger', { terms: { ...terms, units: 9_000 }, policy, trust })).toEqual([expect.stringContaining('on other terms')]);
    expect(await forge('levy', { terms, policy: untaxed(policy), trust })).toEqual([expect.stringContaining('on other terms')]);
  });

  it('begins nothing by a submission that says nothing', async () => {
    const { terms, policy } = order;
    const started = await house.desk.client.workflow.start(orderWorkflowType, {
      workflowId: orderWorkflowId(`forged-empty-${terms.id}`),
      taskQueue: house.desk.engine.taskQueue,
      args: [{ terms, policy, trust: { ...trust, submission: { payload: '', signatures: [] } } }],
    });
    await expect(started.result()).rejects.toMatchObject({ cause: { type: 'envelope-malformed' } });
  });
});
