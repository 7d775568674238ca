import { afterAll, beforeAll, expect, it } from 'vitest';
import { actUpdate, orderWorkflowId } from '../../workflows/messages.ts';
import { Desk } from '../support/desk.ts';
import { SignedCompany } from '../support/signed-company.ts';

let company: SignedCompany;
let desk: Desk;
let signedDesk: Desk;
beforeAll(async () => {
  company = await SignedCompany.found();
  desk = await Desk.open();
  signedDesk = await Desk.open({ worker: true, company });
});
afterAll(async () => {
  await desk.close();
  await signedDesk.close();
  company.close();
});

/** What Temporal writes of a plain order's way to its delivery: in sequence, all agencies answering, nothing skipped. */
async function costAt(desk: Desk) {
  const order = await desk.referred();
  await desk.bothKeys(order);
  await desk.delivered(order);
  const { raw } = await desk.client.workflow.getHandle(orderWorkflowId(order)).describe();
  const events = (await desk.client.workflow.getHandle(orderWorkflowId(order)).fetchHistory()).events ?? [];
  const count = (attribute: keyof (typeof events)[number]): number => events.filter((event) => event[attribute]).length;
  return {
    events: events.length,
    tasks: count('workflowTaskCompletedEventAttributes'),
    activities: count('activityTaskScheduledEventAttributes'),
    acts: count('workflowExecutionUpdateAcceptedEventAttributes'),
    upserts: count('upsertWorkflowSearchAttributesEventAttributes'),
    timers: count('timerStartedEventAttributes'),
    transitions: Number(raw.workflowExecutionInfo?.stateTransitionCount),
    bytes: Number(raw.workflowExecutionInfo?.historySizeBytes),
  };
}

it('a plain order costs no more than 6 events and one workflow task for each activity and each act', async () => {
  const cost = await costAt(desk);
  process.stderr.write(`${JSON.stringify(cost)}\n`);
  expect(cost).toMatchObject({ activities: 9, acts: 11, timers: 1 });
  const work = cost.activities + cost.acts;
  // Beyond the work: the start, its first task, the one timer set and cancelled, the end, and the upsert at the close.
  expect(cost.events).toBeLessThanOrEqual(6 * work + 9);
  expect(cost.tasks).toBeLessThanOrEqual(work + 1);
  expect(cost.upserts).toBeLessThanOrEqual(cost.acts + 3);
});

it('signatures cost not one event, task or transition more', async () => {
  const [plain, signed] = [await costAt(desk), await costAt(signedDesk)];
  process.stderr.write(`history of an order: ${plain.bytes} bytes, signed ${signed.bytes}\n`);
  expect(signed).toMatchObject({ activities: plain.activities, acts: plain.acts, upserts: plain.upserts, timers: plain.timers });
  // Now and then two things fall into one task.
  expect(Math.abs(signed.tasks - plain.tasks)).toBeLessThanOrEqual(1);
  expect(Math.abs(signed.events - plain.events)).toBeLessThanOrEqual(3);
  expect(Math.abs(signed.transitions - plain.transitions)).toBeLessThanOrEqual(3);
});

it('an act that the Temporal UI sends, without an id of its own, counts once under its Update id', async () => {
  const order = await desk.referred();
  const handle = desk.client.workflow.getHandle(orderWorkflowId(order));
  const send = () => handle.executeUpdate(actUpdate('recommend'), { args: [{ by: 'us.state', position: 'no-objection' }], updateId: 'from-the-ui' });
  const answer = await send();
  expect(answer).toMatchObject({ order, waitingOn: ['us.energy', 'us.defense'] });
  expect(await send()).toEqual(answer);
  expect((await desk.record(order)).order.acts).toHaveProperty(['from-the-ui', 'by'], 'us.state');
});
