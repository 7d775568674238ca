import { type Act, type ActName, isActName } from './acts.ts';
import { isPolicyChange, type PolicyChange } from './policy-change.ts';
import { readAct } from './read-act.ts';
import { isRefusal } from './refusal.ts';
import type { Order } from './state.ts';
import { stepKey, stepNames } from './steps.ts';
import { readStockFreed, type StockFreed } from './stock-freed.ts';

/**
 * Something an order had taken before it was repaired: when (epoch milliseconds), and after which answers of steps, by
 * their keys, so that it is told again neither too early nor at another time.
 */
export type Retold = { readonly at: number; readonly after: readonly string[] } & (
  | { readonly type: 'act'; readonly act: Act }
  | { readonly type: 'policy-changed'; readonly change: PolicyChange }
  | StockFreed
  /** As they were signed; nothing of an envelope is believed until it is told. */
  | { readonly type: 'signed-act'; readonly name: ActName; readonly envelope: unknown }
  | { readonly type: 'signed-change'; readonly envelope: unknown }
);

/** What an entry tells, in a word. */
export function nameOf(entry: Retold): string {
  switch (entry.type) {
    case 'act':
      return entry.act.name;
    case 'policy-changed':
      return entry.change.effect;
    case 'stock-freed':
      return entry.type;
    case 'signed-act':
      return entry.name;
    case 'signed-change':
      return 'policy-change';
  }
}

/** Whether the answers that had come before the entry have come again. */
export function isReady(order: Order, entry: Retold): boolean {
  const answered = new Set(
    stepNames.flatMap((step) => {
      const progress = order.steps[step];
      if (!progress) return [];
      const wishes = progress.state === 'done' || progress.state === 'failed' ? progress.wish + 1 : progress.wish;
      return Array.from({ length: wishes }, (_, wish) => stepKey(order.terms.id, step, wish));
    }),
  );
  return entry.after.every((key) => answered.has(key));
}

/** Reads what a repair sent; an entry that is none is left out. A Signal cannot be refused, and anyone may send one. */
export const readRetold = (entries: unknown): Retold[] => (Array.isArray(entries) ? entries.flatMap(readEntry) : []);

/** What an entry tells, without when: a union, so that each member keeps its own fields. */
export type Told = Retold extends infer R ? (R extends Retold ? Omit<R, 'at' | 'after'> : never) : never;

function readEntry(entry: unknown): Retold[] {
  if (typeof entry !== 'object' || entry === null) return [];
  const { at, after, ...told } = entry as Readonly<Record<string, unknown>>;
  if (typeof at !== 'number' || !Array.isArray(after) || !after.every((key) => typeof key === 'string')) return [];
  return readTold(told).map((one) => ({ ...one, at, after }));
}

function readTold(told: Readonly<Record<string, unknown>>): Told[] {
  const { type, act, change, name, envelope } = told;
  switch (type) {
    case 'policy-changed':
      return isPolicyChange(change) ? [{ type, change }] : [];
    case 'stock-freed':
      return someOf(readStockFreed(told));
    case 'signed-change':
      return [{ type, envelope }];
    case 'signed-act':
      return typeof name === 'string' && isActName(name) ? [{ type, name, envelope }] : [];
    case 'act':
      return readPlain(act);
    default:
      return [];
  }
}

const someOf = <T>(one: T | undefined): T[] => (one === undefined ? [] : [one]);

function readPlain(act: unknown): Told[] {
  if (typeof act !== 'object' || act === null) return [];
  const { name, ...payload } = act as Readonly<Record<string, unknown>>;
  const read = readAct(String(name), payload, '');
  return isRefusal(read) ? [] : [{ type: 'act', act: read }];
}
