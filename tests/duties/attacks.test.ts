import { describe, expect, it } from 'vitest';
import type { Role } from '../../domain/roles.ts';
import { type Actors, dutyFault, withActors } from '../../domain/signing/duties.ts';
import { isHolder } from '../../domain/signing/key-roles.ts';
import { saidByCode } from './by-real-keys.ts';
import { signatory, signed } from './judge.ts';
import { type DelegationOf, type KeyOf, now, order, type Scene } from './signing-scenes.ts';

const afterActing = (...acts: readonly (readonly [Role, string])[]): Actors =>
  acts.reduce<Actors>((actors, [role, person]) => withActors(actors, signed(signatory(role, person))), {});
const codeOfFault = (actors: Actors, ...hands: Parameters<typeof signed>): string | undefined => dutyFault(actors, signed(...hands))?.refused;

/** Names that JavaScript's objects have by themselves. The last two no keyring holds, but nothing must hang on that. */
const inherited = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf', '__proto__', '__defineGetter__'];

describe('a person who is called as a part of JavaScript', () => {
  it.each(inherited)('%s has acted for nobody until they have', (name) => {
    expect(codeOfFault({}, signatory('us.state', name))).toBeUndefined();
    expect(codeOfFault(afterActing(['buyer', 'amy']), signatory('us.state', name))).toBeUndefined();
  });

  it.each(inherited)('%s is remembered, also after the order was written down and read', (name) => {
    const actors: Actors = JSON.parse(JSON.stringify(afterActing(['us.state', name], ['buyer', 'amy'])));
    expect(Object.keys(actors).toSorted()).toEqual(['amy', name].toSorted());
    for (const remembered of [actors, withActors(actors, signed(signatory('carrier', 'bob')))]) {
      expect(codeOfFault(remembered, signatory('us.commerce', name))).toBe('duty-conflict');
      expect(codeOfFault(remembered, signatory('us.state', name))).toBeUndefined();
    }
    expect(Object.getPrototypeOf(actors)).toBe(Object.prototype);
  });

  it.each(inherited)('%s confirms nothing of their own', (name) => {
    expect(codeOfFault({}, signatory('policy.admin', name), signatory('policy.admin', name))).toBe('same-person');
  });
});

describe('a person with two codes', () => {
  const alike = ['jane.doe', 'Jane.Doe', 'jane_doe', 'jane-doe', 'janed0e', 'jane.doe.'];

  it('is two people to the rule, even where the codes differ by a capital letter: who keeps the keyring must give one', () => {
    expect(alike.filter((code) => isHolder(code))).toEqual(alike);
    for (const code of alike.slice(1)) expect(codeOfFault(afterActing(['us.state', 'jane.doe']), signatory('us.commerce', code))).toBeUndefined();
  });

  it('cannot hide the second in letters of another alphabet, in white space or in nothing', () => {
    for (const code of ['j\u0430ne.doe', 'jane.doe ', 'jane.doe\u200b', '\uff4aane.doe', 'jane\u2024doe', 'jane..doe', ''])
      expect(isHolder(code), code).toBe(false);
  });
});

describe('a person with keys in two roles', () => {
  it('acts in the one that comes first, and in the other on another order', () => {
    expect(codeOfFault(afterActing(['us.state', 'amy']), signatory('us.defense', 'amy'))).toBe('duty-conflict');
    expect(codeOfFault({}, signatory('us.defense', 'amy'))).toBeUndefined();
  });

  it('does not sign as the desk and confirm as compliance', () => {
    expect(codeOfFault({}, signatory('seller.desk', 'amy'), signatory('compliance.second', 'amy'))).toBe('same-person');
  });

  it('does not confirm first and submit then, nor submit and confirm then', () => {
    const confirmed = withActors({}, signed(signatory('seller.desk', 'amy'), signatory('compliance.second', 'bob'), true));
    expect(codeOfFault(confirmed, signatory('seller.desk', 'bob'))).toBe('duty-conflict');
    expect(codeOfFault(afterActing(['seller.desk', 'amy']), signatory('seller.desk', 'bob'), signatory('compliance.second', 'amy'))).toBe('duty-conflict');
  });

  it('does not act through a deputy where they may not act themselves, nor has a deputy act where the deputy may not', () => {
    const actors = afterActing(['us.state', 'amy'], ['buyer', 'bob']);
    expect(codeOfFault(actors, signatory('us.defense', 'cho', 'amy'))).toBe('duty-conflict');
    expect(codeOfFault(actors, signatory('us.defense', 'bob', 'cho'))).toBe('duty-conflict');
  });

  it('who once sent a deputy has acted, although they signed nothing', () => {
    const actors = withActors({}, signed(signatory('us.state', 'bob', 'amy')));
    for (const person of ['amy', 'bob']) expect(codeOfFault(actors, signatory('us.commerce', person))).toBe('duty-conflict');
  });
});

describe('a delegation, signed by real keys', () => {
  const key = (holder: string, role: Role): KeyOf => ({ holder, role, from: 0, until: null, revokedAt: null });
  const delegation = (role: Role, from: string, to: string, by: number, changes: Partial<DelegationOf> = {}): DelegationOf => ({
    ...{ role, from, to, key: by, orders: 'all', acts: 'all', begins: now - 1_000, ends: now + 1_000 },
    ...changes,
  });
  const scene = (changes: Partial<Scene>): Scene => ({
    ...{ act: 'recommend', role: 'us.state', isRecorded: false, signer: 'bob', first: 0, second: undefined, delegations: [], prior: new Map() },
    keys: [key('bob', 'carrier'), key('amy', 'us.state'), key('cho', 'carrier'), key('dee', 'carrier')],
    ...changes,
  });

  it('lets a deputy act', async () => {
    expect(await saidByCode(scene({ delegations: [delegation('us.state', 'amy', 'bob', 1)] }))).toMatchObject({ says: 'yes' });
  });

  it('is not passed on by a deputy, whether the chain is shown or not', async () => {
    const chain = [delegation('us.state', 'amy', 'cho', 1), delegation('us.state', 'cho', 'bob', 2)];
    for (const delegations of [chain, chain.toReversed(), chain.slice(1)])
      expect(await saidByCode(scene({ delegations }))).toEqual({ says: 'delegation-invalid' });
  });

  it('of compliance does not let the desk confirm itself by one deputy for both', async () => {
    const delegations = [delegation('seller.desk', 'amy', 'bob', 1), delegation('compliance.second', 'cho', 'bob', 2)];
    const keys = [key('bob', 'carrier'), key('amy', 'seller.desk'), key('cho', 'compliance.second'), key('bob', 'test.lab')];
    const both = { act: 'register', role: 'us.commerce', isRecorded: true, keys, delegations } as const;
    expect(await saidByCode(scene({ ...both, second: 3 }))).toMatchObject({ says: 'same-person' });
    expect(await saidByCode(scene({ ...both, second: 0 }))).toMatchObject({ says: 'same-person' });
  });

  it('between the two of the policy board leaves one person, and is refused', async () => {
    const keys = [key('bob', 'policy.admin'), key('amy', 'policy.admin'), key('cho', 'carrier'), key('dee', 'carrier')];
    const hold = { act: 'hold', role: 'policy.admin', keys, delegations: [delegation('policy.admin', 'bob', 'cho', 0)] } as const;
    expect(await saidByCode(scene({ ...hold, second: 2 }))).toMatchObject({ says: 'same-person' });
    expect(await saidByCode(scene({ ...hold, second: 1 }))).toMatchObject({ says: 'yes' });
  });

  it('ends at its end, to the millisecond, and covers the orders and acts it names and no others', async () => {
    const said = async (changes: Partial<DelegationOf>): Promise<string> =>
      (await saidByCode(scene({ delegations: [delegation('us.state', 'amy', 'bob', 1, changes)] }))).says;
    expect(await Promise.all([now + 1, now].map((ends) => said({ ends })))).toEqual(['yes', 'delegation-invalid']);
    expect(await Promise.all([[order], [order.toLowerCase()]].map((orders) => said({ orders })))).toEqual(['yes', 'delegation-invalid']);
    expect(await Promise.all([['recommend'], ['Recommend']].map((acts) => said({ acts })))).toEqual(['yes', 'delegation-invalid']);
  });
});
