import { hash } from 'node:crypto';
import type { StepResults } from '../domain/steps.ts';

const listVersion = 'simulated-2025-12';
const laterListVersion = 'simulated-2026-03';

/** A reference such as `1F3A90BC`: the same seed and key give the same one. */
export const referenceOf = (seed: string, key: string): string => hash('sha256', `${seed}\n${key}`).slice(0, 8).toUpperCase();

/** What the simulated other side of each port says, from the reference that it gives; the pure core hears the same. */
export const simulatedAnswers = {
  /** A simulated list that holds every customer whose code begins with `listed-`; those that begin with `listed-later-` come onto it before goods leave. */
  'screen-parties': (customer: string): StepResults['screen-parties'] =>
    customer.startsWith('listed-') && !customer.startsWith('listed-later-')
      ? { outcome: 'hit', listVersion, matches: [customer] }
      : { outcome: 'clear', listVersion },
  'rescreen-parties': (customer: string): StepResults['rescreen-parties'] =>
    customer.startsWith('listed-')
      ? { outcome: 'hit', listVersion: laterListVersion, matches: [customer] }
      : { outcome: 'clear', listVersion: laterListVersion },
  'file-application': (reference: string) => ({ filingReference: `FILING-${reference}` }),
  'notify-license': (reference: string) => ({ noticeReference: `NOTICE-${reference}` }),
  'request-inspection': (reference: string) => ({ inspectionReference: `TEST-${reference}` }),
  'book-shipment': (reference: string) => ({ bookingReference: `BOOKING-${reference}` }),
  ship: (reference: string) => ({ waybill: `WAYBILL-${reference}` }),
  'declare-customs': (reference: string) => ({ declarationReference: `DECLARATION-${reference}` }),
  'withdraw-application': (reference: string) => ({ withdrawalReference: `WITHDRAWAL-${reference}` }),
  'cancel-inspection': (reference: string) => ({ cancellationReference: `TEST-CANCELLED-${reference}` }),
  'cancel-booking': (reference: string) => ({ cancellationReference: `BOOKING-CANCELLED-${reference}` }),
  'notify-ending': (reference: string) => ({ noticeReference: `NOTICE-${reference}` }),
} as const;
