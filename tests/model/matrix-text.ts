import { type ActName, actNames, actSpec } from '../../domain/acts.ts';
import { type RefusalCode, refusalCodes } from '../../domain/refusal.ts';
import { type Column, factColumns } from './commands.ts';
import { actsOfReview } from './review/acts.ts';
import type { Came, Matrix } from './matrix.ts';

/** Two letters for each refusal; a repair and a second act under one id are not part of the matrix. */
const refusals: readonly (readonly [RefusalCode, string])[] = [
  ['not-entitled', 'ne'],
  ['order-closed', 'oc'],
  ['held', 'he'],
  ['irreversible', 'ir'],
  ['no-application', 'na'],
  ['review-open', 'ro'],
  ['review-closed', 'rc'],
  ['already-decided', 'ad'],
  ['not-before-president', 'np'],
  ['decided-by-president', 'dp'],
  ['agencies-deny', 'de'],
  ['invalid-act', 'ia'],
  ['basis-missing', 'bm'],
  ['conditions-missing', 'cm'],
  ['not-dissenting', 'nd'],
  ['not-in-policy', 'nk'],
  ['agencies-approve', 'aa'],
  ['agencies-approve-a-part', 'ap'],
  ['conditions-contradict', 'cc'],
  ['conditions-not-accepted', 'ca'],
  ['decided-on-escalation', 'dl'],
  ['not-shown', 'sh'],
  ['notice-needed', 'nn'],
  ['notice-not-needed', 'no'],
  ['late', 'la'],
  ['no-question', 'nq'],
  ['needs-ruling', 'nr'],
  ['denial-presumed', 'pd'],
  ['paper-missing', 'pm'],
  ['not-yet', 'ny'],
  ['step-not-failed', 'nf'],
  ['not-settleable', 'ns'],
];
const short: ReadonlyMap<RefusalCode, string> = new Map(refusals);
const signs = { asked: '*', taken: '+', 'no effect': '.' } as const;
const signOf = (came: Came): string => (came === 'asked' || came === 'taken' || came === 'no effect' ? signs[came] : (short.get(came) ?? came));

const inChina: readonly ActName[] = [
  'apply-purchase',
  'approve-purchase',
  'deny-purchase',
  'pass-inspection',
  'fail-inspection',
  'request-retest',
  'release',
  'confirm-delivery',
  'cancel',
];
const factsOfReview: readonly Column[] = ['step-started', 'step-done', 'step-failed', 'time-passes', 'hold', 'lift'];
const mending: readonly ActName[] = ['retry-step', 'settle-step'];
interface Block {
  readonly title: string;
  readonly columns: readonly Column[];
}
/** The commands that come to an order of edition 1. */
export const blocksOfEdition1: readonly Block[] = [
  {
    title: 'Acts from intake to the US key',
    columns: actNames.filter((name) => actSpec(name).since === undefined && !inChina.includes(name) && !mending.includes(name)),
  },
  { title: 'Acts from the Chinese key to delivery, and cancelling', columns: inChina },
  { title: 'Mending, acts by a role that is not entitled, and facts', columns: [...mending, 'by-another-role', 'later-act', ...factColumns] },
];

const upTo = (last: Column): number => actsOfReview.findIndex((name) => name === last) + 1;
/** The commands that come to an order in the US review of edition 2. */
export const blocksOfReview: readonly Block[] = [
  { title: 'Papers, filing, and the way of the application', columns: actsOfReview.slice(0, upTo('cancel')) },
  { title: 'Opinions, questions and escalation', columns: actsOfReview.slice(upTo('cancel'), upTo('presidential-decision')) },
  { title: 'Conditions and the decision', columns: actsOfReview.slice(upTo('presidential-decision'), upTo('deny')) },
  { title: 'Mending, acts of the review by a role that is not entitled, and facts', columns: [...mending, 'by-another-role', ...factsOfReview] },
];

const stages = ['intake', 'allocation', 'us-review', 'china-review', 'fulfillment', 'closing', 'closed'];
const stageOf = (row: string): number => stages.indexOf(row.split('/')[0] ?? '');
const isHeld = (row: string): boolean => row.endsWith(' held');

/** Rows along the journey: by stage, then as they were first come to, each followed by its held one. */
function inOrder(rows: readonly string[]): string[] {
  const free = rows.filter((row) => !isHeld(row));
  const all = [...free, ...rows.filter((row) => isHeld(row) && !free.includes(row.slice(0, -' held'.length)))];
  return all.toSorted((a, b) => stageOf(a) - stageOf(b)).flatMap((row) => [row, ...rows.filter((other) => other === `${row} held`)]);
}

function table(matrix: Matrix, columns: readonly Column[], rows: readonly string[]): string {
  const cells = rows.map((row) => columns.map((column) => [...(matrix.rows.get(row)?.get(column) ?? [])].map(signOf).toSorted().join('/')));
  const heads = columns.map((column) => column.split('-'));
  const height = Math.max(...heads.map((head) => head.length));
  const widths = columns.map((_column, index) => Math.max(...(heads[index] ?? []).map((word) => word.length), ...cells.map((row) => row[index]?.length ?? 0)));
  const labels = Math.max(...rows.map((row) => row.length));
  const line = (label: string, parts: readonly string[]): string =>
    [label.padEnd(labels), ...parts.map((part, index) => part.padEnd(widths[index] ?? 0))].join('  ').trimEnd();
  const head = Array.from({ length: height }, (_none, level) =>
    line(
      '',
      heads.map((words) => words[level + words.length - height] ?? ''),
    ),
  );
  return [...head, ...rows.map((row, index) => line(row, cells[index] ?? []))].join('\n');
}

/** What the signs of the matrix mean. */
export const legend: readonly string[] = [
  '* taken, and people are told of it: an act that somebody is asked for, a step that is wanted, its answer, the deadline, the lifting of a hold',
  '+ taken unasked',
  '. taken, and changes nothing',
  ...refusals.map(([code, sign]) => `${sign} refused as ${code}: ${refusalCodes[code]}`),
  'Several signs: it hangs on what is done (which step, what a position names) or on what is not shown here. Empty: cannot come.',
];

/** State x command as text, in blocks of columns, each with its title. */
export function textOf(matrix: Matrix, blocks: readonly Block[]): { readonly title: string; readonly text: string }[] {
  const rows = inOrder([...matrix.rows.keys()]);
  return blocks.map(({ title, columns }) => ({ title, text: table(matrix, columns, rows) }));
}
