import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StepActivities } from '../../activities/ports.ts';
import { stepKey } from '../../domain/steps.ts';
import { openOrder } from '../../domain/order.ts';
import type { Proof, StepTrust } from '../../domain/signing/order-trust.ts';
import type { Envelope } from '../../domain/signing/envelope.ts';
import type { Role } from '../../domain/roles.ts';
import type { OrderTerms } from '../../domain/terms.ts';
import { query } from '../../ledger/database.ts';
import { licenseHistory } from '../../ledger/licenses-history.ts';
import { licenseProof } from '../../ledger/licenses-papers.ts';
import { licenseStanding } from '../../ledger/licenses.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { keyStoreReader } from '../../trust/key-store.ts';
import { simulatedActivities } from '../../workers/simulated-activities.ts';
import { withTrustedSteps } from '../../workers/trusted-steps.ts';
import { withLedger } from '../ledger/with-ledger.ts';
import { policyOfToday, terms } from '../support/orders.ts';
import { SignedCompany } from '../support/signed-company.ts';

const ledger = withLedger();
const policy = policyOfToday();
const now = Date.now();
let company: SignedCompany;
let steps: StepActivities;
beforeAll(async () => {
  company = await SignedCompany.found();
  const activities = simulatedActivities(ledger.database, 'tests', () => {
    throw new Error('nothing dies here');
  });
  const proofOf = (number: string): Promise<unknown> => licenseProof(ledger.database, number);
  steps = withTrustedSteps(activities, { store: keyStoreReader(company.home), unsigned: 'refused', licenseProof: proofOf });
});
afterAll(() => company.close());

/** What the ledger keeps of a license that was issued by signature. */
interface Kept {
  readonly terms: object;
  readonly policy: object;
  readonly envelope: Envelope | undefined;
  readonly submission: Envelope;
}

/** An order of signed acts, and the steps that it wants done. */
class Signed {
  readonly terms: OrderTerms;
  readonly #root: string;
  #proof: Proof;

  private constructor(given: OrderTerms, root: string, submission: Envelope) {
    this.terms = given;
    this.#root = root;
    this.#proof = { submission, terms: given, policy };
  }

  static async submitted(changes: Partial<OrderTerms>): Promise<Signed> {
    const given = terms({ units: 100, ...changes });
    await receiveLot(ledger.database, { id: `lot-${given.id}`, product: given.product, units: given.units }, Date.now());
    const trust = await company.trustFor(given, policy, now);
    return new Signed(given, trust.root, trust.submission);
  }

  get kept(): Kept {
    return { terms: this.terms, policy, envelope: this.#proof.turned?.us, submission: this.#proof.submission };
  }

  async #envelope(act: 'issue-license' | 'approve-purchase', role: Role, fields: Record<string, string>): Promise<Envelope> {
    return await company.sign(openOrder(this.terms, policy, {}), { act, role, fields, nonce: `${act}-${this.terms.id}`, at: now });
  }

  async licensed(licenseNumber: string, fields: Record<string, string> = {}): Promise<this> {
    const us = await this.#envelope('issue-license', 'us.commerce', { licenseNumber, ...fields });
    this.#proof = { ...this.#proof, turned: { ...this.#proof.turned, us } };
    return this;
  }

  async approvedInChina(): Promise<this> {
    const china = await this.#envelope('approve-purchase', 'cn.mofcom', { approvalNumber: 'CN-1' });
    this.#proof = { ...this.#proof, turned: { ...this.#proof.turned, china } };
    return this;
  }

  #occasion(step: 'reserve-stock' | 'notify-license' | 'void-license' | 'ship' | 'release-stock') {
    const trust: StepTrust = { root: this.#root, proof: this.#proof };
    return { key: stepKey(this.terms.id, step, 0), orderId: this.terms.id, at: now, trust };
  }
  readonly #stockKey = (): string => stepKey(this.terms.id, 'reserve-stock', 0);
  #need(units: number) {
    const { customer, endUse, currency, unitPriceMinor } = this.terms;
    return { customer, endUse, currency, valueMinor: units * unitPriceMinor };
  }

  reserve() {
    const { product, units } = this.terms;
    return steps['reserve-stock']({ ...this.#occasion('reserve-stock'), product, units, customerClass: 'core', license: this.#need(units) });
  }

  /** Records the license that was issued; `changes` say what somebody forges about it. */
  record(licenseNumber: string, changes: { units?: number; expires?: string } = {}, conditions: readonly string[] = []) {
    const { product, customer, units: ordered } = this.terms;
    const units = changes.units ?? ordered;
    const record = { ...this.#need(units), product, units, issuedAt: now, expires: changes.expires ?? null, stockKey: this.#stockKey(), givenBack: [] };
    return steps['notify-license']({ ...this.#occasion('notify-license'), customer, licenseNumber, conditions, record });
  }

  /** The license was recorded by mistake. */
  void(licenseNumber: string) {
    return steps['void-license']({ ...this.#occasion('void-license'), licenseNumber, reason: 'the letter is about another order' });
  }

  release() {
    return steps['release-stock']({
      ...this.#occasion('release-stock'),
      reservationKey: this.#stockKey(),
      licenseKeys: [stepKey(this.terms.id, 'notify-license', 0)],
    });
  }

  ship(license?: { number: string; of: 'reserve-stock' | 'notify-license'; units?: number; valueMinor?: number }) {
    const units = license?.units ?? this.terms.units;
    const draw = license && {
      ...{ number: license.number, reservationKey: stepKey(this.terms.id, license.of, 0), units },
      valueMinor: license.valueMinor ?? units * this.terms.unitPriceMinor,
    };
    const asked = { reservationKey: this.#stockKey(), bookingReference: 'BOOKING-1', policyEpoch: 0, ...(draw && { license: draw }) };
    return steps.ship({ ...this.#occasion('ship'), ...asked });
  }
}

/** A license that Commerce issued by signature on an order that ended, so that it is free for others of its customer. */
async function freed(number: string, customer: string, changes: Partial<OrderTerms> = {}): Promise<void> {
  const order = await (await Signed.submitted({ id: `${number}-first`, customer, ...changes })).licensed(number);
  await order.reserve();
  await order.record(number);
  await order.release();
}
const covered = async (id: string, customer: string): Promise<Signed> => (await Signed.submitted({ id, customer })).approvedInChina();
const shippedUnits = async (order: string): Promise<number> => (await query(ledger.database, 'select 1 from shipments where order_id = $1', [order])).length;

/** What somebody with write access to the ledger, and without a key, can do: a live license of a customer, with papers of their own. */
async function forgeLicense(number: string, customer: string, papers: unknown): Promise<void> {
  await query(
    ledger.database,
    `insert into licenses (number, order_id, customer, parties, product, end_use, currency, issued_on, status, units, free, value_minor, value_free)
     values ($1, 'nobody', $2, '{}', 'H200', 'model-training', 'USD', '2025-01-01', 'live', 1000, 1000, 10000000000, 10000000000)`,
    [number, customer],
  );
  if (papers === null) return;
  await query(ledger.database, `insert into license_papers (license, conditions, proof) values ($1, '{}', $2)`, [number, JSON.stringify(papers)]);
}

describe('a signed order', () => {
  it('ships on the license of another by the signature that issued it', async () => {
    await freed('T1', 't1');
    const order = await covered('t1-b', 't1');
    expect(await order.reserve()).toMatchObject({ license: { number: 'T1' } });
    expect(await order.ship({ number: 'T1', of: 'reserve-stock' })).toMatchObject({ outcome: 'shipped' });
  });

  it('ships on its own license, and only under that', async () => {
    const order = await (await covered('t2', 't2')).licensed('T2');
    await order.reserve();
    await order.record('T2');
    await expect(order.ship()).rejects.toThrow('without being taken off the license that was signed');
    await expect(order.ship({ number: 'T2', of: 'notify-license', valueMinor: 1 })).rejects.toThrow('are to leave under license T2');
    expect(await shippedUnits('t2')).toBe(0);
    expect(await order.ship({ number: 'T2', of: 'notify-license' })).toMatchObject({ outcome: 'shipped' });
  });

  it.each<[string, string, (proof: Kept) => unknown, RegExp]>([
    ['nobody-signed', 'the papers of nobody', () => null, /nobody has signed license/],
    ['a-word', 'a word in place of papers', () => 'trust me', /nobody has signed license/],
    ['no-envelope', 'papers without an envelope', ({ envelope: _envelope, ...proof }) => proof, /envelope/],
    ['no-signature', 'an envelope without its signatures', (proof) => ({ ...proof, envelope: { ...proof.envelope, signatures: [] } }), /envelope|signature/],
    ['other-number', 'the signature of another license', (proof) => proof, /and not the issue of license/],
    ['other-act', 'the signature of a submission', (proof) => ({ ...proof, envelope: proof.submission }), /submit was signed/],
    ['other-customer', 'terms that were not signed', (proof) => ({ ...proof, terms: { ...proof.terms, customer: 'other-customer' } }), /another order/],
    ['other-policy', 'a policy that was not signed', (proof) => ({ ...proof, policy: { ...proof.policy, customers: 'x' } }), /another order/],
  ])('ships nothing on a forged license: %s, %s', async (customer, _what, forge, message) => {
    const signedNumber = customer === 'other-number' ? 'ANOTHER' : `${customer}-1`;
    const first = await (
      await Signed.submitted({ id: `${customer}-a`, customer: customer === 'other-customer' ? 'who-was-licensed' : customer })
    ).licensed(signedNumber);
    await forgeLicense(`${customer}-1`, customer, forge(first.kept));
    const order = await covered(`${customer}-b`, customer);
    expect(await order.reserve()).toMatchObject({ license: { number: `${customer}-1` } });
    await expect(order.ship({ number: `${customer}-1`, of: 'reserve-stock' })).rejects.toThrow(message);
    expect(await shippedUnits(`${customer}-b`)).toBe(0);
  });

  it('ships nothing on a true license of another customer or end use', async () => {
    await freed('T4', 't4-other');
    await freed('T5', 't4', { endUse: 'research' });
    const order = await covered('t4-b', 't4');
    await order.reserve();
    await expect(order.ship({ number: 'T4', of: 'reserve-stock' })).rejects.toThrow('license T4 is for another customer');
    await expect(order.ship({ number: 'T5', of: 'reserve-stock' })).rejects.toThrow('license T5 is for another endUse');
  });

  it('records its license as it was signed, and not otherwise', async () => {
    const order = await (await Signed.submitted({ id: 't6', customer: 't6' })).licensed('T6', { units: '40', expires: '2190-01-01' });
    await order.reserve();
    for (const forged of [{ units: 100, expires: '2190-01-01' }, { units: 40 }, { units: 40, expires: '2191-01-01' }])
      await expect(order.record('T6', forged)).rejects.toThrow('to be recorded otherwise than it was signed');
    await expect(order.record('T6', { units: 40, expires: '2190-01-01' }, ['no audit'])).rejects.toThrow('otherwise than it was signed');
    await expect(order.record('T7', { units: 40, expires: '2190-01-01' })).rejects.toThrow('otherwise than it was signed');
    expect(await licenseStanding(ledger.database, 'T6', '2026-01-01')).toBeUndefined();
    await order.record('T6', { units: 40, expires: '2190-01-01' });
    expect(await licenseStanding(ledger.database, 'T6', '2026-01-01')).toMatchObject({ units: 40, reserved: { units: 40 } });
  });

  it('ships nothing on a license that was corrected, though its signature is true, and on none of another that goes by its number', async () => {
    const order = await (await covered('t9', 't9')).licensed('T9');
    await order.reserve();
    await order.record('T9');
    const other = await (await Signed.submitted({ id: 't9-other', customer: 't9' })).licensed('T9-other');
    expect(await other.void('T9')).toEqual({ outcome: 'not-recorded' });
    for (let times = 0; times < 2; times += 1) expect(await order.void('T9')).toEqual({ outcome: 'voided' });
    expect(await order.ship({ number: 'T9', of: 'notify-license' })).toMatchObject({
      outcome: 'license-refused',
      code: 'license-revoked',
      licenseNumber: 'T9',
    });
    expect(await shippedUnits('t9')).toBe(0);
    expect(await licenseHistory(ledger.database, 'T9')).toContainEqual(
      expect.objectContaining({ kind: 'revoked', reason: 'recorded by mistake: the letter is about another order' }),
    );
  });

  it('records nothing that Commerce has not signed', async () => {
    const order = await Signed.submitted({ id: 't8', customer: 't8' });
    await order.reserve();
    await expect(order.record('T8')).rejects.toThrow('nobody has signed issue-license');
  });
});
