import { describe, expect, it } from 'vitest';
import { stepNames, type StepName } from '../../domain/steps.ts';
import { faultsOfResult } from '../../edge/step-results.ts';
import { goodResults } from '../support/orders.ts';

const change = { id: 'P-7', effect: 'hold', epoch: 4, reason: 'review' };

describe('the answer of a port', () => {
  it.each(stepNames.map((step) => ({ step })))('of $step is accepted where it is of its form', ({ step }) => {
    expect(faultsOfResult(step, goodResults[step])).toEqual([]);
  });

  it.each<[StepName, unknown]>([
    ['screen-parties', { outcome: 'hit', listVersion: 'list-1', matches: ['entity 17'] }],
    ['screen-parties', { outcome: 'hit', listVersion: 'list-1', matches: ['entity 17'], standing: 'removed' }],
    ['screen-parties', { outcome: 'clear', listVersion: 'list-1', standing: 'not-vetted' }],
    ['record-customer', { recorded: 'declined' }],
    ['reserve-stock', { outcome: 'short', free: 0 }],
    ['reserve-stock', { outcome: 'over-quota', quota: 'units-per-customer', limit: 75_000, used: 70_000, left: 5_000 }],
    ['ship', { outcome: 'stale-epoch', changes: [change] }],
    ['release-stock', { released: 0 }],
  ])('of %s may be the other outcome: %j', (step, answer) => {
    expect(faultsOfResult(step, answer)).toEqual([]);
  });

  it.each(stepNames.map((step) => ({ step })))('of $step is a fault where it is none at all', ({ step }) => {
    for (const answer of [undefined, null, 'ok', 7, [], {}]) expect(faultsOfResult(step, answer)).not.toEqual([]);
  });

  it.each<[StepName, unknown, string]>([
    ['screen-parties', { outcome: 'maybe', listVersion: 'list-1' }, 'outcome'],
    ['screen-parties', { outcome: 'clear' }, 'listVersion'],
    ['screen-parties', { outcome: 'hit', listVersion: 'list-1', matches: [] }, 'matches'],
    ['screen-parties', { outcome: 'hit', listVersion: 'list-1', matches: [''] }, 'matches[0]'],
    ['screen-parties', { outcome: 'clear', listVersion: 'list-1', standing: 'vetted' }, 'standing'],
    ['record-customer', { recorded: 'not-vetted' }, 'recorded'],
    ['record-customer', { recorded: true }, 'recorded'],
    ['reserve-stock', { outcome: 'reserved', lots: [] }, 'lots'],
    ['reserve-stock', { outcome: 'reserved', lots: [{ lot: 'L1', units: 0 }] }, 'lots[0].units'],
    ['reserve-stock', { outcome: 'reserved', lots: [{ lot: 'L1', units: 1.5 }] }, 'lots[0].units'],
    ['reserve-stock', { outcome: 'short', free: -1 }, 'free'],
    ['reserve-stock', { outcome: 'short', free: Number.NaN }, 'free'],
    ['reserve-stock', { outcome: 'over-quota', quota: 'units-per-customer', limit: 75_000, used: 'unknown', left: 5_000 }, 'used'],
    ['file-application', { filingReference: '' }, 'filingReference'],
    ['file-application', { filingReference: 'x'.repeat(201) }, 'filingReference'],
    ['ship', { outcome: 'shipped' }, 'waybill'],
    ['ship', { outcome: 'shipped', waybill: 7 }, 'waybill'],
    ['ship', { outcome: 'stale-epoch', changes: [] }, 'changes'],
    ['ship', { outcome: 'stale-epoch', changes: [{ ...change, effect: 'pause' }] }, 'changes[0].effect'],
    ['ship', { outcome: 'stale-epoch', changes: [{ ...change, epoch: 1.5 }] }, 'changes[0].epoch'],
    ['release-stock', { released: '6000' }, 'released'],
    ['notify-ending', { noticeReference: null }, 'noticeReference'],
  ])('of %s: %j is a fault at %s', (step, answer, path) => {
    expect(faultsOfResult(step, answer)).toEqual([expect.stringMatching(`^${path.replace(/[[\]]/g, '\\$&')}: `)]);
  });
});
