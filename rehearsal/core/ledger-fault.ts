/** What the ledger does not do, and fails its step with. */
export class LedgerFault extends Error {
  override readonly name = 'LedgerFault';
}
