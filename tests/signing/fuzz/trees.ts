import type { Dice } from './dice.ts';

const depth = (levels: number): unknown => Array.from({ length: levels }).reduce<unknown>((inner) => [inner], 'x');
/** Values at an edge of some form, whatever stood there. */
const strange: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, -0, 2 ** 53, 2 ** 53 - 1, 8_640_000_000_000_000, 8_640_000_000_000_001, 1e21, 7, 1, 2, 3],
  ...[
    '',
    ' ',
    'all',
    'x',
    'constructor',
    '__proto__',
    '\u202e',
    '\ufeff',
    '\u0000',
    '\ud800',
    'a\u200bb',
    '0'.repeat(64),
    'ab'.repeat(32),
    'x'.repeat(64),
    'x'.repeat(101),
    'x'.repeat(2_001),
  ],
  ...[[], {}, [[]], [null], { length: 1 }, depth(50)],
];
const strangeNames = [
  'extra',
  'by',
  'id',
  'name',
  'evidence',
  'delegations',
  '__proto__',
  'constructor',
  'toString',
  'toJSON',
  '',
  '\ud800',
  'a\u200b',
  'nonce',
  'basis',
  'conditions',
  'position',
];

/** How the strings in a tree are changed: those that are compact JWS have a form of their own. */
type ChangeText = (text: string) => string;

/** A tree of JSON with one thing in it changed; what it is made of is shared with the tree before. `others` lends its values. */
export function changedTree(tree: unknown, others: readonly unknown[], dice: Dice, changeText: ChangeText): unknown {
  const isInside = typeof tree === 'object' && tree !== null && Object.keys(tree).length > 0 && dice.in100(85);
  if (!isInside) return changedLeaf(tree, others, dice, changeText);
  if (Array.isArray(tree)) return changedList(tree, others, dice, changeText);
  return changedObject(Object.entries(tree), others, dice, changeText);
}

function changedLeaf(leaf: unknown, others: readonly unknown[], dice: Dice, changeText: ChangeText): unknown {
  if (typeof leaf === 'string' && dice.in100(60)) return changeText(leaf);
  if (typeof leaf === 'number' && dice.in100(50)) return leaf + dice.of([1, -1, 60_001, -60_001, 86_400_000, -86_400_000, 31 * 86_400_000, 0.5, -leaf, leaf]);
  if (others.length > 0 && dice.in100(40)) return dice.of(others);
  return dice.of(strange);
}

function changedList(list: readonly unknown[], others: readonly unknown[], dice: Dice, changeText: ChangeText): unknown[] {
  const at = dice.below(list.length);
  switch (dice.below(10)) {
    case 0:
      return list.toSpliced(at, 1);
    case 1:
      return list.toSpliced(at, 0, list[at]);
    case 2:
      return list.toReversed();
    case 3:
      return [...list, dice.of(strange)];
    default:
      return list.with(at, changedTree(list[at], others, dice, changeText));
  }
}

function changedObject(entries: readonly [string, unknown][], others: readonly unknown[], dice: Dice, changeText: ChangeText): object {
  const at = dice.below(entries.length);
  const [name, value] = entries[at] ?? ['', null];
  switch (dice.below(12)) {
    case 0:
      return fromEntries(entries.toSpliced(at, 1));
    case 1:
      return fromEntries([...entries, [dice.of(strangeNames), dice.of(strange)]]);
    case 2:
      return fromEntries(entries.with(at, [changeText(name), value]));
    case 3:
      return fromEntries(entries.with(at, [name, dice.of(entries)[1]]));
    default:
      return fromEntries(entries.with(at, [name, changedTree(value, others, dice, changeText)]));
  }
}

/** As JSON.parse makes it: a prototype by name is a field as each other one. */
const fromEntries = (entries: readonly (readonly [string, unknown])[]): object => Object.fromEntries(entries);

/** Every value in a tree. */
export function valuesIn(tree: unknown): unknown[] {
  return typeof tree === 'object' && tree !== null ? [tree, ...Object.values(tree).flatMap(valuesIn)] : [tree];
}
