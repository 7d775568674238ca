import type { Session } from './database.ts';
import type { Amount } from './licenses.ts';

/** What the authority does to a license after it was issued. */
const authorityKinds = ['revised', 'suspended', 'reinstated', 'revoked'] as const;
export type AuthorityKind = (typeof authorityKinds)[number];

/** What a change of a license met: the shipments since it counts, and the reservations that gave way to it. */
export interface ChangeAnswer {
  readonly outcome: 'changed';
  /** Units of it that were revoked. */
  readonly revokedUnits: number;
  readonly usesSince: readonly (Amount & { readonly key: string; readonly orderId: string; readonly at: number })[];
  readonly lost: readonly (Amount & { readonly key: string; readonly orderId: string })[];
}

/** The answer that the change of this key got, told from the journal; undefined where it was not made. Throws where the key stands for another change. */
export async function changeAnswer(ledger: Session, kind: AuthorityKind, change: { key: string; number: string }): Promise<ChangeAnswer | undefined> {
  const [made] = await ledger.query<{ position: number; license: string; kind: AuthorityKind; revoked: number; effective_at: Date }>(
    'select position, license, kind, revoked, effective_at from license_changes where kind = any($1) and key = $2',
    [authorityKinds, change.key],
  );
  if (!made) return undefined;
  if (made.license !== change.number || made.kind !== kind)
    throw new Error(`change ${change.key} is known as license ${made.license} ${made.kind}: license ${change.number} is ${kind} under a key of its own`);
  const uses = await ledger.query<{ key: string; order_id: string; used: number; value_used: number; changed_at: Date }>(
    `select key, order_id, used, value_used, changed_at from license_changes use where license = $1 and kind = 'used' and position < $2 and changed_at >= $3
       and not exists (select 1 from license_changes back where back.kind = 'taken-back' and back.key = use.key and back.position < $2) order by position`,
    [made.license, made.position, made.effective_at],
  );
  const lost = await ledger.query<{ key: string; order_id: string; units: number; value: number }>(
    `select key, order_id, free as units, value_free as value from license_changes where license = $1 and kind = 'lost' and caused_by = $2 order by position`,
    [made.license, change.key],
  );
  return {
    outcome: 'changed',
    revokedUnits: made.revoked,
    usesSince: uses.map((use) => ({ key: use.key, orderId: use.order_id, units: use.used, valueMinor: use.value_used, at: use.changed_at.getTime() })),
    lost: lost.map(({ key, order_id, units, value }) => ({ key, orderId: order_id, units, valueMinor: value })),
  };
}
