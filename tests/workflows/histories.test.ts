import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type History, historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { cutAt, workflowTasks } from '../../engine/history.ts';
import { quietRuntime, replayOrder } from '../../engine/replay.ts';

const recordSchema = z.object({ workflowId: z.string(), state: z.unknown(), events: z.array(z.unknown()), history: z.unknown() });
const files = globSync('../histories/*/*.json', { cwd: fileURLToPath(new URL('.', import.meta.url)) });
const readRecord = (file: string) => {
  const { history, ...kept } = recordSchema.parse(JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')));
  return { ...kept, history: historyFromJSON(history) };
};

/** Every third task of a history, the first in some and the second or third in others; TWOKEY_EXHAUSTIVE=true cuts at all of them, which takes minutes. */
const apart = process.env['TWOKEY_EXHAUSTIVE'] === 'true' ? 1 : 3;
function cutsOf(history: History, file: string) {
  // A task that failed left nothing in the history: what it would have done is no part of the story.
  const completed = workflowTasks(history).filter((one) => one.completed);
  return completed.slice(1).filter((_task, index) => index % apart === files.indexOf(file) % apart);
}

beforeAll(() => quietRuntime());

describe('histories recorded by released code', () => {
  it('are there', () => expect(files.length).toBeGreaterThanOrEqual(10));

  it.each(files.map((file) => ({ name: basename(file, '.json'), file })))('$name replays to the state it had', async ({ file }) => {
    const { workflowId, state, events, history } = readRecord(file);
    const replayed = await replayOrder(inject('bundlePath'), history, workflowId);
    expect(JSON.parse(JSON.stringify({ order: replayed?.order, events: replayed?.events }))).toEqual({ order: state, events });
  });

  it.each(files.map((file) => ({ name: basename(file, '.json'), file })))(
    '$name replays cut at its workflow tasks, to a beginning of its story',
    async ({ file }) => {
      const { workflowId, events, history } = readRecord(file);
      for (const task of cutsOf(history, file)) {
        const part = await replayOrder(inject('bundlePath'), cutAt(history, task.startedId), workflowId);
        const told: unknown[] = JSON.parse(JSON.stringify(part?.events ?? [])) as unknown[];
        expect(told).toEqual(events.slice(0, told.length));
      }
    },
  );
});
