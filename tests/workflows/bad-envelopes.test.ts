import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { orderWorkflowId } from '../../workflows/messages.ts';
import { badEnvelopes } from '../signing/bad-envelopes.ts';
import { makeCast } from '../signing/cast.ts';
import { homeOf, playSceneOn } from '../signing/engine-scene.ts';
import { goodEnvelopes } from '../signing/good-envelopes.ts';
import { Desk } from '../support/desk.ts';

const cast = await makeCast(Date.now());
const home = homeOf(cast);
let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open({ worker: true, trusted: home.trusted });
});
afterAll(async () => {
  await desk.close();
  home.close();
});

/** The code by which an order refuses what is sent to it as an act, as anybody with write access to Temporal can; `taken` where it does not. */
async function answerTo(order: string, update: string, message: unknown): Promise<string> {
  try {
    await desk.client.workflow.getHandle(orderWorkflowId(order)).executeUpdate<unknown, [unknown]>(update, { args: [message], updateId: randomUUID() });
    return 'taken';
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) return error.cause.type ?? 'refused';
    throw error;
  }
}

const atOnce = 8;

it('an order on a real engine refuses every bad envelope by its code, without an event and without a state transition', { timeout: 300_000 }, async () => {
  const setting = await playSceneOn(desk, cast, `bad-${randomUUID().slice(0, 8)}`);
  const { id } = setting.bound.order.terms;
  const all = (await badEnvelopes(setting)).filter(({ jsonOnly }) => jsonOnly !== false);
  const [written, record] = [await desk.written(id), await desk.record(id)];
  const wrong: string[] = [];
  const left = [...all];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let one = left.pop(); one; one = left.pop()) {
        const answer = await answerTo(id, one.update, one.envelope);
        if (answer !== one.code) wrong.push(`${one.class}, ${one.name}: expected ${one.code}, was ${answer}`);
      }
    }),
  );
  process.stderr.write(`bad envelopes on the engine: ${all.length} of ${new Set(all.map((one) => one.class)).size} classes\n`);
  expect(wrong).toEqual([]);
  expect(all.length).toBeGreaterThanOrEqual(600);
  expect(new Set(all.map((one) => one.class)).size).toBeGreaterThanOrEqual(30);
  expect(await desk.written(id)).toEqual(written);
  expect((await desk.record(id)).order).toEqual(record.order);
  // What they were made from is good: the first of it is taken.
  const [good] = goodEnvelopes(setting);
  if (!good) throw new Error('no good envelope to end with');
  expect(await answerTo(id, good.update, good.envelope)).toBe('taken');
});
