import type { Order } from '../../domain/state.ts';
import type { Seen } from './core.ts';
import type { Notes } from './notes.ts';

/**
 * What decides nothing, or is told by words alone: ids of acts, the terms (fixed for an exploration), the newest epoch
 * (carried to the ledger, never compared), the day of the license, the words of conditions, what a call was told.
 */
const leftOut: ReadonlySet<string> = new Set(['terms', 'policy', 'acts', 'policyEpoch', 'issuedAt', 'conditions', 'key', 'input', 'queuedUnder']);
/** Moments, told as distance from the present. */
const moments: ReadonlySet<string> = new Set(['dueAt', 'since']);

function text(value: object, now: number): string {
  if (Array.isArray(value)) return `[${value.map((one: unknown) => word(one, now)).join()}]`;
  let told = '{';
  const names = Object.keys(value).toSorted((a, b) => (a < b ? -1 : 1));
  const parts: Readonly<Record<string, unknown>> = { ...value };
  for (const name of names) {
    const part = parts[name];
    if (part === undefined || leftOut.has(name)) continue;
    if (name === 'wish') told += isOver(parts) ? '' : part === 0 ? 'first;' : 'later;';
    else told += `${name}:${moments.has(name) ? Number(part) - now : word(part, now)};`;
  }
  return `${told}}`;
}

/** Of a step that has been answered nobody counts any more how often it was wanted. */
const isOver = ({ state }: Readonly<Record<string, unknown>>): boolean => state === 'done' || state === 'answered';

const word = (value: unknown, now: number): string => (typeof value === 'object' && value !== null ? text(value, now) : String(value));

/** The parts of orders and notes are shared from one state to the next; what tells no time is put in words once. */
const known = new WeakMap<object, string>();
function part(value: object): string {
  const before = known.get(value);
  if (before !== undefined) return before;
  const now = text(value, 0);
  known.set(value, now);
  return now;
}

/** The positions of a closed review are told by what they found, not by who said what. */
function reviewOf({ usReview }: Order, now: number): string {
  if (usReview.state !== 'before-president' && usReview.state !== 'before-commerce') return text(usReview, now);
  const denials = Object.values(usReview.positions).filter((one) => one.state === 'given' && one.position === 'deny').length;
  return `${usReview.state} ${usReview.state === 'before-commerce' ? usReview.consensus : ''} ${denials === 0 ? 'none denies' : denials === 3 ? 'all deny' : 'some deny'}`;
}

/** Under edition 1 the agencies that have not spoken have all used the same time. */
function accountable({ time }: Notes, now: number): string {
  const watch = time['us.state'] ?? time['us.energy'] ?? time['us.defense'];
  return watch ? text(watch, now) : '';
}

/** What an order on its way is told by. */
const onTheWay = (order: Order, notes: Notes, now: number): string =>
  [
    reviewOf(order, now),
    part(order.chinaReview),
    part(order.holds),
    notes.application === 'referred' ? part(notes.positions) : '',
    part(notes.holds),
    part(notes.lifted),
    accountable(notes, now),
    notes.president,
    notes.china,
  ].join('|');

/** Of an order that has ended nobody reads positions, clocks, holds and the Chinese review any more. */
const afterTheEnd = (order: Order): string => `${order.outcome}|${order.usReview.state}`;

/**
 * The canonical form of an order and its notes: two that have the same form take the same commands and come to the same
 * forms by them. Wishes are told apart as the first one and a later one; times are relative to the present.
 */
export function formOf({ order, notes, now }: Seen): string {
  return [
    order.outcome === undefined ? onTheWay(order, notes, now) : afterTheEnd(order),
    part(order.intake),
    part(order.allocation),
    part(order.fulfillment),
    part(order.steps),
    order.levyMinor,
    notes.screening,
    notes.stock,
    notes.application,
    notes.inspection,
    notes.booked,
    notes.goods,
    notes.shipments,
    part(notes.levies),
    part(notes.owed),
    part(notes.takenBack),
    notes.told,
    part(notes.calls),
    notes.outcome,
  ].join('|');
}
