import { NotConsistent } from '../record/checkpoint.ts';
import { RecordFault } from '../record/fault.ts';
import { SealBroken } from '../record/sealed.ts';
import { CommandFailure, exitCodes, refused } from './failure.ts';

/** Runs what relies on the ledger's sealed records; what they have suffered becomes a failure of the command. */
export function withSound<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof NotConsistent) throw refused('not-consistent', `${error.message}; nothing was signed. Compare the ledger with a backup`);
    if (error instanceof SealBroken || error instanceof RecordFault)
      throw new CommandFailure(exitCodes.failed, 'seal-broken', `the ledger was changed by hand: ${error.message}`);
    throw error;
  }
}
