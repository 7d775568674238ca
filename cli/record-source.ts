import { plan } from '../domain/plan.ts';
import type { Database } from '../ledger/database.ts';
import { lastCheckpoint, sealedRecord, seals } from '../ledger/sealed-records.ts';
import { chainOf } from '../record/chain.ts';
import { inclusionOf, provenGrowth, readCheckpoint } from '../record/checkpoint.ts';
import type { Chain, Head, Inclusion } from '../record/format.ts';
import { readSealed } from '../record/sealed.ts';
import type { Keyring } from '../trust/keyring.ts';
import { withEngine, withLedger } from './desk.ts';
import { readRecord } from './read-record.ts';
import { withSound } from './record-failure.ts';

/** All that is known of an order: sealed, or as of now. */
interface Source {
  readonly chain: Chain;
  readonly state: Head['state'];
  readonly inclusion: Inclusion | null;
}

/** The record of an order from the ledger where it is sealed, with the proof of that where a keyring can tell, else from Temporal. */
export async function sourceOf(order: string, keyring: Keyring | undefined): Promise<Source> {
  const sealed = await withLedger(async (database) => {
    const text = await sealedRecord(database, order);
    return text === undefined ? undefined : { text, inclusion: keyring ? await newestInclusion(database, order, keyring) : null };
  });
  if (sealed) return { chain: withSound(() => readSealed(sealed.text)), state: 'closed', inclusion: sealed.inclusion };
  const record = await withEngine((engine) => readRecord(engine, order));
  return { chain: chainOf(record.order, record.events), state: plan(record.order).closed ? 'closed' : 'open', inclusion: null };
}

/** That the record stands under the newest checkpoint; null where it was sealed later, or none was signed. */
async function newestInclusion(database: Database, order: string, keyring: Keyring): Promise<Inclusion | null> {
  const [last, sealed] = [await lastCheckpoint(database), await seals(database)];
  if (!last) return null;
  return withSound(() => {
    const checkpoint = readCheckpoint(last.statement, keyring);
    provenGrowth(checkpoint, sealed);
    return inclusionOf(order, sealed, checkpoint, last.statement) ?? null;
  });
}
