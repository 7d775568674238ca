import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Role, roles } from '../../domain/roles.ts';
import { type Actors, dutyFault, withActors } from '../../domain/signing/duties.ts';
import type { Signatory, Signed } from '../../domain/signing/signed.ts';
import { signatory, signed, theJudge } from './judge.ts';
import { actorsOf, everyMap, oneOfEachPair } from './pictures.ts';
import { sharedSides, sideNumber } from './sides-by-hand.ts';

/** Codes that people can have; some of them every object of JavaScript knows by another meaning. */
const codes = ['amy', 'Amy', 'bob.b', 'constructor', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf', '0', '1', '00', 'null', 'undefined'];

const person = fc.nat(codes.length - 1);
const role = fc.constantFrom(...roles);
const hand = fc.record({ person, role, giver: fc.option(person, { nil: undefined }) });
const question = fc.record({
  prior: fc.uniqueArray(fc.tuple(person, role), { selector: ([who]) => who, maxLength: codes.length }),
  by: hand,
  confirmedBy: fc.option(hand, { nil: undefined }),
  renamed: fc.shuffledSubarray(codes, { minLength: codes.length, maxLength: codes.length }),
});

const actorsNamed = (prior: readonly (readonly [number, Role])[], nameOf: (who: number) => string): Actors =>
  actorsOf(new Map(prior.map(([who, as]) => [nameOf(who), as])), theJudge);
const renamedIn = (actors: Actors, renamed: ReadonlyMap<string, string>): Actors =>
  Object.fromEntries(Object.entries(actors).map(([code, side]) => [renamed.get(code) ?? code, side]));
const handNamed = ({ person: who, role: as, giver }: { person: number; role: Role; giver: number | undefined }, nameOf: (who: number) => string): Signatory =>
  signatory(as, nameOf(who), giver === undefined ? undefined : nameOf(giver));

describe('the rule of duties', () => {
  it('compares people with one another and nothing else: under other names it says the same, and remembers the same', () => {
    fc.assert(
      fc.property(question, ({ prior, by, confirmedBy, renamed }) => {
        const [own, other] = [(who: number): string => codes[who] ?? '', (who: number): string => renamed[who] ?? ''];
        const under = (nameOf: (who: number) => string): Signed => signed(handNamed(by, nameOf), confirmedBy && handNamed(confirmedBy, nameOf));
        const [before, renamedBefore] = [actorsNamed(prior, own), actorsNamed(prior, other)];
        expect(dutyFault(renamedBefore, under(other))?.refused).toBe(dutyFault(before, under(own))?.refused);
        const names = new Map(codes.map((code, who) => [code, other(who)]));
        expect(withActors(renamedBefore, under(other))).toEqual(renamedIn(withActors(before, under(own)), names));
      }),
      { numRuns: 10_000 },
    );
  });

  it('takes roles of one side for one another, whatever up to three people have done before', () => {
    const people = [1, 2, 3];
    const befores = everyMap(people, [undefined, ...roles]);
    const answers = sharedSides.map((side) =>
      befores.map((before) => {
        const actors = actorsOf(new Map([...before].flatMap(([who, as]) => (as === undefined ? [] : [[`${who}`, as]]))), theJudge);
        return people.map((who) => side.map((as) => dutyFault(actors, signed(signatory(as, `${who}`)))?.refused));
      }),
    );
    expect(answers.flat(2).filter((said) => new Set(said).size > 1)).toEqual([]);
    expect(answers.flat(2).length).toBe(sharedSides.length * (roles.length + 1) ** 3 * 3);
  });

  it('lets one person act twice for one side, and nobody for two, over all pairs of roles', () => {
    for (const first of roles)
      for (const then of roles) {
        const said = dutyFault(withActors({}, signed(signatory(first, 'amy'))), signed(signatory(then, 'amy')));
        expect(said?.refused, `${first}, then ${then}`).toBe(sideNumber(first) === sideNumber(then) ? undefined : 'duty-conflict');
      }
  });

  it('has two people sign as the desk and compliance, or as two of the policy board, and never otherwise', () => {
    const pairs = oneOfEachPair.filter(({ second }) => second).map(({ first, second, isRecorded }) => `${first}, ${second}${isRecorded ? ', recorded' : ''}`);
    expect(pairs.toSorted()).toEqual(['policy.admin, policy.admin', 'seller.desk, compliance.second', 'seller.desk, compliance.second, recorded']);
  });
});
