import type { Field, Fields } from '../fields.ts';
import type { Role } from '../roles.ts';

export interface ActSpec {
  /** What the act does, as a sentence for help texts and the Temporal UI. */
  readonly says: string;
  readonly by: readonly Role[];
  readonly fields: Fields;
  /** Whether the act is taken while a policy hold is on. */
  readonly whileHeld: 'taken' | 'refused';
  /** Fields of an example, ready to be sent. */
  readonly example: Readonly<Record<string, unknown>>;
  /** And of another there where a role fills the fields in another way. */
  readonly exampleBy?: { readonly [R in Role]?: Readonly<Record<string, unknown>> };
  /** The role in which a second person confirms the act with a signature of their own, where acts are signed. */
  readonly confirmedBy?: Role;
  /** The edition of the rules that knows the act, where the first does not. */
  readonly since?: 2;
}

export const text = (help: string) => ({ kind: 'text', help }) as const;
export const textOrNone = (help: string) => ({ kind: 'text', help, optional: true }) as const;
export const texts = (help: string) => ({ kind: 'texts', help }) as const;
export const textsOrNone = (help: string) => ({ kind: 'texts', help, optional: true }) as const;
export const count = (help: string) => ({ kind: 'count', help }) as const;
export const countOrNone = (help: string) => ({ kind: 'count', help, optional: true }) as const;
export const dayOrNone = (help: string) => ({ kind: 'day', help, optional: true }) as const;
/** A field that the first edition of the rules does not know. */
export const later = <const F extends Field>(field: F) => ({ ...field, since: 2 }) as const;
export const choice = <const C extends readonly string[]>(of: C, help: string) => ({ kind: 'choice', of, help }) as const;
export const choiceOrNone = <const C extends readonly string[]>(of: C, help: string) => ({ kind: 'choice', of, help, optional: true }) as const;
export const choicesOrNone = <const C extends readonly string[]>(of: C, help: string) => ({ kind: 'choices', of, help, optional: true }) as const;
export const day = (help: string) => ({ kind: 'day', help }) as const;
/** Which of several waves; needs no word where only one stands so. */
export const whichWave = later(countOrNone('number of the wave, the first being 1, where more than one stands so'));
