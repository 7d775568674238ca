import { type Refusal, refuse } from '../refusal.ts';
import type { Role } from '../roles.ts';
import type { Signatory, Signed } from './signed.ts';

/** The side of an order for which each role acts: each authority its own, China's as one. */
export const sides = {
  'seller.desk': 'seller',
  'seller.stock': 'stock',
  'compliance.second': 'second',
  buyer: 'buyer',
  carrier: 'carrier',
  'us.commerce': 'commerce',
  'us.state': 'state',
  'us.energy': 'energy',
  'us.defense': 'defense',
  'us.oc-chair': 'oc-chair',
  'us.acep': 'acep',
  'us.earb': 'earb',
  'us.president': 'president',
  'us.cbp': 'us-customs',
  'test.lab': 'laboratory',
  'cn.mofcom': 'china',
  'cn.miit': 'china',
  'cn.gacc': 'china',
  'policy.admin': 'policy',
} as const satisfies Readonly<Record<Role, string>>;
type Side = (typeof sides)[Role];

/** Everybody who has acted on an order, by person's code, and the side for which they have. */
export type Actors = Readonly<Record<string, Side>>;

/** The people behind a signature: a deputy acts, and so does who sent one. */
const peopleOf = ({ person, inPlaceOf }: Signatory): readonly string[] => (inPlaceOf === undefined ? [person] : [person, inPlaceOf]);
const signatoriesOf = ({ by, confirmedBy }: Signed): readonly Signatory[] => (confirmedBy ? [by, confirmedBy] : [by]);

/**
 * Why these people may not do this together on an order on which `actors` have acted; undefined where they may. Nobody acts for two sides of
 * one order, and where two sign, they are two: neither the same person nor the deputy of the other.
 */
export function dutyFault(actors: Actors, signed: Signed): Refusal | undefined {
  const signatories = signatoriesOf(signed);
  for (const signatory of signatories) {
    const side = sides[signatory.role];
    for (const person of peopleOf(signatory)) {
      const before = Object.hasOwn(actors, person) ? actors[person] : undefined;
      if (before !== undefined && before !== side)
        return refuse('duty-conflict', `${person} has acted for the side ${before} of this order`, `a signature of somebody who has not, as ${signatory.role}`);
    }
  }
  const [first, second] = signatories;
  const twice = first && second && peopleOf(first).find((person) => peopleOf(second).includes(person));
  return twice === undefined ? undefined : refuse('same-person', `${twice} stands behind both signatures`, 'signatures of two people');
}

/** Everybody who has acted once these have. */
export function withActors(actors: Actors, signed: Signed): Actors {
  const added = signatoriesOf(signed).flatMap((signatory) => peopleOf(signatory).map((person) => [person, sides[signatory.role]] as const));
  return { ...actors, ...Object.fromEntries(added) };
}
