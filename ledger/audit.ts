import type { Session } from './database.ts';

/** Where books differ from what their journal adds up to. */
export interface BookDifference {
  /** The account that is not as the journal says: a license, a reservation, a lot, a window, a quota. */
  readonly of: string;
  readonly what: string;
  readonly booked: unknown;
  /** What the journal adds up to; null where it knows nothing of it. */
  readonly added: unknown;
}

type Figures = Record<string, unknown>;
interface Audited extends Figures {
  of: string;
  booked: Figures;
  added: Figures;
}

/**
 * The first figure that differs, undefined where none does. Each audit is a statement that answers rows `of`, `booked` and `added`, the latter two
 * objects of the same figures; each sees the books and their journal at one moment, so that work that goes on meanwhile is no difference.
 */
export async function firstDifference(ledger: Session, audits: readonly string[]): Promise<BookDifference | undefined> {
  for (const audit of audits)
    for (const { of, booked, added } of await ledger.query<Audited>(audit)) {
      const what = Object.keys(booked).find((figure) => JSON.stringify(booked[figure]) !== JSON.stringify(added[figure]));
      if (what !== undefined) return { of, what, booked: booked[what], added: added[what] };
    }
  return undefined;
}
