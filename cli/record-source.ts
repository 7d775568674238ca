import { plan } from '../domain/plan.ts';
import type { Database } from '../ledger/database.ts';
import { lastCheckpoint, sealedRecord, seals } from '../ledger/sealed-records.ts';
import { chainOf } from '../record/chain.ts';
import { type Checkpoint, inclusionOf, inclusionSince, provenGrowth, readCheckpoint } from '../record/checkpoint.ts';
import { RecordFault } from '../record/fault.ts';
import type { Chain, Head, Inclusion } from '../record/format.ts';
import { readSealed } from '../record/sealed.ts';
import type { Keyring } from '../trust/keyring.ts';
import { withEngine, withLedger } from './desk.ts';
import { refused, usage } from './failure.ts';
import { readRecord } from './read-record.ts';
import { withSound } from './record-failure.ts';

/** All that is known of an order: sealed, or as of now. */
interface Source {
  readonly chain: Chain;
  readonly state: Head['state'];
  readonly inclusion: Inclusion | null;
}

/**
 * The record of an order from the ledger where it is sealed, with the proof of that where a keyring can tell, else from Temporal. `kept` is a
 * checkpoint that somebody has and the proof must begin with. Throws `CommandFailure`: `proof-missing` where there is no such proof.
 */
export async function sourceOf(order: string, keyring: Keyring | undefined, kept?: string): Promise<Source> {
  const sealed = await withLedger(async (database) => {
    const text = await sealedRecord(database, order);
    return text === undefined ? undefined : { text, inclusion: keyring ? await newestInclusion(database, order, keyring, kept) : null };
  });
  if (kept !== undefined && !sealed?.inclusion)
    throw refused('proof-missing', `order ${order} is under no checkpoint yet. Accepted: its export once it is sealed and twokey record checkpoint was run`);
  if (sealed) return { chain: withSound(() => readSealed(sealed.text)), state: 'closed', inclusion: sealed.inclusion };
  const record = await withEngine((engine) => readRecord(engine, order));
  return { chain: chainOf(record.order, record.events, record.envelopes), state: plan(record.order).closed ? 'closed' : 'open', inclusion: null };
}

/** That the record stands under the newest checkpoint; null where it was sealed later, or none was signed. */
async function newestInclusion(database: Database, order: string, keyring: Keyring, kept: string | undefined): Promise<Inclusion | null> {
  const [last, sealed] = [await lastCheckpoint(database), await seals(database)];
  if (!last) return null;
  return withSound(() => {
    const checkpoint = readCheckpoint(last.statement, keyring);
    provenGrowth(checkpoint, sealed);
    const inclusion = inclusionOf(order, sealed, checkpoint, last.statement);
    if (!inclusion) return null;
    return kept === undefined ? inclusion : inclusionSince(readKept(kept, keyring), inclusion, checkpoint, sealed);
  });
}

function readKept(statement: string, keyring: Keyring): Checkpoint {
  try {
    return readCheckpoint(statement, keyring);
  } catch (error) {
    throw error instanceof RecordFault ? usage(`--checkpoint: ${error.fault.message}`, 'checkpoint-invalid') : error;
  }
}
