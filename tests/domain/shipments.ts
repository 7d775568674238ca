import type { PolicyOfEdition2 } from '../../domain/policy.ts';
import type { ShippingRules } from '../../domain/shipping.ts';
import { policyOfToday, type Rehearsal, rehearsal } from '../support/orders.ts';

/** Days of the story: orders of these tests are submitted on 22 December 2025 and stay there. */
export const statement = { paper: 'destination-control-statement', number: 'INV-1', dated: '2025-12-20', digest: 'ab'.repeat(32) };

/** A policy that asks for all that one may of each wave, unless a test changes it. */
export const withPapers = (shipping: Partial<ShippingRules> = {}, changes: Partial<PolicyOfEdition2> = {}): PolicyOfEdition2 =>
  policyOfToday(
    {},
    {
      shipping: {
        papers: [
          { name: 'customs-entry', act: 'release-entry' },
          { name: 'test-report', act: 'pass-inspection' },
          { name: 'export-filing', act: 'file-eei' },
          { name: 'destination-control-statement', act: 'register-paper' },
        ],
        usEntry: 'by-cbp',
        siteVerification: 'needed',
        ...shipping,
      },
      ...changes,
    },
  );

/** Both keys have turned; the goods have still to enter the United States for their test. */
export const beforeEntry = (policy: PolicyOfEdition2 = withPapers()): Rehearsal => rehearsal({}, policy).bothKeys();

/** Tested and booked, with neither paper nor filing. */
export const booked = (policy: PolicyOfEdition2 = withPapers()): Rehearsal =>
  beforeEntry(policy).acts('us.cbp', 'release-entry', { entryNumber: '231-1' }).acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });

/** On its way with all its papers. */
export const left = (policy: PolicyOfEdition2 = withPapers()): Rehearsal =>
  booked(policy).acts('seller.desk', 'register-paper', statement).acts('carrier', 'file-eei', { itn: 'X20251222123456' });

/** Delivered, and not yet looked at. */
export const arrived = (policy: PolicyOfEdition2 = withPapers()): Rehearsal =>
  left(policy).acts('cn.gacc', 'release', { releaseNumber: 'GACC-1' }).acts('carrier', 'confirm-delivery', { proof: 'POD-1' });
