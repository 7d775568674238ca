import { refuse } from '../refusal.ts';
import type { ActRules, Evolutions, ReportRules, Stage } from '../stage.ts';
import { nothing } from '../stage.ts';

export const intake: Stage = {
  name: 'intake',
  isDone: (order) => order.intake.state === 'cleared',
  wants: (order) => {
    switch (order.intake.state) {
      case 'screening':
        return { steps: ['screen-parties'], asks: [] };
      case 'hit':
        return { steps: [], asks: [{ role: 'compliance.second', acts: ['clear-hit', 'confirm-hit'] }] };
      case 'cleared':
        return nothing;
    }
  },
};

const noHit = (id: string) => refuse('not-yet', `order ${id} has no screening hit`, 'this act answers a hit');

export const intakeActs: ActRules<'clear-hit' | 'confirm-hit'> = {
  'clear-hit': (order, act, at) => (order.intake.state === 'hit' ? [{ type: 'hit-cleared', reason: act.reason, at }] : noHit(order.terms.id)),
  'confirm-hit': (order, act, at) =>
    order.intake.state === 'hit'
      ? [
          { type: 'hit-confirmed', reason: act.reason, at },
          { type: 'order-ended', outcome: 'refused-at-intake', reason: `screening hit confirmed: ${act.reason}`, at },
        ]
      : noHit(order.terms.id),
};

export const intakeReports: ReportRules<'screen-parties'> = {
  'screen-parties': (_order, result, at) =>
    result.outcome === 'clear'
      ? [{ type: 'parties-cleared', listVersion: result.listVersion, at }]
      : [{ type: 'screening-hit', listVersion: result.listVersion, matches: result.matches, at }],
};

export const intakeEvolutions: Evolutions<'parties-cleared' | 'screening-hit' | 'hit-cleared' | 'hit-confirmed'> = {
  'parties-cleared': (order) => ({ ...order, intake: { state: 'cleared' } }),
  'screening-hit': (order, event) => ({ ...order, intake: { state: 'hit', matches: event.matches } }),
  'hit-cleared': (order) => ({ ...order, intake: { state: 'cleared' } }),
  'hit-confirmed': (order) => order,
};
