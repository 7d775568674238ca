import type { LicenseBalances } from './license.ts';
import { registerOf } from './rules/export-papers.ts';
import type { RegisteredPaper } from './shipping.ts';
import { nextApproval } from './stages/waves.ts';
import { licensedBy } from './stages/us-review/license.ts';
import type { Order } from './state.ts';
import { stepKey } from './steps.ts';
import { unitsToShip, waveUnits } from './waves.ts';

/** What a wave left on: each thing that had to be there, as it stood in the transaction that released the goods. */
export interface ReleaseCertificate {
  /** That of the shipment. */
  readonly number: string;
  readonly policyEpoch: number;
  /** Not there where the order needs no license. `balance` not there where the ledger tells none. */
  readonly license?: { readonly number: string; readonly balance?: LicenseBalances };
  /** Not there where it was taken back while the goods were leaving. */
  readonly approval?: { readonly number: string; readonly balance: LicenseBalances };
  readonly listVersion?: string;
  readonly testReport?: string;
  readonly entryNumber?: string;
  readonly itn?: string;
  readonly papers: readonly RegisteredPaper[];
}

/** The certificate of the wave that is leaving; `balance` is that of its license, as the ledger has answered. */
export function certificateOf(order: Order, balance: LicenseBalances | undefined): ReleaseCertificate {
  const { terms, steps, policyEpoch } = order;
  const { detained: _untilNow, ...known } = registerOf(order);
  const licensed = licensedBy(order);
  return {
    number: stepKey(terms.id, 'ship', steps.ship?.wish ?? 0),
    policyEpoch,
    ...(licensed && { license: { number: licensed.license.number, ...(balance && { balance }) } }),
    ...approvalOf(order),
    ...known,
  };
}

/** An approval of all that the order is for covers what has not left. */
function approvalOf(order: Order): Pick<ReleaseCertificate, 'approval'> {
  const approval = nextApproval(order);
  if (!approval) return {};
  const before = approval.units === Infinity ? unitsToShip(order) : approval.units;
  return { approval: { number: approval.approvalNumber, balance: { before, after: before - waveUnits(order) } } };
}
