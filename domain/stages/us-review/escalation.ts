import { type Refusal, refuse } from '../../refusal.ts';
import { agencies, type Agency } from '../../roles.ts';
import { reviewRules } from '../../rules-of.ts';
import { asksForConditions } from '../../rules/conditions.ts';
import { dissenters, ladder, wordOf } from '../../rules/escalation.ts';
import type { Act } from '../../acts.ts';
import type { ActRules, Evolutions } from '../../stage.ts';
import type { Order } from '../../state.ts';
import type { Level, LevelDecision, OpenReview, Referral, UsReview } from '../../us-review.ts';
import { commerceFault } from './decision.ts';
import { goesUp, referred, review, started } from './moves.ts';
import { outOfTurn } from './out-of-turn.ts';

export const escalationActs: ActRules<'escalate' | 'decide-appeal' | 'presidential-decision'> = {
  escalate: (order, act, at) => {
    const refused = act.by === 'us.commerce' ? commerceFault(order, 'escalate') : dissentFault(order, act);
    const { reason, official, basis } = act;
    return refused ?? [{ type: 'escalated', reason, ...(official !== undefined && { official }), ...(basis !== undefined && { basis }), at }];
  },
  'decide-appeal': (order, act, at) => {
    const now = order.usReview;
    if (now.state !== 'before-level') return outOfTurn(order, 'decide-appeal');
    const { role } = ladder[now.level];
    if (act.by !== role) return refuse('not-entitled', `the disagreement over order ${order.terms.id} lies before ${role}`, `decide-appeal by ${role}`);
    const decision = decisionOf(now, now.level, act);
    return 'refused' in decision ? decision : [{ type: 'level-decided', decision, at }];
  },
  'presidential-decision': (order, act, at) =>
    order.usReview.state === 'before-president'
      ? [{ type: 'president-decided', consensus: act.decision === 'approve' ? 'president-approved' : 'president-denied', at }]
      : refuse(
          'not-before-president',
          `the review of order ${order.terms.id} is ${order.usReview.state}`,
          'a decision while a disagreement lies before the President',
        ),
};

/** Why an agency may not take this up: it must dissent from a decision or from conditions, in time, and an appeal on the ladder is signed and founded. */
function dissentFault(order: Order, act: Act<'escalate'>): Refusal | undefined {
  const now = order.usReview;
  const agency = agencies.find((one) => one === act.by);
  if (!agency || (now.state !== 'appealable' && now.state !== 'one-text'))
    return refuse(
      'not-dissenting',
      `order ${order.terms.id}: there is no decision that ${act.by} could dissent from`,
      'escalate within the days after a decision',
    );
  const dissenting = mayAppeal(now);
  if (!dissenting.includes(agency))
    return refuse('not-dissenting', `order ${order.terms.id}: ${agency} does not dissent`, `escalate by ${dissenting.join(' or ') || 'nobody'}`);
  if (now.state === 'appealable' && (act.official === undefined || act.basis === undefined))
    return refuse('basis-missing', `${agency} appeals without ${act.official === undefined ? 'an official' : 'a basis'}`, 'fields official and basis');
  return undefined;
}

/** Who may take a decision or a text of conditions up. */
export function mayAppeal(now: Extract<OpenReview, { state: 'appealable' | 'one-text' }>): readonly Agency[] {
  if (now.state === 'one-text') return agencies.filter((agency) => asksForConditions(now.positions, agency) && !now.concurring.includes(agency));
  const decision = now.decisions?.at(-1);
  return decision ? dissenters(decision, now.positions) : [];
}
function decisionOf(
  now: Referral,
  level: Level,
  { decision, votesToApprove: approve = [], votesToDeny: deny = [] }: Act<'decide-appeal'>,
): LevelDecision | Refusal {
  if (ladder[level].decidesBy === 'chair') {
    if (approve.length + deny.length > 0) return refuse('invalid-act', 'the chair decides alone: votes do not go with it', 'decision as approve or deny');
    return decision === undefined ? refuse('invalid-act', 'decision: missing, the chair decides', 'decision as approve or deny') : { level, decision };
  }
  if (decision !== undefined) return refuse('invalid-act', `${level} decides by the majority of its votes`, 'votesToApprove and votesToDeny');
  const twice = approve.find((voter) => deny.includes(voter));
  if (twice !== undefined) return refuse('invalid-act', `${twice} votes for both`, 'each voter once');
  const before = now.decisions?.at(-1)?.decision;
  if (before === undefined) throw new Error(`${level} decides on an appeal, and nothing was decided before`);
  return { level, decision: wordOf({ approve, deny }, before), votes: { approve, deny } };
}

type EscalationEvent = 'escalated' | 'level-decided' | 'decision-overdue' | 'appeal-period-ended' | 'president-decided';

export const escalationEvolutions: Evolutions<EscalationEvent> = {
  escalated: (order, event) => {
    const now = order.usReview;
    if (now.state === 'before-commerce' || now.state === 'one-text') return { ...order, usReview: goesUp(order, now, event.at) };
    return review(order, 'appealable', (one) => nextLevel(order, one, event.at));
  },
  'level-decided': (order, { decision, at }) =>
    review(order, 'before-level', (now) => {
      const decided: Referral = { ...referred(now), decisions: [...(now.decisions ?? []), decision] };
      const { disagreement } = reviewRules(order.policy);
      if (disagreement.goesTo === 'president') throw new Error(`order ${order.terms.id}: ${now.level} has decided, and the policy knows no ladder`);
      // Where nobody dissents there is nobody to wait for.
      return dissenters(decision, now.positions).length === 0
        ? afterLevels(decided)
        : { ...decided, state: 'appealable', level: decision.level, clock: started(order, disagreement.appealMs, at) };
    }),
  'decision-overdue': (order, event) => review(order, 'before-level', (now) => ({ ...now, due: { state: 'reached', at: event.at } })),
  'appeal-period-ended': (order) => review(order, 'appealable', afterLevels),
  'president-decided': (order, event) => review(order, 'before-president', (now) => ({ ...now, state: 'before-commerce', consensus: event.consensus })),
};

function nextLevel(order: Order, now: Extract<UsReview, { state: 'appealable' }>, at: number): UsReview {
  const { appealGoesTo } = ladder[now.level];
  const { disagreement } = reviewRules(order.policy);
  if (appealGoesTo === 'president' || disagreement.goesTo === 'president') return { ...referred(now), state: 'before-president' };
  const ms = appealGoesTo === 'acep' ? disagreement.acepMs : disagreement.earbMs;
  return { ...referred(now), state: 'before-level', level: appealGoesTo, due: started(order, ms, at) };
}

/** The last decision stands: it lies before Commerce, which issues or denies. */
function afterLevels(now: Referral): UsReview {
  const last = now.decisions?.at(-1);
  if (!last) throw new Error(`application ${now.applicationNumber}: no level has decided`);
  return { ...referred(now), state: 'before-commerce', consensus: last.decision === 'approve' ? 'escalation-approved' : 'escalation-denied' };
}
