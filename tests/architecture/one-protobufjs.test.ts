import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { expect, test } from 'vitest';
import { root } from './linted-folder.ts';

// Two copies of protobufjs 8 do not know each other's types, and the SDK then fails on histories that are sound.

test('exactly one copy of protobufjs 8 is installed', () => {
  const copies = globSync(['node_modules/protobufjs/package.json', 'node_modules/**/node_modules/protobufjs/package.json'], { cwd: root });
  const versions = copies.map((path) => ({ path, version: String(JSON.parse(readFileSync(join(root, path), 'utf8')).version) }));
  expect(versions.filter(({ version }) => version.startsWith('8.')).map(({ path }) => path)).toEqual([join('node_modules', 'protobufjs', 'package.json')]);
});

test.each(['client', 'common', 'proto', 'testing', 'worker'])('@temporalio/%s resolves to it', (name) => {
  const here = createRequire(import.meta.url);
  const sdk = createRequire(here.resolve(`@temporalio/${name}/package.json`));
  expect(sdk.resolve('protobufjs')).toBe(fileURLToPath(import.meta.resolve('protobufjs')));
});

test('a history is read from JSON', () => {
  const history = historyFromJSON({
    events: [
      {
        eventId: '1',
        eventTime: '2025-12-08T12:00:00.250Z',
        eventType: 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED',
        taskId: '1048587',
        workflowExecutionStartedEventAttributes: {
          workflowType: { name: 'orderApproval' },
          input: { payloads: [{ metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'InRpbnki' }] },
        },
      },
    ],
  });
  const [event] = history.events ?? [];
  expect(Number(event?.eventId)).toBe(1);
  expect(Number(event?.eventTime?.nanos)).toBe(250_000_000);
  const started = event?.workflowExecutionStartedEventAttributes;
  expect(started?.workflowType?.name).toBe('orderApproval');
  expect(new TextDecoder().decode(started?.input?.payloads?.[0]?.data ?? new Uint8Array())).toBe('"tiny"');
});
