import { describe, expect, it } from 'vitest';
import { voters, wordOf } from '../../../domain/rules/escalation.ts';
import type { Voter } from '../../../domain/us-review.ts';
import type { Rehearsal } from '../../support/orders.ts';
import { appeal, before, referredToday } from '../reviews.ts';

const words = ['approve', 'deny', 'silent'] as const;
type Word = (typeof words)[number];
const everyVote: readonly (readonly Word[])[] = words.flatMap((a) => words.flatMap((b) => words.flatMap((c) => words.map((d) => [a, b, c, d]))));
const sayingIn = (votes: readonly Word[], said: Word): Voter[] => voters.filter((_, at) => votes[at] === said);

/** By counting the two sides and nothing else. */
function byHand(votes: readonly Word[], standing: 'approve' | 'deny'): 'approve' | 'deny' {
  const [approve, deny] = [sayingIn(votes, 'approve').length, sayingIn(votes, 'deny').length];
  return approve > deny ? 'approve' : deny > approve ? 'deny' : standing;
}

/** A disagreement before the ACEP, of which the chair has decided so; who dissents from the chair has appealed. */
const beforeAcep = (chair: 'approve' | 'deny'): Rehearsal =>
  before('oc-chair', referredToday({ disagreement: ladder }))
    .acts('us.oc-chair', 'decide-appeal', { decision: chair })
    .acts(chair === 'approve' ? 'us.energy' : 'us.state', 'escalate', appeal);
const ladder = { goesTo: 'oc-chair', chairMs: 1, appealMs: 1, acepMs: 1, earbMs: 1 } as const;

describe('silence in a committee', () => {
  it.each(['approve', 'deny'] as const)('counts for neither side of all 81 votes on a chair who decided to %s', (chair) => {
    for (const votes of everyVote) {
      const [votesToApprove, votesToDeny] = [sayingIn(votes, 'approve'), sayingIn(votes, 'deny')];
      const order = beforeAcep(chair);
      order.acts('us.acep', 'decide-appeal', {
        ...(votesToApprove.length > 0 && { votesToApprove }),
        ...(votesToDeny.length > 0 && { votesToDeny }),
      });
      const decided = order.events.findLast((event) => event.type === 'level-decided');
      expect(decided?.decision).toEqual({ level: 'acep', decision: byHand(votes, chair), votes: { approve: votesToApprove, deny: votesToDeny } });
    }
    expect(everyVote.length).toBe(81);
  });

  it('is no vote to approve and none to deny: who falls silent takes exactly their own vote away', () => {
    for (const votes of everyVote)
      for (const standing of ['approve', 'deny'] as const) {
        const word = wordOf({ approve: sayingIn(votes, 'approve'), deny: sayingIn(votes, 'deny') }, standing);
        expect(word).toBe(byHand(votes, standing));
      }
    expect(wordOf({ approve: [], deny: ['us.state'] }, 'approve')).toBe('deny');
    expect(wordOf({ approve: ['us.state'], deny: [] }, 'deny')).toBe('approve');
    expect(wordOf({ approve: [], deny: [] }, 'deny')).toBe('deny');
  });
});
