import { isDeepStrictEqual } from 'node:util';
import { RecordFault } from '../../../record/fault.ts';
import { readRecordFile } from '../../../record/read-file.ts';
import { readStatement } from '../../../record/statement.ts';
import { isRefusal, type Refusal } from '../../../domain/refusal.ts';
import { type Claims, readClaims } from '../../../domain/signing/claims.ts';
import { readDelegation } from '../../../domain/signing/delegation.ts';
import type { Primitives } from '../../../domain/signing/primitives.ts';
import { openKeyring } from '../../../domain/signing/read-keyring.ts';
import { readKeyring } from '../../../trust/keyring.ts';
import { nodePrimitives } from '../../../trust/primitives.ts';
import { jwkOf } from '../../../trust/public-key.ts';
import { TrustError } from '../../../trust/trust-error.ts';
import { sandboxPrimitives } from '../../../workflows/primitives.ts';
import { answerToChange } from '../bad/changes.ts';
import { canonical, Forge } from '../bad/forge.ts';
import { answerTo } from '../bad-envelopes.ts';
import type { Setting } from '../scene.ts';
import { Witness } from './honest.ts';
import { isEnvelope } from './mutate.ts';
import type { Specimen } from './specimen.ts';
import { partsIn, type Workshop } from './workshop.ts';

/** What the readers make of a specimen: a code, why in words, and what is wrong with the readers themselves, if anything is. */
export interface Reading {
  readonly code: string;
  readonly message: string;
  readonly fault?: string;
}

type Platforms = readonly [node: Primitives, sandbox: Primitives];

/** Everything that reads signed things, on one setting. */
export class Readers {
  readonly #setting: Setting;
  readonly #workshop: Workshop;
  readonly #platforms: Platforms;
  readonly #witness: Witness;
  readonly #deputyClaims: Claims;

  constructor(setting: Setting, workshop: Workshop, platforms: Platforms = [nodePrimitives, sandboxPrimitives]) {
    this.#platforms = platforms;
    this.#setting = setting;
    this.#workshop = workshop;
    this.#witness = new Witness(setting, workshop);
    this.#deputyClaims = new Forge(setting).denial({ signer: 'stand-in' });
  }

  async read(specimen: Specimen): Promise<Reading> {
    switch (specimen.kind) {
      case 'act':
        return this.#onBoth(
          'taken',
          (primitives) => answerTo(this.#setting, specimen, primitives),
          ['taken', 'already-taken'],
          () => this.#lieIn(specimen.envelope, specimen.update),
        );
      case 'change':
        return this.#onBoth(
          'heard',
          (primitives) => answerToChange(this.#setting, specimen, primitives),
          ['heard'],
          () => this.#lieIn(specimen.envelope, 'change'),
        );
      case 'claims':
        return this.#onBoth(
          'read',
          (primitives) => readClaims(specimen.text, primitives),
          ['read'],
          () => (canonical(JSON.parse(specimen.text)) === specimen.text ? undefined : 'it is not canonical'),
        );
      case 'delegation':
        return this.#onBoth(
          'read',
          (primitives) => readDelegation(specimen.jws, this.#deputyClaims, this.#grounds(primitives)),
          ['read'],
          () => this.#unsigned(specimen.jws),
        );
      case 'keyring':
        return await this.#keyring(specimen.jws);
      case 'statement':
        return orFault(
          () => readStatement(specimen.jws, 'twokey-record-head', this.#setting.cast.keyring),
          RecordFault,
          () => this.#unsigned(specimen.jws),
        );
      case 'record':
        return orFault(
          () => readRecordFile(specimen.text),
          RecordFault,
          () => undefined,
        );
    }
  }

  #grounds = (primitives: Primitives) => ({ keyring: this.#setting.cast.keyring, at: this.#setting.now, primitives });

  #lieIn = (envelope: unknown, act: string): string | undefined => (isEnvelope(envelope) ? this.#witness.lieIn(envelope, act) : 'it is no envelope');

  #unsigned(jws: string): string | undefined {
    const parts = partsIn(jws);
    return parts && this.#workshop.isSigned(parts) ? undefined : 'it holds a signature that nobody made';
  }

  /** The answer of both platforms, which must be the same; `lie` is asked where it is one of `believed`. */
  #onBoth(good: string, read: (primitives: Primitives) => object | Refusal, believed: readonly string[], lie: () => string | undefined): Reading {
    const [node, sandbox] = [attempt(() => read(this.#platforms[0])), attempt(() => read(this.#platforms[1]))];
    if ('threw' in node || 'threw' in sandbox)
      return { code: 'threw', message: '', fault: 'threw' in node ? node.threw : 'threw' in sandbox ? sandbox.threw : '' };
    const [code, other] = [codeOf(node.answer, good), codeOf(sandbox.answer, good)];
    const message = isRefusal(node.answer) ? node.answer.message : '';
    if (code !== other) return { code, message, fault: `Node says ${code}, the sandbox ${other}` };
    if (!isDeepStrictEqual(node.answer, sandbox.answer)) return { code, message, fault: 'Node and the sandbox read different things' };
    const found = believed.includes(code) ? lie() : undefined;
    return { code, message, ...(found !== undefined && { fault: `${code}, but ${found}` }) };
  }

  async #keyring(jws: string): Promise<Reading> {
    const { root } = this.#setting.cast;
    const opened = this.#onBoth(
      'read',
      (primitives) => openKeyring(jws, root.publicKey, primitives),
      ['read'],
      () => this.#unsigned(jws),
    );
    if (opened.fault !== undefined) return opened;
    try {
      const keyring = await readKeyring(jws, jwkOf(root.publicKey));
      const isSame = isDeepStrictEqual(openKeyring(jws, root.publicKey, this.#platforms[0]), keyring);
      return isSame ? { code: 'read', message: '' } : { ...opened, fault: 'the order reads another keyring than the desk' };
    } catch (error) {
      // The desk looks at more than an order does: soundness of keys, times, canonical form.
      return error instanceof TrustError ? { code: opened.code, message: error.message } : { ...opened, fault: told(error) };
    }
  }
}

const codeOf = (answer: object | Refusal, good: string): string => (isRefusal(answer) ? answer.refused : good);

function attempt<T>(read: () => T): { readonly answer: T } | { readonly threw: string } {
  try {
    return { answer: read() };
  } catch (error) {
    return { threw: told(error) };
  }
}

const told = (error: unknown): string => `it threw ${error instanceof Error ? (error.stack ?? error.message).slice(0, 400) : String(error)}`;

/** Of a reader that throws an error of its own where it refuses. */
function orFault(read: () => unknown, own: typeof RecordFault, lie: () => string | undefined): Reading {
  try {
    read();
  } catch (error) {
    return error instanceof own ? { code: error.fault.code, message: error.message } : { code: 'threw', message: '', fault: told(error) };
  }
  const found = lie();
  return { code: 'read', message: '', ...(found !== undefined && { fault: `read, but ${found}` }) };
}
