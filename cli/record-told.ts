import type { Fault } from '../record/fault.ts';
import type { Verdict } from '../record/verify.ts';
import { visible } from './output.ts';
import { decisionDocument, standingsOf } from './record-who.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** A verdict as a script reads it. */
export function verdictDocument(verdict: Verdict): unknown {
  if ('fault' in verdict) return { verdict: verdict.verdict, error: verdict.fault };
  const { record, acts } = verdict;
  const { order, terms, policy, head, entries } = record;
  const standings = standingsOf(entries, acts);
  return {
    verdict: verdict.verdict,
    order,
    terms,
    policy,
    head: { ...head, exportedAt: iso(head.exportedAt) },
    ...vouchedIn(verdict),
    acts: acts.kind,
    decisions: acts.kind === 'signed' ? acts.decisions.map(decisionDocument) : null,
    // Who signed is told among the decisions alone, where it was judged.
    entries: entries.map(({ sequence, at, event: { at: _at, type, signed: _signed, ...rest }, envelope }) => ({
      index: sequence,
      at: iso(at),
      event: type,
      ...rest,
      kind: standings[sequence]?.kind ?? null,
      hasEnvelope: envelope !== undefined,
    })),
  };
}

function vouchedIn(verdict: Exclude<Verdict, { readonly fault: Fault }>): Readonly<Record<string, unknown>> {
  if (verdict.verdict === 'unsigned') return { vouchedBy: null, inclusion: null, kept: null };
  const { voucher, inclusion, kept } = verdict;
  return { vouchedBy: voucher, inclusion: inclusion && { ...inclusion, at: iso(inclusion.at) }, kept: kept && { ...kept, at: iso(kept.at) } };
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
