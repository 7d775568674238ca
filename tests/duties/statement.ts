import type { RefusalCode } from '../../domain/refusal.ts';

/** One signature: for which side, and who stands behind it, a bit for each person. */
export interface SignatureOf {
  readonly side: number;
  readonly people: number;
}

/** An act that somebody tried, under one signature or two, and what came of it: taken where nothing refused it, dropped where nothing was said. */
export interface Tried {
  readonly first: SignatureOf;
  readonly second?: SignatureOf | undefined;
  readonly refused: RefusalCode | 'dropped' | undefined;
}

/**
 * What is wrong in the whole life of an order, looked at afterwards; undefined where nothing is. It says what the rule says and not how it is
 * found: of all acts that were taken nobody stands behind two of different sides, and where two signed they are two; and none was refused
 * without such a reason.
 */
export function wrongIn(life: readonly Tried[]): string | undefined {
  for (const [at, act] of life.entries()) {
    const isTwice = act.second !== undefined && meet(act.first, act.second);
    const isTorn = actsForAnother(life, at);
    if (act.refused === undefined && isTwice) return `act ${at} was taken, and one person stands behind both signatures`;
    if (act.refused === undefined && isTorn) return `act ${at} was taken, and somebody behind it acted for another side`;
    if (act.refused !== undefined && !reasonHolds(act.refused, isTwice, isTorn)) return `act ${at} was refused as ${act.refused} without that reason`;
  }
  return undefined;
}

const meet = (one: SignatureOf, other: SignatureOf): boolean => (one.people & other.people) !== 0;

function reasonHolds(refused: Tried['refused'], isTwice: boolean, isTorn: boolean): boolean {
  if (refused === 'dropped') return isTwice || isTorn;
  return (refused === 'same-person' && isTwice) || (refused === 'duty-conflict' && isTorn);
}

/** Whether somebody behind an act stands behind an act for another side that was taken before it. */
function actsForAnother(life: readonly Tried[], at: number): boolean {
  const act = life[at];
  for (let index = 0; act && index < at; index += 1) {
    const before = life[index];
    if (!before || before.refused !== undefined) continue;
    if (areTorn(before.first, act) || (before.second !== undefined && areTorn(before.second, act))) return true;
  }
  return false;
}

const areTorn = (before: SignatureOf, { first, second }: Tried): boolean =>
  isTornBetween(before, first) || (second !== undefined && isTornBetween(before, second));

const isTornBetween = (one: SignatureOf, other: SignatureOf): boolean => one.side !== other.side && meet(one, other);
