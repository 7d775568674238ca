import { rangeForm, readSerialRange } from '../domain/serial-range.ts';
import type { Database } from '../ledger/database.ts';
import { releaseLicensed, reserveLicensed, shipLicensed } from '../ledger/licensed-stock.ts';
import { recordIssued } from '../ledger/licenses-issued.ts';
import { voidLicense } from '../ledger/licenses-void.ts';
import { dayIn, washington } from '../edge/zones.ts';
import { reduceUnits } from '../ledger/stock.ts';
import type { Finding } from '../ledger/stock-quarantine.ts';
import { replaceUnits } from '../ledger/stock-replacing.ts';
import { quarantineReturn } from '../ledger/stock-return.ts';
import { isSomebodyUntold } from '../ledger/stock-tidings.ts';
import type { LedgerPort, StepRequest } from './ports.ts';

/** Licenses are counted by the days of who issues them. */
const authorityDay = (at: number): string => dayIn(washington, at);

/** Which units a laboratory has failed: those of these numbers, else so many. Throws where numbers are told that are no range. */
function foundIn({ units, serials }: StepRequest<'replace-units'>): Finding['what'] {
  if (serials === undefined) return { units };
  const range = readSerialRange(serials);
  if (range) return range;
  throw new Error(`${serials} failed the test: expected ${rangeForm}`);
}

/**
 * Stock and licenses as the ledger keeps them: every call is one transaction, safe to repeat under its key. What a call sets free it gives to those
 * who wait; `give` sees to it that they hear of it, and is asked again with the call where it cannot be reached.
 */
export function createLedgerPort(database: Database, give: () => Promise<void> = () => Promise.resolve()): LedgerPort {
  const given = async <T>(answer: T): Promise<T> => {
    if (await isSomebodyUntold(database)) await give();
    return answer;
  };
  return {
    reserve: async (request) => await given(await reserveLicensed(database, { ...request, on: authorityDay(request.at) })),
    ship: (request) => shipLicensed(database, { ...request, on: authorityDay(request.at) }),
    // Units that no lot here ever had are the desk's to receive: they are no stock before somebody has counted them.
    quarantineReturn: async (request) =>
      request.unitsElsewhere === undefined ? await quarantineReturn(database, request) : { quarantined: request.unitsElsewhere },
    replace: (request) => replaceUnits(database, { ...request, what: foundIn(request) }),
    reduce: async (request) => await given(await reduceUnits(database, request)),
    release: async (request) => await given(await releaseLicensed(database, request)),
    voidLicense: (request) => voidLicense(database, request),
    recordLicense: async ({ record, trust, ...request }) => {
      await recordIssued(database, {
        ...{ key: request.key, orderId: request.orderId, at: request.at, record, customer: request.customer, number: request.licenseNumber },
        ...{ conditions: request.conditions, issued: authorityDay(record.issuedAt), on: authorityDay(request.at) },
        ...(trust?.proof?.turned?.us && { proof: { terms: trust.proof.terms, policy: trust.proof.policy, envelope: trust.proof.turned.us } }),
      });
      await given(undefined);
    },
  };
}
