import { type BoardRefusal, boardRefusals, type PolicyChange } from '../domain/policy-change.ts';
import { type Database, inTransaction, type Session } from './database.ts';

/** A change that the board does not take: lifting what is not held, or a hold under a name that has been lifted. */
export class PolicyChangeRefused extends Error {
  override readonly name = 'PolicyChangeRefused';
  readonly code: BoardRefusal;

  constructor(code: BoardRefusal, orderId: string, hold: string) {
    super(boardRefusals[code](orderId, hold));
    this.code = code;
  }
}

interface ChangeRow extends Record<string, unknown>, PolicyChange {}

/**
 * Writes a policy change for one order on the board and answers it with its epoch. From the commit on no shipment of the
 * order takes place that did not know of it. The same change again answers the epoch it got first.
 * Throws `PolicyChangeRefused` where the hold is not there to be lifted, or was lifted before.
 */
export const recordChange = (database: Database, change: NewChange): Promise<PolicyChange> =>
  inTransaction(database, (ledger) => recordChangeIn(ledger, change));

/** A change before the board has numbered it. */
export type NewChange = Omit<PolicyChange, 'epoch'> & { readonly orderId: string };

/** The same within a transaction that does more. */
export async function recordChangeIn(ledger: Session, change: NewChange): Promise<PolicyChange> {
  await ledger.query('select epoch from policy_board for update');
  const [before] = await ledger.query<ChangeRow>('select id, effect, epoch, reason from policy_changes where id = $1 and effect = $2 and order_id = $3', [
    change.id,
    change.effect,
    change.orderId,
  ]);
  if (before && !(await isOver(ledger, change))) return before;
  if (before) throw new PolicyChangeRefused('hold-lifted', change.orderId, change.id);
  const [opposite] = await ledger.query('select 1 from policy_changes where id = $1 and effect <> $2 and order_id = $3', [
    change.id,
    change.effect,
    change.orderId,
  ]);
  if (change.effect === 'lift' && !opposite) throw new PolicyChangeRefused('not-held', change.orderId, change.id);
  const [board] = await ledger.query<{ epoch: number }>('update policy_board set epoch = epoch + 1 returning epoch');
  if (!board) throw new Error('the policy board has lost its row: the ledger has not been migrated');
  await ledger.query('insert into policy_changes (epoch, id, effect, order_id, reason, recorded_at) values ($1, $2, $3, $4, $5, now())', [
    board.epoch,
    change.id,
    change.effect,
    change.orderId,
    change.reason,
  ]);
  return { id: change.id, effect: change.effect, epoch: board.epoch, reason: change.reason };
}

/** Whether a hold that stands on the board has its lift there too. */
const isOver = async (ledger: Session, change: { orderId: string; id: string; effect: PolicyChange['effect'] }): Promise<boolean> =>
  change.effect === 'hold' &&
  (await ledger.query(`select 1 from policy_changes where id = $1 and effect = 'lift' and order_id = $2`, [change.id, change.orderId])).length > 0;

/**
 * All changes for an order, oldest first, where the order may not ship: one is newer than the epoch it knows, or a hold
 * has no lift. Empty where it may. The board stays locked against new ones until the transaction ends.
 */
export async function changesAgainstShipping(ledger: Session, orderId: string, epoch: number): Promise<PolicyChange[]> {
  await ledger.query('select epoch from policy_board for share');
  const changes = await ledger.query<ChangeRow>('select id, effect, epoch, reason from policy_changes where order_id = $1 order by epoch', [orderId]);
  const lifted = new Set(changes.filter((change) => change.effect === 'lift').map((change) => change.id));
  const forbids = changes.some((change) => change.epoch > epoch || (change.effect === 'hold' && !lifted.has(change.id)));
  return forbids ? changes : [];
}
