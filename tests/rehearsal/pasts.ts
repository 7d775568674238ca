import { vi } from 'vitest';
import type { OrderEvent } from '../../domain/events.ts';
import type { Past } from '../../domain/past.ts';
import { readAct } from '../../domain/read-act.ts';
import { isRefusal } from '../../domain/refusal.ts';
import type { Order } from '../../domain/state.ts';
import type { StepName, StepResults } from '../../domain/steps.ts';
import type { Scenario } from '../../edge/scenario.ts';
import { openCoreTheatre } from '../../rehearsal/core/core-theatre.ts';
import { CoreWorld } from '../../rehearsal/core/world.ts';
import { tell } from '../../rehearsal/director.ts';

/** What an order of a story took from people and from steps, each with the place of its first event. */
export interface Told {
  readonly place: number;
  readonly entry: Past;
}

/** An order that has lived through a story on the core. */
export interface LivedOrder {
  readonly events: readonly OrderEvent[];
  readonly order: Order;
  readonly submittedAt: number;
  readonly told: readonly Told[];
}

const document = 'ab'.repeat(32);

/** Every order of a scenario as it has lived, with what an import would tell of it. */
export async function lifeIn(scenario: Scenario): Promise<LivedOrder[]> {
  const performed = vi.spyOn(CoreWorld.prototype, 'perform');
  try {
    const theatre = openCoreTheatre(scenario);
    await tell(scenario, theatre);
    const answers = performed.mock.calls.flatMap(([call, order], index) => {
      const result = performed.mock.results[index]?.value;
      return result && 'result' in result ? [{ order, step: call.step, answer: result.result }] : [];
    });
    return await Promise.all(
      scenario.orders.map(async ({ terms, submitted: submittedAt }) => {
        const { events, order } = await theatre.read(terms.id);
        const own = answers.filter((one) => one.order === terms.id);
        return { events, order, submittedAt, told: toldIn(events, own) };
      }),
    );
  } finally {
    performed.mockRestore();
  }
}

function toldIn(events: readonly OrderEvent[], answers: { readonly step: StepName; readonly answer: StepResults[StepName] }[]): Told[] {
  const left = [...answers];
  const seen = new Set<string>();
  return events.flatMap((event, place): Told[] => {
    const { at, act } = event;
    const evidence = { document, issuerNumber: `No. ${place}`, decidedAt: at };
    if (event.type === 'step-done') {
      const next = left.findIndex(({ step }) => step === event.step);
      const [answered] = left.splice(next, 1);
      return answered ? [{ place, entry: { at, evidence, type: 'step', step: event.step, answer: answered.answer } }] : [];
    }
    if (event.type === 'policy-held' || event.type === 'policy-lifted')
      return [{ place, entry: { at, evidence, type: event.type === 'policy-held' ? 'hold' : 'lift', hold: event.id, reason: event.reason } }];
    if (!act || seen.has(act.id)) return [];
    seen.add(act.id);
    const { name, ...payload } = JSON.parse(act.content) as { name: string };
    const read = readAct(name, { ...payload, id: act.id }, '');
    if (isRefusal(read)) throw new Error(read.message);
    return [{ place, entry: { at, evidence, type: 'act', act: read } }];
  });
}
