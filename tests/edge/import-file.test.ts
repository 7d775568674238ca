import { describe, expect, it } from 'vitest';
import { readImport } from '../../edge/import-file.ts';
import { pinnedPolicy } from '../../edge/policies.ts';
import { faultOf, temporaryFolder } from './written.ts';

const folder = temporaryFolder();
const recordedAt = Date.parse('2026-06-01T00:00:00Z');
const evidence = { document: 'ab'.repeat(32), number: 'BIS-1' };
const order = {
  ...{ id: 'F-1', customer: 'cloud-7', customerClass: 'core', product: 'H200', units: 10, unitPriceMinor: 100, currency: 'USD', endUse: 'civil-cloud' },
  submitted: '2025-12-22',
};
const submitted = { at: '2025-12-23', by: 'seller.desk', act: 'submit-application', evidence };
const filed = { at: '2025-12-24', step: 'file-application', answer: { filingReference: 'SNAPR-1' }, evidence };
const registered = { at: '2025-12-29', by: 'us.commerce', act: 'register', applicationNumber: 'Z1', evidence };
const license = {
  ...{ number: 'D1', order: 'F-0', customer: 'cloud-7', product: 'H200', endUse: 'research', units: 10, valueMinor: 1000, currency: 'USD' },
  ...{ issued: '2026-01-12', used: { units: 4, valueMinor: 400 }, evidence },
};

function read(document: object) {
  const file = folder.write('orders.yaml', JSON.stringify(document, null, 2));
  return readImport(
    file,
    ({ terms }) => {
      const policy = pinnedPolicy('2025-12-announcement', terms.product);
      if (!policy) throw new Error('the policy of this release is missing');
      return policy;
    },
    recordedAt,
  );
}
const orders = (past: readonly object[], changes: object = {}) => ({ orders: [{ ...order, past, ...changes }] });
const faultsIn = (document: object) => faultOf(() => read(document)).faults;

describe('a file of orders in flight', () => {
  it('is read with each entry at its time, on its evidence, and lived through', () => {
    const [one] = read(orders([submitted, filed, registered])).orders;
    expect(one?.lived.order.usReview).toMatchObject({ state: 'registered', applicationNumber: 'Z1' });
    expect(one?.told.past[2]).toMatchObject({
      at: Date.parse('2025-12-29'),
      evidence: { issuerNumber: 'BIS-1' },
      act: { id: 'past-3', applicationNumber: 'Z1' },
    });
  });

  it('is read with licenses, the day on which each is decided where it counts later', () => {
    expect(read({ licenses: [license] }).licenses).toMatchObject([{ number: 'D1', expires: null, used: { units: 4 } }]);
  });

  it.each<[string, object, string, string]>([
    ['neither orders nor licenses', {}, '', 'expected `orders`, `licenses` or both'],
    ['an entry out of turn', orders([submitted, { ...filed, at: '2025-12-22' }]), 'orders[0].past[1]', 'earlier than what is told before it'],
    ['an entry before the submission', orders([{ ...submitted, at: '2025-12-01' }]), 'orders[0].past[0]', 'earlier than the submission'],
    ['an entry that is still to come', orders([submitted, { ...filed, at: '2026-07-01' }]), 'orders[0].past[1]', 'is still to come'],
    ['an order that is still to come', orders([], { submitted: '2026-07-01' }), 'orders[0]', 'is still to come'],
    ['an act that no order takes there', orders([submitted, registered]), 'orders[0].past[1]', 'file-application is not told before it'],
    ['a step that the order did not want', orders([filed]), 'orders[0].past[0]', 'did not want file-application'],
    ['a step that may have happened', orders([submitted]), 'orders[0]', 'file-application, wanted since 2025-12-23, is not told: did it happen?'],
    ['a step not done that nobody waits for', orders([submitted, filed], { notYet: ['ship'] }), 'orders[0]', 'notYet names ship'],
    [
      'a hold that still stands',
      orders([submitted, filed, { at: '2026-01-02', by: 'policy.admin', act: 'hold', hold: 'P-1', reason: 'review', evidence }]),
      'orders[0]',
      'hold P-1 is not lifted',
    ],
    ['an unknown act', orders([{ ...registered, act: 'enrol' }]), 'orders[0].past[0].act', 'expected one of'],
    ['an unknown step', orders([{ ...filed, step: 'file' }]), 'orders[0].past[0].step', 'expected one of'],
    ['an answer of another form', orders([submitted, { ...filed, answer: { filing: 'x' } }]), 'orders[0].past[1].answer.filingReference', 'Invalid input'],
    [
      'an act without its field',
      orders([submitted, filed, { ...registered, applicationNumber: undefined }]),
      'orders[0].past[2].applicationNumber',
      'expected',
    ],
    ['no evidence', orders([{ ...submitted, evidence: undefined }]), 'orders[0].past[0].evidence', 'expected'],
    [
      'a document that is no digest',
      orders([{ ...submitted, evidence: { ...evidence, document: 'letter.pdf' } }]),
      'orders[0].past[0].evidence.document',
      'SHA-256',
    ],
    ['an order twice', { orders: [orders([submitted, filed]).orders[0], orders([submitted, filed]).orders[0]] }, 'orders[1].id', 'stands in this file before'],
    ['more used than was licensed', { licenses: [{ ...license, used: { units: 11, valueMinor: 0 } }] }, 'licenses[0].used.units', 'more units are used'],
    ['a license that ends before it begins', { licenses: [{ ...license, expires: '2026-01-01' }] }, 'licenses[0].expires', 'before the day of issue'],
  ])('names %s by its path', (_what, document, path, message) => {
    const [fault] = faultsIn(document);
    expect(fault?.path).toBe(path);
    expect(fault?.message).toContain(message);
  });

  it('tells the step that was not done as one that is to come', () => {
    expect(read(orders([submitted], { notYet: ['file-application'] })).orders[0]?.lived.order.usReview).toMatchObject({ state: 'submitted' });
  });
});
