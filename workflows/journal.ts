import { proxySinks, type Sinks } from '@temporalio/workflow';
import type { OrderEvent } from '../domain/events.ts';
import type { Envelope } from '../domain/signing/envelope.ts';

/**
 * What an order took, and by which signed act where there is one. A worker logs it; a replay of the order's history collects it, which is how an
 * order is read without asking a worker and without a query.
 */
export interface JournalSinks extends Sinks {
  readonly journal: { took(events: readonly OrderEvent[], envelope?: Envelope): void };
}

export const { journal } = proxySinks<JournalSinks>();
