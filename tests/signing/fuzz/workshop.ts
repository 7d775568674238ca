import { type KeyObject, sign } from 'node:crypto';
import { base64url, bytesIn, canonical, type Signature } from '../bad/forge.ts';
import type { Cast } from '../cast.ts';
import { changedBytes, changedText } from './bytes.ts';
import type { Dice } from './dice.ts';
import { changedTree, valuesIn } from './trees.ts';

/** Header, payload and signature, each in base64url. */
export type Parts = readonly [header: string, payload: string, signature: string];

/** The parts of a compact JWS; undefined where a text has not its outer form. */
export function partsIn(jws: string): Parts | undefined {
  const [header, payload, signature, ...more] = jws.split('.');
  return header && payload && signature && more.length === 0 ? [header, payload, signature] : undefined;
}

/** Changes what is signed, and signs it again where it has the key. */
export class Workshop {
  readonly #keys: ReadonlyMap<string, KeyObject>;
  /** Values seen in what was signed, which fit elsewhere. */
  readonly #values: unknown[] = [];
  readonly #texts: string[] = [];

  constructor({ members, root }: Cast) {
    this.#keys = new Map([...members, root].map(({ keyId, privateKey }) => [keyId, privateKey]));
  }

  /** Takes note of what somebody signed, to put it in other places. */
  learn([header, payload]: Parts): void {
    for (const part of [header, payload]) {
      const text = bytesIn(part).toString();
      this.#texts.push(text);
      this.#values.push(...valuesIn(parsed(text) ?? null));
    }
  }

  /** Whether the key that the header names has signed exactly this: it would sign it so again. */
  isSigned = (parts: Parts): boolean => this.#keyNamed(parts[0]) !== undefined && this.#byItsKey(parts)[2] === parts[2];

  /** The parts with something changed in them; the signature is made anew in three of four cases, where there is a key for it. */
  changed(parts: Parts, dice: Dice): Parts {
    const [header, payload, signature] = parts;
    switch (dice.below(10)) {
      case 0:
        return [header, payload, base64url(changedBytes(bytesIn(signature), dice))];
      case 1:
        return this.#changedAsText(parts, dice);
      case 2:
        return this.#signedAgain([base64url(this.#changedJson(bytesIn(header).toString(), dice, JSON.stringify)), payload, signature], dice);
      case 3:
        return this.#signedAgain([base64url(this.#otherKey(header, dice)), payload, signature], dice);
      case 4:
        return this.#signedAgain([header, base64url(changedBytes(bytesIn(payload), dice)), signature], dice);
      case 5:
        return this.#signedAgain([header, base64url(changedText(bytesIn(payload).toString(), dice, dice.of(this.#texts))), signature], dice);
      default:
        return this.#signedAgain([header, base64url(this.#changedJson(bytesIn(payload).toString(), dice, canonicalOrPlain)), signature], dice);
    }
  }

  /** A text with something changed in it: as a compact JWS where it is one. */
  changedString(text: string, dice: Dice): string {
    const parts = partsIn(text);
    return parts && dice.in100(85) ? this.changed(parts, dice).join('.') : changedText(text, dice, dice.of(this.#texts));
  }

  changedTree(tree: unknown, dice: Dice): unknown {
    return changedTree(tree, this.#values, dice, (text) => this.changedString(text, dice));
  }

  #changedAsText([header, payload, signature]: Parts, dice: Dice): Parts {
    const change = (text: string): string => changedText(text, dice, dice.of(this.#texts));
    const which = dice.below(3);
    return [which === 0 ? change(header) : header, which === 1 ? change(payload) : payload, which === 2 ? change(signature) : signature];
  }

  #changedJson(text: string, dice: Dice, write: (value: unknown) => string): string {
    const value = parsed(text);
    return value === undefined ? changedText(text, dice) : write(this.changedTree(value, dice));
  }

  #otherKey(header: string, dice: Dice): string {
    const value = parsed(bytesIn(header).toString());
    return JSON.stringify({ ...(typeof value === 'object' ? value : {}), kid: dice.of([...this.#keys.keys()]) });
  }

  /** A signature under the same header over another payload, where there is a key for it. */
  signedBy({ protected: header, signature }: Signature, payload: string): Signature {
    const [, , made] = this.#byItsKey([header, payload, signature]);
    return { protected: header, signature: made };
  }

  #signedAgain(parts: Parts, dice: Dice): Parts {
    return dice.in100(25) ? parts : this.#byItsKey(parts);
  }

  #byItsKey([header, payload, signature]: Parts): Parts {
    const key = this.#keyNamed(header);
    return [header, payload, key ? base64url(sign(null, Buffer.from(`${header}.${payload}`), key)) : signature];
  }

  #keyNamed(header: string): KeyObject | undefined {
    const named = parsed(bytesIn(header).toString());
    const keyId = typeof named === 'object' && named !== null && 'kid' in named ? named.kid : undefined;
    return typeof keyId === 'string' ? this.#keys.get(keyId) : undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function canonicalOrPlain(value: unknown): string {
  try {
    return canonical(value);
  } catch {
    // Half a character has no canonical text.
    return JSON.stringify(value);
  }
}
