import { acts, policyActs } from '../domain/acts.ts';
import type { Role } from '../domain/roles.ts';

/** Everything that a person may do on an order, on the policy board, too. */
export const everyAct = { ...acts, ...policyActs };
export type AnyActName = keyof typeof everyAct;

export const isAnyActName = (text: string): text is AnyActName => Object.hasOwn(everyAct, text);

/** An act as it was asked for; its fields are of their form. */
export interface AskedAct {
  readonly order: string;
  readonly name: AnyActName;
  readonly by: Role;
  readonly id: string;
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
}
