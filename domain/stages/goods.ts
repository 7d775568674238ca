import { type Act, type ActName, actSpec } from '../acts.ts';
import type { OrderEvent } from '../events.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import type { Role } from '../roles.ts';
import type { ActRules, Ask, Evolutions, ReportRules } from '../stage.ts';
import type { Fulfillment, Order } from '../state.ts';
import { type StepName, wantAnew } from '../steps.ts';
import { isToVerify, type ShippedWave, type Underway, wavesShipped, waveNumber } from '../waves.ts';
import { shippingOf } from '../rules/export-papers.ts';

type GoodsAct = 'release' | 'detain' | 'refuse-entry' | 'order-return' | 'confirm-delivery' | 'verify-use' | 'confirm-return';

/** Where goods must be for each word about them. */
const needed: { readonly [A in GoodsAct]: { readonly at: readonly Underway['state'][]; readonly why: string } } = {
  release: { at: ['at-customs', 'detained'], why: 'no goods lie before customs' },
  detain: { at: ['at-customs'], why: 'no goods lie before customs' },
  'refuse-entry': { at: ['at-customs', 'detained'], why: 'no goods lie before customs' },
  'order-return': { at: ['released'], why: 'no released goods are on their way' },
  'confirm-delivery': { at: ['released'], why: 'no released goods are on their way' },
  'verify-use': { at: ['delivered'], why: 'no goods have arrived' },
  'confirm-return': { at: ['returning'], why: 'no goods are on their way back' },
};

const asked: { readonly [S in Underway['state']]?: readonly (readonly [Role, readonly GoodsAct[]])[] } = {
  'at-customs': [['cn.gacc', ['release', 'detain', 'refuse-entry']]],
  detained: [['cn.gacc', ['release', 'refuse-entry']]],
  released: [
    ['carrier', ['confirm-delivery']],
    ['buyer', ['confirm-delivery']],
  ],
  returning: [['carrier', ['confirm-return']]],
};

/** Nobody but who sold or licensed the goods is asked to look after them. */
const verifiers: readonly (readonly [Role, readonly GoodsAct[]])[] = [
  ['seller.desk', ['verify-use']],
  ['us.commerce', ['verify-use']],
];

const isOfFirstEdition = (act: ActName): boolean => actSpec(act).since === undefined;

/** What people are asked for about goods that have left, in whatever stage the order is. */
export function goodsAsks(order: Order): Ask[] {
  const asks = wavesShipped(order).flatMap(({ goods }) => (isToVerify(order, goods) ? verifiers : (asked[goods.state] ?? [])));
  const known = asks.map(([role, acts]): Ask => ({ role, acts: order.policy.edition === 1 ? acts.filter(isOfFirstEdition) : acts }));
  // What is asked of somebody about two waves is asked once; the act says about which.
  return known.filter((ask, index) => known.findIndex(({ role, acts }) => role === ask.role && acts.join() === ask.acts.join()) === index);
}

/** The wave that an act is about: the one it names, else the only one that stands so. */
function waveFor(order: Order, act: GoodsAct, named: number | undefined): ShippedWave | Refusal {
  const left = wavesShipped(order);
  const { at, why } = needed[act];
  const { id } = order.terms;
  const fits = left.filter(
    ({ number, goods }) => at.includes(goods.state) && (act !== 'verify-use' || isToVerify(order, goods)) && (named ?? number) === number,
  );
  const [one, other] = fits;
  if (one && !other) return one;
  if (one && other)
    return refuse('invalid-act', `order ${id}: waves ${fits.map(({ number }) => number).join(' and ')} are both ${one.goods.state}`, `${act} with \`wave\``);
  const goods: Fulfillment = named === undefined ? order.fulfillment : (left.find(({ number }) => number === named)?.goods ?? { state: 'not-started' });
  const of = named === undefined ? '' : `wave ${named}: `;
  return notAt({ id, goods, needed: at, why: `${of}${why}` });
}

const journey = [
  ...['not-started', 'units-failed', 'under-test', 'test-failed', 'tested', 'booked', 'shipped', 'at-customs', 'detained', 'released', 'delivered'],
  ...['returning', 'returned', 'set-apart'],
] as const satisfies readonly Fulfillment['state'][];
const rank = (state: Fulfillment['state']): number => journey.indexOf(state);

/** Told as decided where the goods have moved on, as not yet where they have not come so far. */
export function notAt({
  id,
  goods: { state },
  needed: at,
  why,
}: {
  readonly id: string;
  readonly goods: Fulfillment;
  readonly needed: readonly Fulfillment['state'][];
  readonly why: string;
}): Refusal {
  const code = at.every((one) => rank(state) > rank(one)) ? 'already-decided' : 'not-yet';
  return refuse(code, `order ${id}: ${why}; fulfillment is ${state}`, `this act while fulfillment is ${at.join(' or ')}`);
}

/** The facts of an act about goods, which name the wave where the order leaves in several. */
function said(order: Order, { name, wave: named }: Act<GoodsAct>, of: (which: { readonly wave?: number }) => OrderEvent): OrderEvent[] | Refusal {
  const wave = waveFor(order, name, named === undefined ? undefined : Number(named));
  return isRefusal(wave) ? wave : [of(order.wave ? { wave: wave.number } : {})];
}

function siteFault(order: Order, named: string | undefined): Refusal | undefined {
  const { id } = order.terms;
  if (shippingOf(order)?.siteVerification !== 'needed')
    return refuse('not-in-policy', `the policy of order ${id} asks for no look at the site`, 'an order whose policy does');
  const arrived = wavesShipped(order).filter(({ number, goods }) => goods.state === 'delivered' && number === Number(named ?? number));
  return arrived.length > 0 && !arrived.some(({ goods }) => isToVerify(order, goods))
    ? refuse('already-decided', `order ${id}: the goods that have arrived were seen as licensed`, 'goods that have arrived and were not looked at')
    : undefined;
}

export const goodsActs: ActRules<GoodsAct> = {
  release: (order, act, at) => said(order, act, (wave) => ({ type: 'customs-released', releaseNumber: act.releaseNumber, ...wave, at })),
  detain: (order, act, at) => said(order, act, (wave) => ({ type: 'customs-detained', reason: act.reason, ...wave, at })),
  'refuse-entry': (order, act, at) => said(order, act, (wave) => ({ type: 'entry-refused', reason: act.reason, ...wave, at })),
  'order-return': (order, act, at) => said(order, act, (wave) => ({ type: 'return-ordered', reason: act.reason, ...wave, at })),
  'confirm-delivery': (order, act, at) => said(order, act, (wave) => ({ type: 'delivery-confirmed', proof: act.proof, ...wave, at })),
  'verify-use': (order, act, at) =>
    siteFault(order, act.wave) ?? said(order, act, (wave) => ({ type: 'use-verified', finding: act.finding, document: act.document, ...wave, at })),
  'confirm-return': (order, act, at) => said(order, act, (wave) => ({ type: 'goods-returned', proof: act.proof, ...wave, at })),
};

/** The wave that is back and is being set apart in stock: the one that came back first. */
export const returnedWave = (order: Order): ShippedWave | undefined =>
  wavesShipped(order).find(({ goods }) => goods.state === 'returned' && goods.isQueued !== true);

/** What is to be done about goods that have left, in whatever stage the order is. */
export const goodsSteps = (order: Order): readonly StepName[] => (returnedWave(order) ? ['quarantine-return'] : []);

export const goodsReports: ReportRules<'quarantine-return'> = {
  'quarantine-return': (order, _result, at) => {
    const wave = returnedWave(order);
    return wave ? [{ type: 'return-quarantined', ...(order.wave && { wave: wave.number }), at }] : [];
  },
};

/** The order with the goods of a wave in their next state. */
function moved(order: Order, { wave: number = waveNumber(order) }: { readonly wave?: number }, next: (goods: Underway) => Underway): Order {
  const wave = wavesShipped(order).find((one) => one.number === number);
  if (!wave) throw new Error(`order ${order.terms.id}: wave ${number} has not left, fulfillment is ${order.fulfillment.state}`);
  const goods = next(wave.goods);
  if (number === waveNumber(order)) return { ...order, fulfillment: goods };
  return { ...order, waves: (order.waves ?? []).map((one) => (one.number === number ? { ...one, goods } : one)) };
}

function waybillOf(goods: Underway): string {
  if ('waybill' in goods) return goods.waybill;
  throw new Error(`goods that are ${goods.state} have no waybill`);
}

function reasonOf(goods: Underway): string {
  if (goods.state === 'returning') return goods.reason;
  throw new Error(`goods that are ${goods.state} were not sent back`);
}

type GoodsEvent =
  | 'customs-released'
  | 'customs-detained'
  | 'entry-refused'
  | 'return-ordered'
  | 'delivery-confirmed'
  | 'use-verified'
  | 'goods-returned'
  | 'return-quarantined';

export const goodsEvolutions: Evolutions<GoodsEvent> = {
  'customs-released': (order, event) => moved(order, event, (goods) => ({ state: 'released', waybill: waybillOf(goods) })),
  'customs-detained': (order, event) => moved(order, event, (goods) => ({ state: 'detained', waybill: waybillOf(goods), reason: event.reason })),
  'entry-refused': (order, event) => moved(order, event, (goods) => ({ state: 'returning', waybill: waybillOf(goods), reason: event.reason })),
  'return-ordered': (order, event) => moved(order, event, (goods) => ({ state: 'returning', waybill: waybillOf(goods), reason: event.reason })),
  'delivery-confirmed': (order, event) => moved(order, event, () => ({ state: 'delivered' })),
  'use-verified': (order, { finding, document, ...which }) =>
    moved(order, which, () => ({ state: 'delivered', ...(finding === 'as-licensed' ? { verified: true } : { doubted: document }) })),
  'goods-returned': (order, event) => {
    const isQueued = returnedWave(order) !== undefined;
    const back = moved(order, event, (goods) => ({ state: 'returned', reason: reasonOf(goods), proof: event.proof, ...(isQueued && { isQueued }) }));
    return isQueued || !back.steps['quarantine-return'] ? back : { ...back, steps: wantAnew(back.steps, 'quarantine-return') };
  },
  'return-quarantined': (order, event) => {
    const apart = moved(order, event, () => ({ state: 'set-apart' }));
    const next = wavesShipped(apart).find(({ goods }) => goods.state === 'returned');
    if (next?.goods.state !== 'returned') return apart;
    const { isQueued: _over, ...back } = next.goods;
    return { ...moved(apart, { wave: next.number }, () => back), steps: wantAnew(apart.steps, 'quarantine-return') };
  },
};
