import { type Actors, dutyFault, withActors } from '../../domain/signing/duties.ts';
import type { Role } from '../../domain/roles.ts';
import type { Signatory, Signed } from '../../domain/signing/signed.ts';
import { type Judge, theJudge } from './judge.ts';

/** A check that may find a broken rule: lives of orders, who signs and confirms, who is remembered, Cedar. */
export type Check = 'lives' | 'hands' | 'memory' | 'cedar';

/** The rule with one thing broken on purpose, and all the checks that find it. */
export interface BrokenJudge {
  readonly says: string;
  readonly foundBy: readonly Check[];
  readonly judge: Judge;
}

const judging = (says: string, foundBy: readonly Check[], fault: Judge['dutyFault']): BrokenJudge => ({
  says,
  foundBy,
  judge: { ...theJudge, dutyFault: fault },
});
const remembering = (says: string, foundBy: readonly Check[], remember: Judge['withActors']): BrokenJudge => ({
  ...{ says, foundBy },
  judge: { ...theJudge, withActors: remember },
});

const withoutGiver = ({ inPlaceOf: _giver, ...own }: Signatory): Signatory => own;
const handsOf = (signed: Signed, change: (hand: Signatory) => Signatory): Signed => ({
  ...signed,
  by: change(signed.by),
  ...(signed.confirmedBy && { confirmedBy: change(signed.confirmedBy) }),
});
const withoutSecond = ({ confirmedBy: _second, ...first }: Signed): Signed => first;
const unless = (code: string, actors: Actors, signed: Signed): ReturnType<typeof dutyFault> => {
  const fault = dutyFault(actors, signed);
  return fault?.refused === code ? undefined : fault;
};
const inRoleOf = (roles: Readonly<Partial<Record<Role, Role>>>, signed: Signed): Signed =>
  handsOf(signed, (hand) => ({ ...hand, role: roles[hand.role] ?? hand.role }));
/** The rule over other sides: some roles count as others. */
const overOtherSides = (says: string, foundBy: readonly Check[], roles: Readonly<Partial<Record<Role, Role>>>): BrokenJudge => ({
  ...{ says, foundBy },
  judge: {
    dutyFault: (actors, signed) => dutyFault(actors, inRoleOf(roles, signed)),
    withActors: (actors, signed) => withActors(actors, inRoleOf(roles, signed)),
  },
});

export const brokenJudges: readonly BrokenJudge[] = [
  judging('nobody is ever refused', ['lives', 'hands', 'memory', 'cedar'], () => undefined),
  judging('who has acted for another side may act', ['lives', 'hands', 'memory', 'cedar'], (actors, signed) => unless('duty-conflict', actors, signed)),
  judging('one person may sign twice', ['lives', 'hands', 'memory', 'cedar'], (actors, signed) => unless('same-person', actors, signed)),
  judging('nobody asks what the second has done', ['lives', 'hands', 'memory', 'cedar'], (actors, signed) => {
    const twice = dutyFault({}, signed);
    return dutyFault(actors, withoutSecond(signed)) ?? twice;
  }),
  judging('nobody asks in whose place it is done', ['hands', 'memory', 'cedar'], (actors, signed) => dutyFault(actors, handsOf(signed, withoutGiver))),
  judging('two are two if their names are, whoever sent them', ['hands', 'memory', 'cedar'], (actors, signed) => {
    const fault = dutyFault(actors, signed);
    return fault?.refused === 'same-person' && signed.by.person !== signed.confirmedBy?.person ? undefined : fault;
  }),
  judging('who has acted may not act again, even for the same side', ['lives', 'hands', 'memory', 'cedar'], (actors, signed) =>
    Object.hasOwn(actors, signed.by.person)
      ? (dutyFault(actors, signed) ?? dutyFault({ ...actors, [signed.by.person]: 'carrier' }, signed))
      : dutyFault(actors, signed),
  ),
  judging('a second of the same side is none', ['lives', 'hands', 'memory', 'cedar'], (actors, signed) =>
    signed.confirmedBy?.role === signed.by.role ? dutyFault({ ...actors, [signed.confirmedBy.person]: 'carrier' }, signed) : dutyFault(actors, signed),
  ),
  judging('who confirms is looked at first, and who signs is not', ['lives', 'hands', 'memory', 'cedar'], (actors, signed) =>
    dutyFault(actors, signed.confirmedBy ? { ...signed, by: signed.confirmedBy } : signed),
  ),
  remembering('who confirmed is forgotten', ['lives', 'memory'], (actors, signed) => withActors(actors, withoutSecond(signed))),
  remembering('who sent a deputy is forgotten', ['memory'], (actors, signed) => withActors(actors, handsOf(signed, withoutGiver))),
  remembering('only who acted last is remembered', ['lives', 'hands', 'memory', 'cedar'], (_actors, signed) => withActors({}, signed)),
  remembering('nobody is remembered', ['lives', 'hands', 'memory', 'cedar'], () => ({})),
  overOtherSides('the President is of one side with Commerce', ['lives', 'cedar'], { 'us.president': 'us.commerce' }),
  overOtherSides('customs of China are a side of their own', ['lives', 'cedar'], { 'cn.gacc': 'carrier' }),
  overOtherSides('who clears a hit is of one side with the desk', ['lives', 'hands', 'memory', 'cedar'], { 'compliance.second': 'seller.desk' }),
];
