import { isPastFault, type Lived, liveThrough } from '../domain/importing.ts';
import { openOrder } from '../domain/order.ts';
import type { Import } from '../domain/past.ts';
import type { Policy } from '../domain/policy.ts';
import type { OrderTerms } from '../domain/terms.ts';
import { readDocument, understand } from './documents.ts';
import { DocumentError, type Issue } from './faults.ts';
import { importSchema, type WrittenLicense } from './import-form.ts';
import { type WrittenOrder, writtenOrder } from './order-file.ts';
import { dayIn, washington } from './zones.ts';

/** An order in flight as a person wrote it, and how it has come by its past to where it stands. */
export interface OrderInFlight {
  readonly terms: OrderTerms;
  readonly policy: Policy;
  readonly told: Import;
  readonly lived: Lived;
}

/**
 * Reads orders in flight and licenses from a YAML or JSON file, and lets each order live through its past by the rules: one that cannot have is a fault
 * with its place in the file, and nothing of the file is good. `pin` answers the rules of an order, by the day in Washington on which it began;
 * `recordedAt` in epoch milliseconds. Throws `DocumentError`.
 */
export function readImport(
  file: string,
  pin: (order: WrittenOrder, day: string) => Policy,
  recordedAt: number,
): { readonly orders: readonly OrderInFlight[]; readonly licenses: readonly WrittenLicense[] } {
  const document = readDocument(file);
  const { orders, licenses } = understand(document, importSchema);
  const [ids, numbers] = [orders.map(({ id }) => id), licenses.map(({ number }) => number)];
  const issues: Issue[] = [...twiceIn('orders', ids, 'id'), ...twiceIn('licenses', numbers, 'number')];
  const read = orders.flatMap(({ submitted: submittedAt, past: entries, notYet, ...order }, index): OrderInFlight[] => {
    const written = writtenOrder(order);
    const policy = pin(written, dayIn(washington, submittedAt));
    const told = { submittedAt, recordedAt, past: entries.map((entry, place) => entry(place + 1)), notYet };
    const lived = liveThrough(openOrder(written.terms, policy), told);
    if (!isPastFault(lived)) return [{ terms: written.terms, policy, told, lived }];
    const { message, accepted } = lived.refusal;
    const place = lived.index === undefined ? [] : ['past', lived.index];
    issues.push({ path: ['orders', index, ...place], message: `order ${written.terms.id}: ${message}. Accepted: ${accepted}` });
    return [];
  });
  if (issues.length > 0)
    throw new DocumentError(
      file,
      issues.map((issue) => document.fault(issue)),
    );
  return { orders: read, licenses };
}

const twiceIn = (list: string, names: readonly string[], field: string): Issue[] =>
  names.flatMap((name, index) => (names.indexOf(name) < index ? [{ path: [list, index, field], message: `${name} stands in this file before` }] : []));
