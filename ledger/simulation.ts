import type { StepFault } from '../domain/faults.ts';
import type { StepName } from '../domain/steps.ts';
import { type Database, query } from './database.ts';

/** Plants a fault in the next `times` attempts of a step of an order. */
export async function plantFault(database: Database, plan: { step: StepName; orderId: string; fault: StepFault; times: number }): Promise<void> {
  await query(
    database,
    `insert into simulated_faults (step, order_id, fault, remaining) values ($1, $2, $3, $4)
     on conflict (step, order_id, fault) do update set remaining = excluded.remaining`,
    [plan.step, plan.orderId, plan.fault, plan.times],
  );
}

/** Uses up one planted fault; undefined where none is left. */
export async function nextFault(database: Database, step: StepName, orderId: string): Promise<StepFault | undefined> {
  const [planted] = await query<{ fault: StepFault }>(
    database,
    `update simulated_faults set remaining = remaining - 1 where ctid in
       (select ctid from simulated_faults where step = $1 and order_id = $2 and remaining > 0 order by fault limit 1 for update)
     returning fault`,
    [step, orderId],
  );
  return planted?.fault;
}

/** How many attempts are still to show a fault, of whatever step and order. */
export async function faultsLeft(database: Database, fault: StepFault): Promise<number> {
  const [row] = await query<{ left: number }>(database, 'select coalesce(sum(remaining), 0)::int as left from simulated_faults where fault = $1', [fault]);
  return row?.left ?? 0;
}

/** Lets an effect happen once by key and answers what it answered the first time. */
export async function happenOnce<A extends object>(
  database: Database,
  effect: { key: string; step: string; orderId: string; at: number; answer: A },
): Promise<A> {
  await query(database, 'insert into simulated_effects (key, step, order_id, answer, happened_at) values ($1, $2, $3, $4, $5) on conflict (key) do nothing', [
    effect.key,
    effect.step,
    effect.orderId,
    JSON.stringify(effect.answer),
    new Date(effect.at),
  ]);
  const [row] = await query<{ answer: A }>(database, 'select answer from simulated_effects where key = $1', [effect.key]);
  if (!row) throw new Error(`simulated effect ${effect.key} has vanished`);
  return row.answer;
}
