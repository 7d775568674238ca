import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  currentUpdateInfo,
  log,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { type ActName, actNames, actSpec, cancellationAct, exampleOf } from '../domain/acts.ts';
import type { OrderEvent } from '../domain/events.ts';
import { importedOrder, isPastFault } from '../domain/importing.ts';
import { type Command, decide, evolve, openOrder } from '../domain/order.ts';
import { type Import, importDigest } from '../domain/past.ts';
import { plan, waitingOn } from '../domain/plan.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { readRetold } from '../domain/retold.ts';
import { type Order, unitsOf } from '../domain/state.ts';
import { readStockFreed } from '../domain/stock-freed.ts';
import type { Call, StepName } from '../domain/steps.ts';
import { Alarm } from './alarm.ts';
import { plainCredentials } from './credentials.ts';
import { journal } from './journal.ts';
import { type ActAnswer, actUpdate, keyringSignal, type OrderInput, type OrderResult, policyChangeSignal, retellSignal, stockFreedSignal } from './messages.ts';
import { sandboxPrimitives } from './primitives.ts';
import { Progress } from './progress.ts';
import { Retelling } from './retelling.ts';
import { SignedCredentials } from './signed-credentials.ts';
import { perform, reasonOf } from './world.ts';

/** One order from intake to its end: it waits for people and the world, and ships only when both keys have turned. */
export async function orderApproval(input: OrderInput): Promise<OrderResult> {
  const { imported } = input;
  const credentials = input.trust ? new SignedCredentials({ ...input.trust, ...(imported && { imported }) }) : plainCredentials;
  let order = input.resumed ?? openOrder(input.terms, input.policy, input.trust && {});
  let changed = true;
  const inFlight = new Set<string>();
  const heard: { readonly command: Command; readonly message: unknown }[] = [];
  const progress = new Progress(input.asked);
  const retelling = new Retelling();
  const alarm = new Alarm(() => void take({ type: 'deadline-reached' }));

  for (const name of actNames) {
    setHandler(actUpdate(name), (payload) => answerTo(name, payload), {
      validator: (payload) => requireTakable(name, payload),
      description: `${actSpec(name).says} By ${actSpec(name).by.join(' or ')}. Example: ${exampleOf(name)}`,
    });
  }
  setHandler(policyChangeSignal, onPolicyChange, {
    description: 'A hold or its lifting, sent by the policy board. Example: {"id":"P-7","effect":"hold","epoch":1,"reason":"review"}',
  });
  setHandler(stockFreedSignal, onStockFreed, { description: 'The ledger has set stock aside for this order, which asks for it. Sent by stock-receipt.' });
  setHandler(keyringSignal, onKeyring, { description: 'A newer keyring, signed by the root key.' });
  setHandler(
    retellSignal,
    (entries) => {
      // What is still to come is nobody's past.
      retelling.begin(readRetold(entries).map((entry) => ({ ...entry, at: Math.min(entry.at, Date.now()) })));
      changed = true;
    },
    { description: 'For the repair of an order only.' },
  );
  CancellationScope.current().cancelRequested.catch(() => onCancellationRequest());
  if (!input.resumed && imported) takeOver(imported);
  else if (!input.resumed) take({ type: 'submitted', signed: orThrow(credentials.submitter(now())) }, now(), input.trust?.submission);

  return CancellationScope.nonCancellable(async () => {
    for (;;) {
      tellThePast();
      takeAllHeard();
      const next = plan(order);
      next.run.forEach(start);
      if (changed) {
        changed = false;
        continue;
      }
      alarm.follow(next.deadline);
      progress.show(order, next, inFlight.size, now());
      if (next.closed && retelling.isOver) return await finished();
      if (workflowInfo().continueAsNewSuggested && inFlight.size === 0 && retelling.isOver && allHandlersFinished())
        return continueAsNew<typeof orderApproval>({ ...input, ...(credentials.trust && { trust: credentials.trust }), resumed: order, asked: progress.asked });
      await condition(() => changed);
    }
  });

  /** The order's own time: the present, or the moment of its past that is being told again. */
  function now(): number {
    return retelling.time ?? Date.now();
  }

  /** `message` is what brought the command, where somebody sent one. */
  function take(command: Command, at = now(), message?: unknown): OrderEvent[] | Refusal {
    const answer = decide(order, command, at);
    if (isRefusal(answer)) return answer;
    order = answer.reduce(evolve, order);
    changed ||= answer.length > 0 || command.type === 'deadline-reached';
    if (answer.length > 0) journal.took(answer, credentials.keep(message, answer));
    return answer;
  }

  /** An order that began elsewhere is told its past at once, by its own times, and goes on from there. */
  function takeOver(told: Import): void {
    const signed = orThrow(credentials.importer(importDigest(told, sandboxPrimitives), told.recordedAt));
    const lived = importedOrder(order, told, sandboxPrimitives, signed);
    if (isPastFault(lived)) throw refusalFailure(lived.refusal);
    order = lived.order;
    journal.took(lived.events, credentials.keep(input.trust?.submission, lived.events));
    take({ type: 'deadline-reached' });
  }

  function start<S extends StepName>(call: Call<S>): void {
    const at = now();
    const wish = order.steps[call.step]?.wish ?? 0;
    const { step } = call;
    take({ type: 'step-started', step });
    inFlight.add(call.key);
    perform(call, order, at, credentials.trust)
      .then(
        (result) => take({ type: 'step-done', report: { step, wish, result } }),
        (error: unknown) => take({ type: 'step-failed', step, wish, reason: reasonOf(error) }),
      )
      .finally(() => {
        inFlight.delete(call.key);
        changed = true;
      });
  }

  /** Refuses what the order would not take, before it comes to stand in history. */
  function requireTakable(name: ActName, message: unknown): void {
    const seen = orderWithAllHeard();
    const act = orThrow(credentials.judge(name, message, updateId(), seen, now()));
    const mends = name === 'retry-step' || name === 'settle-step';
    if (!retelling.isOver && !mends) throw refusalFailure(refuse('being-repaired', `order ${order.terms.id} is being repaired`, 'the same act in a moment'));
    const events = orThrow(decide(seen, { type: 'act', act }, now()));
    // Time that has passed may bring about something beside it.
    if (act.signed && !events.some((event) => event.act?.id === act.id))
      throw refusalFailure(refuse('already-taken', `${name} ${act.id} was taken before`, 'an act of another name'));
  }

  function answerTo(name: ActName, message: unknown): ActAnswer {
    takeAllHeard();
    const act = orThrow(credentials.read(name, message, updateId(), order, now()));
    const events = orThrow(take({ type: 'act', act }, now(), message));
    const next = plan(order);
    const deadline = next.deadline ? new Date(next.deadline.at).toISOString() : null;
    return { order: order.terms.id, events, stage: next.stage, waitingOn: waitingOn(next.asks), deadline };
  }

  function onPolicyChange(message: unknown): void {
    // It comes now, also to an order that is being told its past.
    const change = credentials.judgeChange(message, order, Date.now());
    if (isRefusal(change)) log.warn(`a policy change was ignored: ${change.message}`, { code: change.refused });
    else hear({ type: 'policy-changed', change }, message);
  }

  function onStockFreed(message: unknown): void {
    const freed = readStockFreed(message);
    if (freed) hear(freed);
    else log.warn('a word of stock that has come free was ignored: it names no key');
  }

  function onKeyring(message: unknown): void {
    const refused = credentials.adoptKeyring(message);
    if (refused) log.warn(`a keyring was ignored: ${refused.message}`, { code: refused.refused });
  }

  /** "Request Cancellation" in the Temporal UI is the act. */
  function onCancellationRequest(): void {
    hear({ type: 'act', act: cancellationAct });
  }

  /**
   * What comes by broadcast is taken before anything else, but never before the past has been told: a repaired order is
   * told its policy changes again by their own times, and by then has heard of those that the server repeats.
   */
  function hear(command: Command, message?: unknown): void {
    heard.push({ command, message });
    changed = true;
  }

  function takeAllHeard(): void {
    if (!retelling.isOver) return;
    for (const { command, message } of heard.splice(0)) {
      const answer = take(command, now(), message);
      if (isRefusal(answer)) log.warn(answer.message, { code: answer.refused });
    }
  }

  /** The order as it is once what was heard is taken; for validators, which may change nothing. */
  function orderWithAllHeard(): Order {
    return heard.reduce((seen, { command }) => {
      const answer = decide(seen, command, now());
      return isRefusal(answer) ? seen : answer.reduce(evolve, seen);
    }, order);
  }

  function tellThePast(): void {
    const stuck = inFlight.size === 0 && plan(order).run.length === 0 && !Object.values(order.steps).some((step) => step.state === 'failed');
    retelling.goOn(
      () => order,
      (entry) => {
        const command = credentials.judgeRetold(entry, order);
        const answer = isRefusal(command) ? command : take(command, entry.at, 'envelope' in entry ? entry.envelope : undefined);
        return isRefusal(answer) ? answer : undefined;
      },
      (entry, why) => void take({ type: 'not-retold', entry, why }, entry.at),
      stuck,
    );
  }

  async function finished(): Promise<OrderResult> {
    await condition(allHandlersFinished);
    const { id, currency } = order.terms;
    if (order.outcome === undefined) throw new Error(`order ${id} is closed without an outcome`);
    return { order: id, outcome: order.outcome, units: unitsOf(order), levyMinor: order.levyMinor, currency };
  }
}

/** A refused act reaches its sender with its code; another error in a handler would fail the workflow task instead. */
const refusalFailure = ({ refused, message, accepted }: Refusal): ApplicationFailure =>
  ApplicationFailure.create({
    nonRetryable: true,
    type: refused,
    message: `${message}. Accepted: ${accepted}`,
    details: [{ code: refused, message, accepted }],
  });

function orThrow<T extends object | undefined>(answer: T | Refusal): T {
  if (answer !== undefined && isRefusal(answer)) throw refusalFailure(answer);
  return answer;
}

const updateId = (): string => currentUpdateInfo()?.id ?? '';
