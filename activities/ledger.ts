import type { Database } from '../ledger/database.ts';
import { releaseLicensed, reserveLicensed, shipLicensed } from '../ledger/licensed-stock.ts';
import { recordIssued } from '../ledger/licenses-issued.ts';
import { dayIn, washington } from '../edge/zones.ts';
import { reduceUnits } from '../ledger/stock.ts';
import type { LedgerPort } from './ports.ts';

/** Licenses are counted by the days of who issues them. */
const authorityDay = (at: number): string => dayIn(washington, at);

/** Stock and licenses as the ledger keeps them: every call is one transaction, safe to repeat under its key. */
export const createLedgerPort = (database: Database): LedgerPort => ({
  reserve: (request) => reserveLicensed(database, { ...request, on: authorityDay(request.at) }),
  ship: (request) => shipLicensed(database, { ...request, on: authorityDay(request.at) }),
  reduce: (request) => reduceUnits(database, request),
  release: (request) => releaseLicensed(database, request),
  recordLicense: ({ record, trust, ...request }) =>
    recordIssued(database, {
      ...{ key: request.key, orderId: request.orderId, at: request.at, record, customer: request.customer, number: request.licenseNumber },
      ...{ conditions: request.conditions, issued: authorityDay(record.issuedAt) },
      ...(trust?.proof?.turned?.us && { proof: { terms: trust.proof.terms, policy: trust.proof.policy, envelope: trust.proof.turned.us } }),
    }),
});
