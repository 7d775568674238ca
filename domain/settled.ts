import type { OrderEvent } from './events.ts';
import { meaningOf } from './reports.ts';
import type { Order } from './state.ts';
import type { StepName, StepResults } from './steps.ts';

/**
 * The answer that a person may give in place of a step, from the document that shows it; null where only a system can. That
 * parties are clear is never the desk's own word: it sells, and a second person answers for hits. A license is settled by its number alone in
 * the first edition, which has no ledger of licenses.
 */
const answers: { readonly [S in StepName]: null | ((evidence: string) => StepResults[S]) } = {
  'screen-parties': null,
  'record-customer': null,
  'rescreen-parties': null,
  'reserve-stock': null,
  'file-application': (filingReference) => ({ filingReference }),
  'notify-license': (noticeReference) => ({ noticeReference }),
  'void-license': null,
  'request-inspection': (inspectionReference) => ({ inspectionReference }),
  'book-shipment': (bookingReference) => ({ bookingReference }),
  ship: null,
  'accrue-levy': null,
  'declare-customs': (declarationReference) => ({ declarationReference }),
  'quarantine-return': null,
  'replace-units': null,
  'reduce-stock': null,
  'release-stock': null,
  'withdraw-application': (withdrawalReference) => ({ withdrawalReference }),
  'cancel-inspection': (cancellationReference) => ({ cancellationReference }),
  'cancel-booking': (cancellationReference) => ({ cancellationReference }),
  'notify-ending': (noticeReference) => ({ noticeReference }),
};

/** What follows when a person settles a failed step as done; undefined where only the ledger can say so. */
export function settledResult<S extends StepName>(order: Order, step: S, evidence: string, at: number): OrderEvent[] | undefined {
  const answer = step === 'notify-license' && order.policy.edition !== 1 ? null : answers[step];
  return answer === null ? undefined : meaningOf(order, step, answer(evidence), at);
}
