import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Call, stepKey, type StepName } from '../../domain/steps.ts';
import { licenseChanges, type StoryLicenseChange } from '../../edge/scenario.ts';
import { createLedgerPort } from '../../activities/ledger.ts';
import type { LedgerPort } from '../../activities/ports.ts';
import { auditLicenses } from '../../ledger/licenses-audit.ts';
import { reinstateLicense, revokeLicense, suspendLicense } from '../../ledger/licenses-changes.ts';
import { dayIn, washington } from '../../edge/zones.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { CoreWorld } from '../../rehearsal/core/world.ts';
import { withLedger } from '../ledger/with-ledger.ts';

const ledger = withLedger();
const orders = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
const numbers = ['1', '2', '3'] as const;
type Order = (typeof orders)[number];
/** What each order is for: the first two are large, so that what they leave of a license covers several of the others. */
const ordered = (one: Order): number => (one < 'c' ? 100 : 40);
const start = Date.UTC(2026, 0, 15, 17);
const price = 7;

type Move =
  | { readonly does: 'go-on'; readonly order: Order; readonly number: string; readonly part: number; readonly ends: 'today' | 'later' | 'never' }
  /** Of what has left, so many shipments are known to have. */
  | { readonly does: 'end'; readonly order: Order; readonly known: number }
  | ({ readonly does: 'change' } & Omit<StoryLicenseChange, 'reason'>);

const order = fc.constantFrom(...orders);
const number = fc.constantFrom(...numbers);
const part = fc.constantFrom(40, 60, 100);
const goOn = fc.record({
  does: fc.constant('go-on' as const),
  order,
  number,
  part,
  ends: fc.constantFrom('today' as const, 'later' as const, 'never' as const),
});
const move: fc.Arbitrary<Move> = fc.oneof(
  { arbitrary: goOn, weight: 6 },
  { arbitrary: fc.record({ does: fc.constant('end' as const), order, known: fc.nat({ max: 2 }) }), weight: 2 },
  { arbitrary: fc.record({ does: fc.constant('change' as const), number, change: fc.constantFrom(...licenseChanges) }), weight: 1 },
  { arbitrary: fc.record({ does: fc.constant('change' as const), number, change: fc.constant('revoked' as const), units: part }), weight: 1 },
);
const changes = { suspended: suspendLicense, reinstated: reinstateLicense, revoked: revokeLicense };

/** What was answered, or the fault in its words, which people read. */
async function toldOf(answer: () => unknown): Promise<unknown> {
  try {
    return (await answer()) ?? 'done';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The same four orders twice: in memory, and in a ledger under names of their own. */
class Both {
  readonly #name: string;
  readonly #world = new CoreWorld('tests');
  readonly #port: LedgerPort;
  readonly #stands = new Map<Order, { readonly at: 'reserved' | 'licensed' | 'shipped' | 'ended'; readonly number?: string; readonly units: number }>();
  readonly #issued = new Set<Order>();
  readonly #shipments = new Map<Order, readonly string[]>();
  /** How often an order shipped, and has more to ship. */
  parts = 0;
  #at = start;
  #wish = 0;

  constructor(name: string) {
    this.#name = name;
    this.#port = createLedgerPort(ledger.database);
  }

  async open(): Promise<void> {
    const lot = { id: `${this.#name}-lot`, product: this.#name, units: 300 };
    this.#world.stock.receive(lot, start);
    await receiveLot(ledger.database, lot, Date.now());
  }

  /** Makes a move in both, three hours after the one before; answers what each said. */
  async make(one: Move): Promise<readonly [core: unknown, real: unknown]> {
    this.#at += 3 * 3_600_000;
    this.#wish += 1;
    if (one.does === 'change') return await this.#change(one);
    const now = this.#stands.get(one.order);
    if (one.does === 'end') return now && now.at !== 'ended' ? await this.#end(one) : ['nothing', 'nothing'];
    if (!now) return await this.#reserve(one.order);
    if (now.at === 'reserved') return await this.#license(one);
    return now.at === 'licensed' ? await this.#ship(one.order, now.number ?? '', now.units, one.part) : ['nothing', 'nothing'];
  }

  #occasion(one: Order, step: StepName, wish = 0) {
    const orderId = `${this.#name}-${one}`;
    return { orderId, at: this.#at, key: stepKey(orderId, step, wish) };
  }
  readonly #keyOf = (one: Order, step: StepName): string => this.#occasion(one, step).key;
  readonly #need = (units: number) => ({ customer: this.#name, endUse: 'research', currency: 'USD', valueMinor: units * price });

  #onCore<S extends StepName>(call: Call<S>, orderId: string): unknown {
    const performed = this.#world.perform(call, orderId, this.#at);
    return 'result' in performed ? performed.result : performed.failed;
  }

  async #reserve(one: Order) {
    const { key, ...occasion } = this.#occasion(one, 'reserve-stock');
    const units = ordered(one);
    const input = { product: this.#name, units, customerClass: 'core', license: this.#need(units) } as const;
    const core = this.#onCore({ step: 'reserve-stock', key, input }, occasion.orderId);
    const real = await this.#port.reserve({ key, ...occasion, ...input });
    if (real.outcome === 'reserved') this.#stands.set(one, real.license ? { at: 'licensed', number: real.license.number, units } : { at: 'reserved', units });
    return [core, real] as const;
  }

  async #license({ order: one, number: named, part: most, ends }: Extract<Move, { does: 'go-on' }>) {
    const { key, ...occasion } = this.#occasion(one, 'notify-license');
    const stockKey = this.#keyOf(one, 'reserve-stock');
    const units = Math.min(most, ordered(one));
    const expires = { today: dayIn(washington, this.#at), later: '2026-12-31', never: null }[ends];
    const record = { ...this.#need(units), product: this.#name, units, issuedAt: this.#at, expires, stockKey, givenBack: [stockKey] };
    const input = { customer: this.#name, licenseNumber: `${this.#name}-${named}`, conditions: ['no transfer'], record };
    const core = this.#onCore({ step: 'notify-license', key, input }, occasion.orderId);
    const real = await toldOf(() => this.#port.recordLicense({ key, ...occasion, ...input }));
    if (real === 'done') this.#issued.add(one);
    if (real === 'done') this.#stands.set(one, { at: 'licensed', number: input.licenseNumber, units });
    return [typeof core === 'string' ? core : 'done', real] as const;
  }

  /** Ships what is left, or so much of it. */
  async #ship(one: Order, of: string, left: number, most: number) {
    const units = Math.min(left, most);
    const { key, ...occasion } = this.#occasion(one, 'ship', this.#wish);
    const reservationKey = this.#keyOf(one, 'reserve-stock');
    const own = this.#keyOf(one, 'notify-license');
    const license = { number: of, reservationKey: this.#issued.has(one) ? own : reservationKey, units, valueMinor: units * price };
    const input = { reservationKey, bookingReference: 'B', policyEpoch: 0, license, ...(units < left && { units }) };
    const core = this.#onCore({ step: 'ship', key, input }, occasion.orderId);
    const real = await this.#port.ship({ key, ...occasion, ...input });
    if (real.outcome === 'shipped') {
      if (units < left) this.parts += 1;
      this.#stands.set(one, units < left ? { at: 'licensed', number: of, units: left - units } : { at: 'shipped', units });
      this.#shipments.set(one, [...(this.#shipments.get(one) ?? []), key]);
    }
    return [core, real.outcome === 'shipped' ? expect.objectContaining({ outcome: 'shipped' }) : real] as const;
  }

  async #end({ order: one, known }: Extract<Move, { does: 'end' }>) {
    const left = (this.#shipments.get(one) ?? []).slice(0, known);
    const { key, ...occasion } = this.#occasion(one, 'release-stock');
    const input = { reservationKey: this.#keyOf(one, 'reserve-stock'), licenseKeys: [this.#keyOf(one, 'notify-license')], left };
    this.#stands.set(one, { at: 'ended', units: 0 });
    return [this.#onCore({ step: 'release-stock', key, input }, occasion.orderId), await this.#port.release({ key, ...occasion, ...input })] as const;
  }

  async #change({ number: named, change, units }: Omit<StoryLicenseChange, 'reason'>) {
    const of = `${this.#name}-${named}`;
    const asked = { number: of, change, reason: 'finding', ...(units !== undefined && { units }) };
    const core = await toldOf(() => this.#world.licenses.change(asked)?.code);
    const at = this.#at;
    const made = { key: `${of}/${this.#wish}`, number: of, by: 'us.commerce', at, effectiveAt: at, reason: 'finding', ...(units !== undefined && { units }) };
    const real = await toldOf(async () => {
      const answer = await changes[change](ledger.database, made);
      return answer.outcome === 'refused' ? answer.code : undefined;
    });
    return [core, real] as const;
  }
}

/** An order that is licensed as a whole and leaves in three shipments, of which one turns out never to have left. */
const inParts: Move[] = [
  ...[100, 100, 40, 40, 40].map((most): Move => ({ does: 'go-on', order: 'a', number: '1', part: most, ends: 'never' })),
  { does: 'end', order: 'a', known: 2 },
];

describe('the licenses of the core', () => {
  it('answer as the ledger does, whatever is done with them', async () => {
    let run = 0;
    const met = new Set<string>();
    let parts = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 16, maxLength: 40 }), async (moves) => {
        run += 1;
        const both = new Both(`both-${run}`);
        await both.open();
        for (const one of moves) {
          const [core, real] = await both.make(one);
          expect(core).toEqual(real);
          met.add(JSON.stringify(core).replaceAll(/both-\d+/g, ''));
        }
        parts += both.parts;
      }),
      { numRuns: 20, seed: 6, examples: [[inParts]] },
    );
    // The walks came to what they are for.
    for (const what of ['"license":{"number"', 'license-balance', 'license-suspended', 'license-revoked', 'license-expired', 'WAYBILL', 'other content'])
      expect([...met].join()).toContain(what);
    expect(parts).toBeGreaterThanOrEqual(2);
    expect(await auditLicenses(ledger.database)).toBeUndefined();
  }, 120_000);
});
