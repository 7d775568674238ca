import type { CedarValueJson, EntityJson } from '@cedar-policy/cedar-wasm/nodejs';
import type { Role } from '../../domain/roles.ts';
import type { Signatory } from '../../domain/signing/signed.ts';
import { type Answer, cedarWith, type Policies, policiesIn, the } from './cedar-engine.ts';
import { actorsOf, type Picture } from './pictures.ts';
import type { Judge } from './judge.ts';
import { sideNumber } from './sides-by-hand.ts';

export const dutyPolicies: Policies = policiesIn('duties.cedar');
export type AskDuties = (picture: Picture) => Answer;

/** Cedar, asked whether people may do an act together. */
export function dutiesBy(policies: Policies): AskDuties {
  const ask = cedarWith(policies);
  return ({ act, prior, signed }) => {
    const { by, confirmedBy } = signed;
    const isRecorded = signed.kind === 'recorded';
    return ask({
      person: by.person,
      action: act,
      order: 'A-1',
      context: { ...handOf(by), isRecorded, ...(confirmedBy && { confirmedBy: { person: the('Person', confirmedBy.person), ...handOf(confirmedBy) } }) },
      entities: [...rolesOf(by, confirmedBy), ...peopleOf(prior, by, confirmedBy)],
    });
  };
}

const handOf = ({ role, inPlaceOf }: Signatory): Record<string, CedarValueJson> => ({
  role: the('Role', role),
  ...(inPlaceOf !== undefined && { inPlaceOf: the('Person', inPlaceOf) }),
});

const sideOf = (role: Role): CedarValueJson => the('Side', `${sideNumber(role)}`);

const rolesOf = (...hands: readonly (Signatory | undefined)[]): EntityJson[] =>
  [...new Set(hands.flatMap((hand) => (hand ? [hand.role] : [])))].map((role) => ({
    uid: { type: 'Role', id: role },
    attrs: { side: sideOf(role) },
    parents: [],
  }));

const peopleOf = (prior: Picture['prior'], ...hands: readonly (Signatory | undefined)[]): EntityJson[] =>
  [...new Set(hands.flatMap((hand) => (hand ? [hand.person, ...(hand.inPlaceOf === undefined ? [] : [hand.inPlaceOf])] : [])))].map((person) => {
    const role = prior.get(person);
    return { uid: { type: 'Person', id: person }, attrs: { actedFor: role === undefined ? [] : [sideOf(role)] }, parents: [] };
  });

/** What the rule and what Cedar says of a picture, `yes` or why not, and the policies that made Cedar say so. */
export interface Compared {
  readonly rule: string;
  readonly cedar: string;
  readonly because: readonly string[];
}

export function compared(picture: Picture, judge: Judge, ask: AskDuties): Compared {
  const rule = judge.dutyFault(actorsOf(picture.prior, judge), picture.signed)?.refused ?? 'yes';
  return { rule, ...cedarSays(ask(picture)) };
}

/** Cedar names every policy that forbids; who has taken another side is told first, as the rule does. */
export function cedarSays({ isAllowed, because }: Answer): Omit<Compared, 'rule'> {
  const forbids = (why: string): boolean => because.some((id) => id.startsWith(`${why} `));
  return { cedar: isAllowed ? 'yes' : forbids('conflict') ? 'duty-conflict' : forbids('same-person') ? 'same-person' : 'no', because };
}
