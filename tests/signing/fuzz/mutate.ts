import type { Envelope } from '../../../domain/signing/envelope.ts';
import { actNames } from '../../../domain/acts.ts';
import { changedText } from './bytes.ts';
import type { Dice } from './dice.ts';
import type { Specimen } from './specimen.ts';
import type { Parts, Workshop } from './workshop.ts';

/** A specimen with one to four things in it changed. */
export function mutated(specimen: Specimen, workshop: Workshop, dice: Dice): Specimen {
  let now = specimen;
  for (let left = 1 + dice.below(dice.in100(70) ? 1 : 4); left > 0; left -= 1) now = once(now, workshop, dice);
  return now;
}

function once(specimen: Specimen, workshop: Workshop, dice: Dice): Specimen {
  switch (specimen.kind) {
    case 'act':
      return dice.in100(2) ? { ...specimen, update: dice.of(actNames) } : { ...specimen, envelope: changedEnvelope(specimen.envelope, workshop, dice) };
    case 'change':
      return { ...specimen, envelope: changedEnvelope(specimen.envelope, workshop, dice) };
    case 'delegation':
    case 'keyring':
    case 'statement':
      return { ...specimen, jws: workshop.changedString(specimen.jws, dice) };
    case 'claims':
    case 'record':
      return { ...specimen, text: changedText(specimen.text, dice) };
  }
}

function changedEnvelope(value: unknown, workshop: Workshop, dice: Dice): unknown {
  if (!isEnvelope(value) || dice.in100(10)) return workshop.changedTree(value, dice);
  const { payload, signatures } = value;
  const at = dice.below(signatures.length);
  const one = signatures[at];
  if (!one) return value;
  if (dice.in100(8)) return { ...value, signatures: dice.of([[...signatures, one], signatures.toReversed(), signatures.toSpliced(at, 1), [one, one]]) };
  const [header, content, signature] = workshop.changed([one.protected, payload, one.signature], dice);
  const changed = { payload: content, signatures: signatures.with(at, { protected: header, signature }) };
  // What was changed in the payload must be signed by all, so that their signatures are looked at.
  return content === payload
    ? changed
    : { payload: content, signatures: changed.signatures.map((part, index) => (index === at ? part : workshop.signedBy(part, content))) };
}

/** Whether something has the outer form of an envelope, whatever is in it. */
export function isEnvelope(value: unknown): value is Envelope {
  if (typeof value !== 'object' || value === null || !('payload' in value) || !('signatures' in value)) return false;
  const { payload, signatures } = value;
  return typeof payload === 'string' && Array.isArray(signatures) && signatures.length > 0 && signatures.every(isSignature);
}

const isSignature = (one: unknown): boolean =>
  typeof one === 'object' && one !== null && 'protected' in one && typeof one.protected === 'string' && 'signature' in one && typeof one.signature === 'string';

/** The signatures of an envelope, each with what it is over. */
export const partsOf = ({ payload, signatures }: Envelope): Parts[] => signatures.map((one) => [one.protected, payload, one.signature]);
