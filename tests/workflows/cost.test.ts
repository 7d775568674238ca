import { afterAll, beforeAll, expect, it } from 'vitest';
import { actUpdate, orderWorkflowId } from '../../workflows/messages.ts';
import { Desk } from '../support/desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

it('a plain order costs no more than 6 events and one workflow task for each activity and each act', async () => {
  const order = await desk.referred();
  await desk.bothKeys(order);
  await desk.delivered(order);
  const { raw } = await desk.client.workflow.getHandle(orderWorkflowId(order)).describe();
  const events = (await desk.client.workflow.getHandle(orderWorkflowId(order)).fetchHistory()).events ?? [];
  const count = (attribute: keyof (typeof events)[number]): number => events.filter((event) => event[attribute]).length;
  const cost = {
    events: events.length,
    tasks: count('workflowTaskCompletedEventAttributes'),
    activities: count('activityTaskScheduledEventAttributes'),
    acts: count('workflowExecutionUpdateAcceptedEventAttributes'),
    upserts: count('upsertWorkflowSearchAttributesEventAttributes'),
    timers: count('timerStartedEventAttributes'),
    transitions: Number(raw.workflowExecutionInfo?.stateTransitionCount),
  };
  process.stderr.write(`${JSON.stringify(cost)}\n`);
  expect(cost).toMatchObject({ activities: 9, acts: 11, timers: 1 });
  const work = cost.activities + cost.acts;
  // Beyond the work: the start, its first task, the one timer set and cancelled, the end, and the upsert at the close.
  expect(cost.events).toBeLessThanOrEqual(6 * work + 9);
  expect(cost.tasks).toBeLessThanOrEqual(work + 1);
  expect(cost.upserts).toBeLessThanOrEqual(cost.acts + 3);
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
