import { ApplicationFailure } from '@temporalio/activity';
import type { StepName, StepResults } from '../domain/steps.ts';
import { faultsOfResult } from '../edge/step-results.ts';
import type { Ports, StepActivities, StepRequest } from './ports.ts';

/** The activities of an order, one a step, over the ports that they touch. */
export function createStepActivities(ports: Ports): StepActivities {
  return {
    'screen-parties': async (request) => understood('screen-parties', await withStanding(ports, request, await ports.screening.screen(request))),
    'rescreen-parties': async (request) => understood('rescreen-parties', await withStanding(ports, request, await ports.screening.rescreen(request))),
    'record-customer': async (request) => understood('record-customer', await ports.customers.record(request)),
    'reserve-stock': async (request) => understood('reserve-stock', await ports.ledger.reserve(request)),
    'file-application': async (request) => understood('file-application', await ports.filing.file(request)),
    'notify-license': async (request) => {
      if (request.record) await ports.ledger.recordLicense({ ...request, record: request.record });
      if (request.isTold) return { noticeReference: `${request.key}/told-before` };
      return understood('notify-license', await ports.notices.tellLicense(request));
    },
    'void-license': async (request) => understood('void-license', await ports.ledger.voidLicense(request)),
    'request-inspection': async (request) => understood('request-inspection', await ports.inspection.request(request)),
    'book-shipment': async (request) => understood('book-shipment', await ports.carrier.book(request)),
    ship: async (request) => {
      const stock = await ports.ledger.ship(request);
      if (stock.outcome !== 'shipped') return understood('ship', stock);
      const { waybill } = await ports.carrier.handOver(request);
      return understood('ship', { ...stock, waybill });
    },
    'accrue-levy': async (request) => understood('accrue-levy', await ports.levy.accrue(request)),
    'declare-customs': async (request) => understood('declare-customs', await ports.customs.declare(request)),
    'quarantine-return': async (request) => understood('quarantine-return', await ports.ledger.quarantineReturn(request)),
    'replace-units': async (request) => understood('replace-units', await ports.ledger.replace(request)),
    'reduce-stock': async (request) => understood('reduce-stock', await ports.ledger.reduce(request)),
    'release-stock': async (request) => understood('release-stock', await ports.ledger.release(request)),
    'withdraw-application': async (request) => understood('withdraw-application', await ports.filing.withdraw(request)),
    'cancel-inspection': async (request) => understood('cancel-inspection', await ports.inspection.cancel(request)),
    'cancel-booking': async (request) => understood('cancel-booking', await ports.carrier.cancel(request)),
    'notify-ending': async (request) => understood('notify-ending', await ports.notices.tellEnding(request)),
  };
}

/** The lists, and where Commerce vets customers its list of those. */
async function withStanding(
  ports: Ports,
  request: StepRequest<'screen-parties'>,
  answer: StepResults['screen-parties'],
): Promise<StepResults['screen-parties']> {
  const standing = request.vetting && (await ports.customers.standingOf(request.customer));
  return { ...answer, ...(standing && { standing }) };
}

/** An answer that is not of its form must not reach the order: the other side is asked again, and the fault is named. */
function understood<S extends StepName>(step: S, result: StepResults[S]): StepResults[S] {
  const faults = faultsOfResult(step, result);
  if (faults.length > 0) throw ApplicationFailure.retryable(`${step}: the answer is not of its form: ${faults.join('; ')}`, 'unreadable-answer');
  return result;
}
