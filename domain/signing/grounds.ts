import type { Keyring } from './keyring.ts';
import type { Primitives } from './primitives.ts';

/** By what a signature is judged: which keys there are, at which moment (epoch milliseconds) they must count, and with whose arithmetic. */
export interface Grounds {
  readonly keyring: Keyring;
  readonly at: number;
  readonly primitives: Primitives;
}
