import { isDay, isDigest } from '../fields.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { missingPapers, registerOf, shippingOf } from '../rules/export-papers.ts';
import { type DocumentRegister, isItn, type RegisteredPaper } from '../shipping.ts';
import { type ActRules, type Ask, dayOf, type Evolutions } from '../stage.ts';
import type { Order } from '../state.ts';
import { mayHaveHappened } from '../steps.ts';
import { hasLeft, waveNumber } from '../waves.ts';
import { haveKeysTurned } from './both-keys.ts';

/** A duty on entry is paid before the test in the United States, and sunk (proclamation of 14 January 2026); a share of revenue never holds goods back. */
export const isDutyOwed = ({ policy, steps }: Order): boolean =>
  policy.edition === 2 && policy.levy.trigger === 'on-entry' && steps['accrue-levy']?.state !== 'done';

/** Whether the entry of the goods into the United States has still to be released before their test. */
export const isEntryOwed = (order: Order): boolean => shippingOf(order)?.usEntry === 'by-cbp' && registerOf(order).entryNumber === undefined;

/** Who holds a booked wave back, and what they are asked for: customs that detain it, and whoever owes a paper. Empty where it may leave. */
export function exportAsks(order: Order): Ask[] {
  const missing = new Set(missingPapers(order).map(({ act }) => act));
  return [
    ...(registerOf(order).detained === undefined ? [] : [{ role: 'us.cbp', acts: ['release-export'] } as const]),
    ...(missing.has('register-paper') ? [{ role: 'seller.desk', acts: ['register-paper'] } as const] : []),
    ...(missing.has('file-eei') ? [{ role: 'carrier', acts: ['file-eei'] } as const, { role: 'seller.desk', acts: ['file-eei'] } as const] : []),
  ];
}

/** What keeps a wave from leaving, by name: line by line. */
export function exportTold(order: Order): string[] {
  if (!shippingOf(order) || hasLeft(order)) return [];
  const { detained } = registerOf(order);
  const missing = missingPapers(order).map(({ name }) => name);
  return [
    ...(detained === undefined ? [] : [`customs of the United States detain wave ${waveNumber(order)}: ${detained}`]),
    ...(missing.length > 0 && order.fulfillment.state !== 'not-started' ? [`papers missing before export: ${missing.join(', ')}`] : []),
  ];
}

type ExportAct = 'release-entry' | 'register-paper' | 'file-eei' | 'detain-export' | 'release-export';

export const exportActs: ActRules<ExportAct> = {
  'release-entry': (order, { entryNumber }, at) =>
    unasked(order, 'release-entry', shippingOf(order)?.usEntry === 'by-cbp') ??
    (registerOf(order).entryNumber === undefined ? undefined : decided(order, `entry ${registerOf(order).entryNumber} has been released`)) ??
    (order.fulfillment.state === 'not-started' && haveKeysTurned(order) && !isDutyOwed(order)
      ? [{ type: 'entry-released', entryNumber, at }]
      : refuse(
          'not-yet',
          `order ${order.terms.id}: no entry lies before customs of the United States`,
          'this act once both keys have turned and the duty is paid',
        )),
  'register-paper': (order, { paper, number, dated, expires, digest }, at) => {
    const given: RegisteredPaper = { paper, number, dated, ...(expires !== undefined && { expires }), digest };
    return unfitPaper(order, given, dayOf(at)) ?? leaving(order) ?? knownPaper(order, given) ?? [{ type: 'paper-registered', ...given, at }];
  },
  'file-eei': (order, { itn }, at) =>
    unasked(order, 'file-eei', shippingOf(order)?.papers.some(({ act }) => act === 'file-eei') ?? false) ??
    leaving(order) ??
    (registerOf(order).itn === undefined ? undefined : decided(order, `the export information is filed as ${registerOf(order).itn}`)) ??
    (isItn(itn) && isDay(`${itn.slice(1, 5)}-${itn.slice(5, 7)}-${itn.slice(7, 9)}`)
      ? undefined
      : refuse(
          'invalid-act',
          `order ${order.terms.id}: ${itn} is no Internal Transaction Number`,
          'X and 14 digits, the first eight of them a day: X20260209123456',
        )) ??
    (order.fulfillment.state === 'booked'
      ? [{ type: 'eei-filed', itn, at }]
      : refuse('not-yet', `order ${order.terms.id}: no carrier is booked, and the filing names it`, 'file-eei once one is')),
  'detain-export': (order, { reason }, at) =>
    leaving(order) ??
    (registerOf(order).detained === undefined ? undefined : decided(order, 'its goods are detained')) ??
    (order.fulfillment.state === 'not-started' && !mayHaveHappened(order.steps['request-inspection'])
      ? refuse('not-yet', `order ${order.terms.id}: no goods are being made ready`, 'detain-export once some are')
      : [{ type: 'export-detained', reason, at }]),
  'release-export': (order, { reason }, at) =>
    registerOf(order).detained === undefined
      ? refuse('already-decided', `order ${order.terms.id}: customs of the United States detain no goods`, 'release-export while they do')
      : [{ type: 'export-released', reason, at }],
};

const decided = (order: Order, what: string): Refusal => refuse('already-decided', `order ${order.terms.id}: ${what}`, 'one a wave');

function unasked(order: Order, act: string, isAsked: boolean): Refusal | undefined {
  return isAsked ? undefined : refuse('not-in-policy', `the policy of order ${order.terms.id} asks for no ${act}`, 'an order whose policy does');
}

/** What is handed to the carrier shows what it had then. */
function leaving(order: Order): Refusal | undefined {
  if (!mayHaveHappened(order.steps.ship)) return undefined;
  return refuse(
    'irreversible',
    `order ${order.terms.id}: wave ${waveNumber(order)} has been handed to the carrier`,
    'this act before it is, or for the next wave',
  );
}

function unfitPaper(order: Order, { paper, dated, expires, digest }: RegisteredPaper, today: string): Refusal | undefined {
  const { id } = order.terms;
  const asked = (shippingOf(order)?.papers ?? []).flatMap(({ name, act }) => (act === 'register-paper' ? [name] : []));
  if (!asked.includes(paper)) return refuse('invalid-act', `the policy of order ${id} has no paper ${paper} that the desk enters`, asked.join(', ') || 'none');
  if (!isDigest(digest)) return refuse('invalid-act', `order ${id}: the digest of ${paper} is ${digest}`, 'SHA-256 as 64 small hexadecimal digits');
  if (dated > today) return refuse('invalid-act', `order ${id}: ${paper} is dated ${dated}, and today is ${today}`, 'a paper of today or before');
  if (expires !== undefined && (expires < today || expires < dated))
    return refuse('late', `order ${id}: ${paper} expired on ${expires}`, 'a paper that is good today');
  return undefined;
}

function knownPaper(order: Order, { paper, number, digest }: RegisteredPaper): Refusal | undefined {
  const known = registerOf(order).papers.some((one) => one.paper === paper && one.number === number && one.digest === digest);
  return known ? decided(order, `${paper} ${number} is in the register`) : undefined;
}

type ExportEvent = 'entry-released' | 'paper-registered' | 'paper-expired' | 'eei-filed' | 'export-detained' | 'export-released';

export const exportEvolutions: Evolutions<ExportEvent> = {
  'entry-released': (order, { entryNumber }) => withRegister(order, { entryNumber }),
  'paper-registered': (order, { paper, number, dated, expires, digest }) =>
    withRegister(order, { papers: [...without(order, paper), { paper, number, dated, ...(expires !== undefined && { expires }), digest }] }),
  'paper-expired': (order, { paper }) => withRegister(order, { papers: without(order, paper) }),
  'eei-filed': (order, { itn }) => withRegister(order, { itn }),
  'export-detained': (order, { reason }) => withRegister(order, { detained: reason }),
  'export-released': (order) => {
    const { detained: _over, ...register } = registerOf(order);
    return { ...order, register };
  },
};

/** The order with more known of its next wave, where its policy asks for something. */
export const withRegister = (order: Order, more: Partial<DocumentRegister>): Order => ({ ...order, register: { ...registerOf(order), ...more } });

/** Papers are for just so many units. */
export function withoutPapers(order: Order): Order {
  if (!order.register) return order;
  const { itn: _itn, ...register } = order.register;
  return { ...order, register: { ...register, papers: [] } };
}

/** Other units have an entry and a test of their own before them. */
export function withoutEntry(order: Order): Order {
  if (!order.register) return order;
  const { entryNumber: _entry, testReport: _report, ...register } = order.register;
  return { ...order, register };
}

const without = (order: Order, paper: string): RegisteredPaper[] => registerOf(order).papers.filter((one) => one.paper !== paper);
