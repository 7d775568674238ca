import { type ActName, actSpec, exampleFor } from '../../domain/acts.ts';
import { readAct } from '../../domain/read-act.ts';
import { isRefusal } from '../../domain/refusal.ts';
import type { Role } from '../../domain/roles.ts';
import type { Signed } from '../../domain/signing/signed.ts';
import { goodResults, ladderRules, policyOfToday, type Rehearsal, rehearsal } from '../support/orders.ts';
import { type Acted, actedBy } from './acted.ts';
import type { Tried } from './statement.ts';
import { type Place, placesIn, story, type StoryAct } from './story.ts';
import { mostPeople } from './walk-every-life.ts';

const withLadder = policyOfToday(
  { ...ladderRules, filing: { certifications: ['us-supply'], endUserStatement: 'not-needed' } },
  { shipping: { papers: [], usEntry: 'by-cbp', siteVerification: 'not-needed' } },
);
const appeal = { official: 'Assistant Secretary', basis: '50 USC 4813, 15 CFR 742.6(b)' };
const places = placesIn(story);
/** Somebody who acts from this place alone, and only where whoever is in it may not. */
const standIn = (place: Place): number => mostPeople + 1 + places.indexOf(place);

/** Tries something under a signature: why it was not taken, or undefined where it was. */
type Attempt = (stamp: Signed) => Tried['refused'];

/** A real order of signed acts by people in places. Where they may not act, others do, so that the order goes on. */
export class OrderLife {
  readonly rehearsal: Rehearsal = rehearsal({ fileApplication: 'by-act' }, withLadder);
  readonly tried: Tried[] = [];
  readonly #people: ReadonlyMap<Place, number>;

  constructor(people: ReadonlyMap<Place, number>) {
    this.#people = people;
    this.rehearsal.order = { ...this.rehearsal.order, actors: {} };
  }

  submit(): void {
    this.#done({ by: 'seller.desk' }, (stamp) => this.rehearsal.take({ type: 'submitted', signed: stamp })?.refused);
  }

  acts(name: ActName, by: Role, fields: Readonly<Record<string, unknown>> = {}): void {
    const second = actSpec(name).confirmedBy;
    this.#done({ by, ...(second && { confirmedBy: second }) }, this.#act(name, by, fields));
  }

  /** The desk says that an authority did it. */
  recorded(name: ActName, by: Role): void {
    this.#done({ by: 'seller.desk', confirmedBy: 'compliance.second', isRecorded: true }, this.#act(name, by, {}));
  }

  policy(effect: 'hold' | 'lift', epoch: number): void {
    this.#done({ by: 'policy.admin', confirmedBy: 'second policy.admin' }, (stamp) => {
      const { order } = this.rehearsal;
      this.rehearsal.take({ type: 'policy-changed', change: { id: 'P-7', effect, epoch, reason: 'review', signed: stamp } });
      return this.rehearsal.order === order ? 'dropped' : undefined;
    });
  }

  #act = (name: ActName, by: Role, fields: Readonly<Record<string, unknown>>): Attempt => {
    return (stamp) => {
      const act = readAct(name, { ...exampleFor(name, by), ...fields, by }, `act-${this.tried.length}`);
      if (isRefusal(act)) throw new Error(act.message);
      const { order } = this.rehearsal;
      const refusal = this.rehearsal.take({ type: 'act', act: { ...act, signed: stamp } });
      if (refusal && this.rehearsal.order !== order) throw new Error(`${name} was refused and changed the order`);
      return refusal?.refused;
    };
  };

  #done(hands: Omit<StoryAct, 'act'>, attempt: Attempt): void {
    const [assigned, standIns] = [actedBy(hands, (place) => this.#people.get(place) ?? 0), actedBy(hands, standIn)];
    if (!this.#isTaken(assigned, attempt) && !this.#isTaken(standIns, attempt)) throw new Error(`nobody can act as ${hands.by} any more`);
  }

  #isTaken({ signed, first, second }: Acted, attempt: Attempt): boolean {
    const refused = attempt(signed);
    this.tried.push({ first, second, refused });
    return refused === undefined;
  }
}

/** From submission to delivery by way of a hit, a shortage, a disagreement that climbs the whole ladder, a hold and a failed step; every role but one of China's acts. */
export function deliver(people: ReadonlyMap<Place, number>, china: 'cn.mofcom' | 'cn.miit'): OrderLife {
  const life = new OrderLife(people);
  const order = life.rehearsal;
  order.results['screen-parties'] = { outcome: 'hit', listVersion: 'list-1', matches: ['entity 17'] };
  order.results['reserve-stock'] = { outcome: 'short', free: 7 };
  life.submit();
  life.acts('clear-hit', 'compliance.second');
  order.results['reserve-stock'] = goodResults['reserve-stock'];
  life.acts('recheck-stock', 'seller.stock');
  life.acts('certify', 'seller.desk');
  life.acts('submit-application', 'seller.desk');
  life.acts('register', 'us.commerce');
  life.recorded('refer', 'us.commerce');
  life.acts('recommend', 'us.state');
  life.acts('recommend', 'us.energy', { position: 'deny', statute: '50 USC 4813', basis: '15 CFR 742.6(b)' });
  life.acts('recommend', 'us.defense');
  for (const level of ['us.oc-chair', 'us.acep', 'us.earb'] as const) {
    life.acts('decide-appeal', level);
    life.acts('escalate', 'us.energy', appeal);
  }
  life.acts('presidential-decision', 'us.president');
  life.policy('hold', 1);
  life.policy('lift', 2);
  life.acts('propose-conditions', 'us.commerce');
  life.acts('accept-conditions', 'seller.desk');
  life.acts('issue-license', 'us.commerce');
  life.acts('apply-purchase', 'buyer');
  life.acts('approve-purchase', china);
  life.acts('release-entry', 'us.cbp');
  order.slow.add('book-shipment');
  life.acts('pass-inspection', 'test.lab');
  order.fails('book-shipment');
  life.acts('settle-step', 'seller.desk', { step: 'book-shipment' });
  life.acts('release', 'cn.gacc');
  life.acts('confirm-delivery', 'carrier');
  return life;
}
