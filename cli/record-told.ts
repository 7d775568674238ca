import type { Fault } from '../record/fault.ts';
import type { Entry } from '../record/format.ts';
import type { Json, JsonObject } from '../record/json.ts';
import { isObject } from '../record/json.ts';
import type { Verdict } from '../record/verify.ts';
import { moment, visible } from './output.ts';

type Sound = Extract<Verdict, { readonly record: unknown }>;
const iso = (at: number): string => new Date(at).toISOString();

/** A verdict as a script reads it. */
export function verdictDocument(verdict: Verdict): unknown {
  if ('fault' in verdict) return { verdict: verdict.verdict, error: verdict.fault };
  const { order, terms, policy, head, entries } = verdict.record;
  return {
    verdict: verdict.verdict,
    order,
    terms,
    policy,
    head: { ...head, exportedAt: iso(head.exportedAt) },
    vouchedBy: verdict.verdict === 'proven' ? verdict.voucher : null,
    inclusion: verdict.verdict === 'proven' && verdict.inclusion ? { ...verdict.inclusion, at: iso(verdict.inclusion.at) } : null,
    entries: entries.map(({ sequence, at, event: { at: _at, type, ...rest }, envelope }) => ({
      index: sequence,
      at: iso(at),
      event: type,
      ...rest,
      hasEnvelope: envelope !== undefined,
    })),
  };
}

/** What was wrong, as a person reads it. */
export function faultLines(verdict: string, { index, expected, found }: Fault): string[] {
  const lines = [
    [verdict === 'tampered' ? 'tampered' : 'no record', index === null ? '' : `at entry ${index}`],
    ...(expected === null ? [] : [['expected', expected]]),
    ...(found === null ? [] : [['found', found]]),
  ];
  return lines.map(([name = '', text = '']) => visible(`${name.padEnd(10)} ${text}`.trimEnd()));
}

/** A record that holds, as a person reads it: what it is, each entry with who decided what and when, and who vouches for it. */
export function recordLines(verdict: Sound): string[] {
  const { order, head, entries } = verdict.record;
  const width = Math.max(0, ...entries.map(({ event }) => authorOf(event).length));
  return [
    `order      ${order}, ${head.state}, ${head.count} entries`,
    `exported   ${moment(head.exportedAt)} UTC, ends at ${head.hash}`,
    '',
    ...entries.map((entry) => lineOf(entry, width)),
    '',
    ...vouchingLines(verdict),
  ].map((line) => visible(line));
}

const authorOf = ({ by }: JsonObject): string => (typeof by === 'string' ? by : '-');

function lineOf({ sequence, at, event }: Entry, width: number): string {
  const { type, at: _at, by: _by, act: _act, ...rest } = event;
  const said = factsIn(rest).map(([name, text]) => `${name} ${text}`);
  return [`${String(sequence).padStart(4)}  ${moment(at)}`, authorOf(event).padEnd(width), type === undefined ? '-' : textOf(type), said.join(', ')]
    .join('  ')
    .trimEnd();
}

function factsIn(fields: JsonObject, prefix = ''): [string, string][] {
  return Object.entries(fields).flatMap(([name, value]): [string, string][] =>
    isNested(value) ? factsIn(value, `${prefix}${name}.`) : [[`${prefix}${name}`, Array.isArray(value) ? value.map(textOf).join('; ') : textOf(value)]],
  );
}
const isNested = (value: Json): value is JsonObject => isObject(value);
const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

function vouchingLines(verdict: Sound): string[] {
  const envelopes = verdict.record.entries.filter(({ envelope }) => envelope !== undefined).length;
  const acts = envelopes > 0 ? [`${envelopes} entries carry a signed act, whose signature is not judged here.`] : [];
  if (verdict.verdict === 'unsigned')
    return [
      'UNSIGNED: every entry follows from the one before it, but nobody vouches for where the record ends, or that it was not',
      'written anew as a whole.',
      ...acts,
    ];
  const { holder, role, keyId, root, isRootNamed } = verdict.voucher;
  const { inclusion } = verdict;
  return [
    `PROVEN: signed by ${holder} as ${role} with key ${keyId},`,
    `under the root key ${root}.`,
    ...(isRootNamed ? [] : ['The file itself names that root key: compare it with the one that you know, or give it as --root.']),
    ...(inclusion ? [`Sealed as record ${inclusion.position + 1} of ${inclusion.size} by the checkpoint of ${moment(inclusion.at)} UTC.`] : []),
    ...acts,
  ];
}
