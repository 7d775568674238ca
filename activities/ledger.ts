import type { Database } from '../ledger/database.ts';
import { releaseLicensed, reserveLicensed, shipLicensed } from '../ledger/licensed-stock.ts';
import { recordIssued } from '../ledger/licenses-issued.ts';
import { voidLicense } from '../ledger/licenses-void.ts';
import { dayIn, washington } from '../edge/zones.ts';
import { reduceUnits } from '../ledger/stock.ts';
import { quarantineReturn } from '../ledger/stock-return.ts';
import { isSomebodyUntold } from '../ledger/stock-tidings.ts';
import type { LedgerPort } from './ports.ts';

/** Licenses are counted by the days of who issues them. */
const authorityDay = (at: number): string => dayIn(washington, at);

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
