import { DocumentError } from '../edge/faults.ts';
import { EngineError, messageOf } from '../engine/errors.ts';
import { LedgerUnreachable } from '../ledger/database.ts';
import { DiversionRefused } from '../ledger/diversions.ts';
import { LicenseConflict } from '../ledger/licenses-record.ts';
import { OrderConflict } from '../ledger/orders.ts';
import { PolicyChangeRefused } from '../ledger/policy-board.ts';
import { StockRefused } from '../ledger/stock-refused.ts';
import { TrustError } from '../trust/trust-error.ts';
import { CommandFailure, exitCodes, refused, usage } from './failure.ts';
import { trustEnding } from './trust-ending.ts';

/** Every error as a failure of the command. What nobody foresaw keeps its stack. */
export function failureOf(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error;
  if (error instanceof DocumentError) return usage(error.message, error.code);
  if (error instanceof EngineError) return new CommandFailure(exitCodes.unreachable, error.code, error.message);
  if (error instanceof LedgerUnreachable)
    return new CommandFailure(
      exitCodes.unreachable,
      'ledger-unreachable',
      `the ledger does not answer (${error.message}): run npm start, or correct DATABASE_URL`,
    );
  if (error instanceof OrderConflict)
    return refused('order-conflict', `${error.message}; nothing was submitted. Accepted: a change under a new id, or the same content again`);
  if (error instanceof LicenseConflict) return refused('license-conflict', error.message);
  if (error instanceof TrustError) return new CommandFailure(exitCodes[trustEnding(error.code)], error.code, error.message);
  if (error instanceof StockRefused || error instanceof PolicyChangeRefused || error instanceof DiversionRefused) return refused(error.code, error.message);
  return new CommandFailure(exitCodes.failed, 'unexpected', error instanceof Error ? (error.stack ?? error.message) : messageOf(error));
}
