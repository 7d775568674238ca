import { isDay } from '../fields.ts';
import { agencies, type Role } from '../roles.ts';
import type { StepName } from '../steps.ts';

/** Who may owe evidence for a condition, who may accept it, and whom a condition may bind; nobody is in both of the first two. */
export const submitters = ['seller.desk', 'buyer', 'carrier', 'test.lab'] as const satisfies readonly Role[];
export const acceptors = ['us.commerce', ...agencies, 'compliance.second'] as const satisfies readonly Role[];
export const bound = ['seller.desk', 'buyer', 'carrier'] as const satisfies readonly Role[];
/** Steps that a condition may hold back. */
const blockable = ['request-inspection', 'book-shipment', 'ship', 'declare-customs'] as const satisfies readonly StepName[];

/** A condition of a license as it is tracked. Text: `KIND: FORM | by ROLE | to ROLE | due DAY | before STEP | binds ROLE, ROLE`. */
export interface ConditionTerms {
  /** There where evidence is owed: who brings it and who accepts it, by when, and the step that waits for it. */
  readonly evidence?: {
    readonly by: (typeof submitters)[number];
    readonly to: (typeof acceptors)[number];
    /** The last calendar day, YYYY-MM-DD. */
    readonly due?: string;
    readonly before?: StepName;
  };
  /** Who acknowledges the condition in writing. */
  readonly binds: readonly (typeof bound)[number][];
}

/** What a clause may say after its first word. */
const clauses: { readonly [word: string]: (value: string) => boolean } = {
  by: (value) => isOneOf(submitters, value),
  to: (value) => isOneOf(acceptors, value),
  due: isDay,
  before: (value) => isOneOf(blockable, value),
  binds: (value) => listed(value).every((one) => isOneOf(bound, one)),
};
const accepted: { readonly [word: string]: string } = {
  by: submitters.join(', '),
  to: acceptors.join(', '),
  due: 'a day such as 2026-06-30',
  before: blockable.join(', '),
  binds: bound.join(', '),
};

const listed = (value: string): string[] => value.split(',').map((one) => one.trim());
const isOneOf = <T extends string>(of: readonly T[], value: string): value is T => (of as readonly string[]).includes(value);

const clausesOf = (text: string): (readonly [word: string, value: string])[] =>
  text
    .split('|')
    .slice(1)
    .map((part) => part.trim())
    .map((part) => [part.split(/\s/, 1)[0] ?? '', part.slice(part.indexOf(' ') + 1).trim()] as const);

/** What is wrong with a condition as somebody wrote it; undefined where it can be tracked. */
export function faultOfCondition(text: string): string | undefined {
  const rest = clausesOf(text);
  for (const [index, [word, value]] of rest.entries()) {
    const fits = Object.hasOwn(clauses, word) ? clauses[word] : undefined;
    if (!fits) return `"${word}" begins no clause: expected ${Object.keys(clauses).join(', ')}`;
    if (!fits(value)) return `${word} "${value}": expected ${accepted[word]}`;
    if (rest.findIndex(([one]) => one === word) < index) return `${word} stands twice`;
  }
  return undefined;
}

/** A condition as it is tracked. Where evidence is owed and nobody is named, the desk brings it and Commerce accepts it. */
export function conditionTerms(text: string): ConditionTerms {
  const said = new Map(clausesOf(text));
  const by = submitters.find((one) => one === said.get('by')) ?? 'seller.desk';
  const to = acceptors.find((one) => one === said.get('to')) ?? 'us.commerce';
  const due = said.get('due');
  const before = blockable.find((one) => one === said.get('before'));
  const owesEvidence = ['by', 'to', 'due', 'before'].some((word) => said.has(word));
  return {
    ...(owesEvidence && { evidence: { by, to, ...(due !== undefined && { due }), ...(before && { before }) } }),
    binds: bound.filter((one) => listed(said.get('binds') ?? '').includes(one)),
  };
}
