import { keepCheckpoint, lastCheckpoint, seals } from '../ledger/sealed-records.ts';
import { NotConsistent, provenGrowth, readCheckpoint, signCheckpoint, treeHead } from '../record/checkpoint.ts';
import type { VouchingRole } from '../record/statement.ts';
import { withLedger } from './desk.ts';
import { refused } from './failure.ts';
import type { Output } from './output.ts';
import { openVouching } from './record-export.ts';
import { withSound } from './record-failure.ts';

/** Signs the tree head over all sealed records, keeps it, and tells it with the proof that it continues the last one. */
export async function checkpoint(role: VouchingRole, out: Output): Promise<void> {
  const { keyring, vouching } = await openVouching(role);
  await withLedger(async (database) => {
    const [last, sealed] = [await lastCheckpoint(database), await seals(database)];
    if (sealed.length === 0 && !last) throw refused('nothing-sealed', 'no record is sealed yet. Accepted: a checkpoint once an order has closed');
    const consistency = withSound(() => {
      if (!last) return [];
      const before = readCheckpoint(last.statement, keyring);
      if (before.size !== last.size || before.root !== last.root) throw new NotConsistent('the last checkpoint is not the one that was signed');
      return provenGrowth(before, sealed);
    });
    const head = treeHead(sealed, Date.now());
    const statement = await signCheckpoint(head, vouching.signer);
    const number = last ? last.number + 1 : 0;
    if (!(await keepCheckpoint(database, { number, ...head, statement })))
      throw refused('checkpoint-overtaken', 'another checkpoint was signed meanwhile; nothing was kept of this one. Accepted: the same again');
    out.result({
      number,
      ...head,
      at: new Date(head.at).toISOString(),
      statement,
      previous: last ? { number: last.number, size: last.size, root: last.root } : null,
      consistency,
    });
    out.say(
      `checkpoint ${number}: ${head.size} sealed records, root ${head.root}`,
      ...(last ? [`continues checkpoint ${last.number} with its ${last.size} records (proof of ${consistency.length} hashes under --json)`] : []),
      `signed with key ${vouching.signer.keyId}; keep it outside of this ledger:`,
      statement,
    );
  });
}
