import type { Dice } from './dice.ts';

const most = 60_000;
/** Characters and pieces that readers stumble over. */
const pieces = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '=',
  '+',
  '/',
  '-',
  '_',
  '.',
  ' ',
  '\n',
  '\0',
  '\u00e9',
  '\u202e',
  '\ufeff',
  '\ud800',
  '\\ud800',
  '\\u0000',
  '__proto__',
  'null',
  '1e400',
  '-0',
  '{}',
  '[[',
  'A',
];

/** A text with something in it changed: a piece taken out, put in, doubled, or put in from another text. */
export function changedText(text: string, dice: Dice, other = text): string {
  const at = dice.below(text.length + 1);
  const length = dice.in100(70) ? 1 + dice.below(3) : dice.below(text.length + 1);
  switch (dice.below(6)) {
    case 0:
      return text.slice(0, at) + text.slice(at + length);
    case 1:
      return text.slice(0, at) + dice.of(pieces) + text.slice(at);
    case 2:
      return text.slice(0, at) + dice.of(pieces) + text.slice(at + 1);
    case 3:
      return (text.slice(0, at) + text.slice(at, at + length) + text.slice(at)).slice(0, most);
    case 4: {
      const from = dice.below(other.length + 1);
      return (text.slice(0, at) + other.slice(from, from + length) + text.slice(at + length)).slice(0, most);
    }
    default:
      return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << dice.below(7)) || 65) + text.slice(at + 1);
  }
}

/** Bytes with something in them changed: bits, values at an edge, length. */
export function changedBytes(bytes: Uint8Array, dice: Dice): Uint8Array {
  if (bytes.length === 0) return Uint8Array.of(dice.below(256));
  const at = dice.below(bytes.length);
  switch (dice.below(5)) {
    case 0:
      return bytes.with(at, (bytes[at] ?? 0) ^ (1 << dice.below(8)));
    case 1:
      return bytes.with(at, dice.of([0, 1, 0x7f, 0x80, 0xff]));
    case 2:
      return bytes.slice(0, at);
    case 3:
      return Buffer.concat([bytes, Uint8Array.of(dice.below(256))]);
    default:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(0, dice.below(33)), bytes.subarray(at)]).subarray(0, most);
  }
}
