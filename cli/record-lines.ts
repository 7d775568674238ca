import type { Decision } from '../record/acts.ts';
import type { Entry } from '../record/format.ts';
import { isObject, type Json, type JsonObject, toJsonObject } from '../record/json.ts';
import type { KeptProof } from '../record/kept-checkpoint.ts';
import type { Verdict } from '../record/verify.ts';
import { moment, visible } from './output.ts';
import { markOf, type Standing, standingsOf, whoOf } from './record-who.ts';

type Sound = Extract<Verdict, { readonly record: unknown }>;

/** A record that holds, as a person reads it: who decided what and when, every entry, who vouches for it and what is not proven. */
export function recordLines(verdict: Sound): string[] {
  const { order, head, entries } = verdict.record;
  const standings = standingsOf(entries, verdict.acts);
  return [
    `order      ${order}, ${head.state}, ${head.count} entries`,
    `exported   ${moment(head.exportedAt)} UTC, ends at ${head.hash}`,
    '',
    ...decisionLines(entries, standings),
    ...entryLines(entries, standings),
    ...verdictLines(verdict),
    ...actLines(verdict),
  ].map((line) => visible(line));
}

/** Who decided what and when: an act is told once, by the first event that it led to. */
function decisionLines(entries: readonly Entry[], standings: readonly Standing[]): string[] {
  const decided = entries.filter(({ sequence, event }) => standings[sequence]?.kind && !isFurther(event, entries[sequence - 1]?.event));
  const rows = decided.map((entry) => {
    const standing = standings[entry.sequence] ?? { kind: null };
    return [moment(entry.at), decidedIn(entry, standing), whoOf(standing)] as const;
  });
  const width = Math.min(60, Math.max(0, ...rows.map(([, said]) => said.length)));
  return ['Who decided what and when (UTC):', ...rows.map(([at, said, who]) => `  ${at}  ${said.padEnd(width)}  ${who}`), ''];
}

/** What was signed, in its own words; where that is not known, what the event tells. */
const decidedIn = ({ event }: Entry, standing: Standing): string =>
  'decision' in standing ? words(standing.decision.act, toJsonObject(standing.decision.fields)) : saidIn(event);

const isFurther = ({ act }: JsonObject, before: JsonObject | undefined): boolean =>
  act !== undefined && before?.['act'] !== undefined && JSON.stringify(act) === JSON.stringify(before['act']);

function entryLines(entries: readonly Entry[], standings: readonly Standing[]): string[] {
  const marks = standings.map(markOf);
  const width = Math.max(1, ...marks.map((mark) => mark.length));
  const lines = entries.map(({ sequence, at, event }) => {
    const mark = marks[sequence] || '-';
    return `${String(sequence).padStart(4)}  ${moment(at)}  ${mark.padEnd(width)}  ${saidIn(event)}`;
  });
  return ['Every entry:', ...lines, ''];
}

/** What an event tells, but for who brought it about. */
function saidIn({ type, at: _at, by: _by, act: _act, signed: _signed, imported: _imported, past: _past, ...rest }: JsonObject): string {
  return words(type === undefined ? '-' : textOf(type), rest);
}

const words = (name: string, fields: JsonObject): string =>
  `${name}  ${factsIn(fields)
    .map((fact) => fact.join(' '))
    .join(', ')}`.trimEnd();

function factsIn(fields: JsonObject, prefix = ''): [string, string][] {
  return Object.entries(fields).flatMap(([name, value]): [string, string][] =>
    isNested(value) ? factsIn(value, `${prefix}${name}.`) : [[`${prefix}${name}`, Array.isArray(value) ? value.map(textOf).join('; ') : textOf(value)]],
  );
}
const isNested = (value: Json): value is JsonObject => isObject(value);
const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

function verdictLines(verdict: Sound): string[] {
  if (verdict.verdict === 'unsigned')
    return [
      'UNSIGNED: every entry follows from the one before it, but nobody vouches for where the record ends, or that it was not',
      'written anew as a whole.',
    ];
  const { inclusion, kept } = verdict;
  const { holder, role, keyId, root, isRootNamed, keyring } = verdict.voucher;
  return [
    `${verdict.verdict === 'proven' ? 'PROVEN' : 'PROVEN, BUT NOT ALL KEYS COUNT ANY MORE'}: its end is signed by ${holder} as ${role} with key ${keyId},`,
    `under the root key ${root}, by keyring ${keyring.sequence}${keyring.isGiven ? ', as given' : ' of the file'}.`,
    ...(isRootNamed ? [] : ['The file itself names that root key: compare it with the one that you know, or give it as --root.']),
    ...(inclusion ? [`Sealed as record ${inclusion.position + 1} of ${inclusion.size} by the checkpoint of ${moment(inclusion.at)} UTC.`] : []),
    ...(kept ? [keptLine(kept)] : []),
  ];
}

const keptLine = ({ size, at, isCovered }: KeptProof): string =>
  isCovered
    ? `It stood among the ${size} records of the checkpoint of ${moment(at)} UTC that you kept, as it is.`
    : `It was sealed after the checkpoint of ${moment(at)} UTC that you kept, whose ${size} records are all still there.`;

function actLines({ acts }: Sound): string[] {
  switch (acts.kind) {
    case 'unsigned':
      return ['NO ACT IN IT IS SIGNED: who did what is the word of the desk.'];
    case 'not-judged':
      return ['ITS ACTS ARE SIGNED, WHICH IS NOT JUDGED: the file names no keys.'];
    case 'signed':
      return signedLines(acts.decisions);
  }
}

function signedLines(decisions: readonly Decision[]): string[] {
  const recorded = decisions.filter(({ signed }) => signed.kind === 'recorded').length;
  const doubted = decisions.filter(({ revokedSince }) => revokedSince !== null);
  return [
    `Its ${decisions.length} acts are signed: ${decisions.length - recorded} authenticated by who did them, ${recorded} recorded by the desk on evidence.`,
    ...(doubted.length === 0 ? [] : ['REVOKED SINCE, as of a moment before these acts; whoever took them did not know:']),
    ...doubted.map(({ index, act, role, revokedSince }) => `  entry ${index}, ${act} by ${role}: ${revokedSince}`),
  ];
}
