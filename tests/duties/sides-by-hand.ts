import type { Role } from '../../domain/roles.ts';

/**
 * The rule's sides, written down once more from its sentence: whoever has another interest in the order is another side. China's three
 * offices are one government and one side; of the American ones each has a say of its own.
 */
const byHand: readonly (readonly Role[])[] = [
  ['seller.desk'],
  ['seller.stock'],
  ['compliance.second'],
  ['buyer'],
  ['carrier'],
  ['us.commerce'],
  ['us.state'],
  ['us.energy'],
  ['us.defense'],
  ['us.oc-chair'],
  ['us.acep'],
  ['us.earb'],
  ['us.president'],
  ['us.cbp'],
  ['test.lab'],
  ['cn.mofcom', 'cn.miit', 'cn.gacc'],
  ['policy.admin'],
];

/** How many sides an order has. */
export const sideCount = byHand.length;

const numbers: ReadonlyMap<Role, number> = new Map(byHand.flatMap((side, number) => side.map((role) => [role, number] as const)));

/** The number of a role's side. */
export function sideNumber(role: Role): number {
  const number = numbers.get(role);
  if (number === undefined) throw new Error(`no side is written down for ${role}`);
  return number;
}

/** Roles that act for one side together. */
export const sharedSides = byHand.filter((side) => side.length > 1);
