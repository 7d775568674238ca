import { defaultPayloadConverter } from '@temporalio/common';
import { type History } from '@temporalio/common/lib/proto-utils.js';
import { tsToMs } from '@temporalio/common/lib/time.js';
import { isPolicyChange } from '../domain/policy-change.ts';
import { readAct } from '../domain/read-act.ts';
import { isRefusal } from '../domain/refusal.ts';
import { readRetold, type Retold, type Told } from '../domain/retold.ts';
import { looksSigned } from '../domain/signing/envelope.ts';
import { cancellationAct, isActName } from '../domain/acts.ts';
import { readStockFreed } from '../domain/stock-freed.ts';
import { type OrderInput, policyChangeSignal, retellSignal, stockFreedSignal } from '../workflows/messages.ts';

export type HistoryEvent = NonNullable<History['events']>[number];
type Payloads = { payloads?: Parameters<typeof defaultPayloadConverter.fromPayload>[0][] | null } | null | undefined;

const eventsOf = (history: History): HistoryEvent[] => history.events ?? [];
const idOf = (event: HistoryEvent): number => Number(event.eventId);
const timeOf = (event: HistoryEvent): number => tsToMs(event.eventTime);
/** The one value that a message holds. */
export const firstOf = (payloads: Payloads): unknown => {
  const [payload] = payloads?.payloads ?? [];
  return payload ? defaultPayloadConverter.fromPayload(payload) : undefined;
};

/** What a run was started with; the workflow itself takes it as it is. */
export function startInput(history: History): OrderInput {
  const input = firstOf(eventsOf(history)[0]?.workflowExecutionStartedEventAttributes?.input);
  if (!isOrderInput(input)) throw new Error('a history that does not begin with an order');
  return input;
}

const isOrderInput = (input: unknown): input is OrderInput => typeof input === 'object' && input !== null && 'terms' in input && 'policy' in input;

/** A workflow task that was worked on: the event at which it started, and the one at which it was completed, if it was. */
interface WorkflowTask {
  readonly startedId: number;
  readonly started: HistoryEvent;
  readonly completed: HistoryEvent | undefined;
}

export function workflowTasks(history: History): WorkflowTask[] {
  const events = eventsOf(history);
  return events
    .filter((event) => event.workflowTaskStartedEventAttributes)
    .map((started) => {
      const completed = events.find((event) => Number(event.workflowTaskCompletedEventAttributes?.startedEventId) === idOf(started));
      return { startedId: idOf(started), started, completed };
    });
}

/** The history as it was when a workflow task had just started. */
export const cutAt = (history: History, startedId: number): History => ({ ...history, events: eventsOf(history).filter((event) => idOf(event) <= startedId) });

/**
 * The part of a history that workers have settled: what waits for a workflow task would be worked on by a replay, and told
 * as if it had happened. Undefined where no task has been completed.
 */
export function settledPart(history: History): History | undefined {
  const last = workflowTasks(history).findLast((task) => task.completed)?.completed;
  if (!last) return undefined;
  const waiting = eventsOf(history).find((event) => idOf(event) > idOf(last) && event.workflowTaskScheduledEventAttributes);
  return waiting ? cutAt(history, idOf(waiting) - 1) : history;
}

/** Keys of steps whose answers came after one event and before another. */
function answersBetween(events: readonly HistoryEvent[], afterId: number, beforeId: number): string[] {
  const keyOf = new Map(
    events.flatMap((event) => {
      const scheduled = event.activityTaskScheduledEventAttributes;
      const request = scheduled && firstOf(scheduled.input);
      return typeof request === 'object' && request !== null && 'key' in request && typeof request.key === 'string'
        ? [[idOf(event), request.key] as const]
        : [];
    }),
  );
  return events.flatMap((event) => {
    const answered =
      event.activityTaskCompletedEventAttributes ??
      event.activityTaskFailedEventAttributes ??
      event.activityTaskTimedOutEventAttributes ??
      event.activityTaskCanceledEventAttributes;
    const key = answered && keyOf.get(Number(answered.scheduledEventId));
    return typeof key === 'string' && idOf(event) > afterId && idOf(event) < beforeId ? [key] : [];
  });
}

/**
 * Everything that an order had taken from people after an event of its history, in its order: acts, policy changes and a
 * cancellation request, each with the order's time at which it was taken and the answers that had come before.
 */
export function takenAfter(history: History, afterId: number): Retold[] {
  const events = eventsOf(history);
  const tasks = workflowTasks(history).filter((task) => task.completed);
  return events.flatMap((event): Retold[] => {
    if (idOf(event) <= afterId) return [];
    const signal = event.workflowExecutionSignaledEventAttributes;
    // An earlier repair told this, and the order may not have got to it yet.
    if (signal?.signalName === retellSignal.name) return readRetold(firstOf(signal.input));
    // An accepted Update follows the task that took it; a Signal or a cancellation precedes it.
    const isUpdate = Boolean(event.workflowExecutionUpdateAcceptedEventAttributes);
    const task = isUpdate ? tasks.findLast((one) => one.startedId < idOf(event)) : tasks.find((one) => one.startedId > idOf(event));
    if (!task) return [];
    const when = { at: timeOf(task.started), after: answersBetween(events, afterId, task.startedId) };
    return messageIn(event).map((message) => ({ ...message, ...when }));
  });
}

function messageIn(event: HistoryEvent): Told[] {
  const request = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest;
  if (request) return actIn(request.input?.name ?? '', firstOf(request.input?.args), request.meta?.updateId ?? '');
  const signal = event.workflowExecutionSignaledEventAttributes;
  if (signal) return signalIn(signal.signalName ?? '', firstOf(signal.input));
  return event.workflowExecutionCancelRequestedEventAttributes ? [{ type: 'act', act: cancellationAct }] : [];
}

function signalIn(name: string, message: unknown): Told[] {
  if (name === stockFreedSignal.name) {
    const freed = readStockFreed(message);
    return freed ? [freed] : [];
  }
  if (name !== policyChangeSignal.name) return [];
  if (looksSigned(message)) return [{ type: 'signed-change', envelope: message }];
  return isPolicyChange(message) ? [{ type: 'policy-changed', change: message }] : [];
}

function actIn(name: string, message: unknown, id: string): Told[] {
  if (!isActName(name)) return [];
  if (looksSigned(message)) return [{ type: 'signed-act', name, envelope: message }];
  const act = readAct(name, message, id);
  return isRefusal(act) ? [] : [{ type: 'act', act }];
}
