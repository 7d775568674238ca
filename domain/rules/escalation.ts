import { agencies, type Agency } from '../roles.ts';
import type { Level, LevelDecision, Position, Positions, Voter } from '../us-review.ts';

type Word = 'approve' | 'deny';

/** Who votes in a committee. */
export const voters = ['us.commerce', ...agencies] as const satisfies readonly Voter[];

interface LevelRow {
  readonly level: Level;
  readonly role: 'us.oc-chair' | 'us.acep' | 'us.earb';
  readonly decidesBy: 'chair' | 'majority';
  /** Where a dissenting agency's appeal goes. */
  readonly appealGoesTo: Level | 'president';
}

/** The ladder from the bottom up. A tie in a committee leaves the decision before it; silence counts for neither side. */
export const ladder: { readonly [L in Level]: LevelRow } = {
  'oc-chair': { level: 'oc-chair', role: 'us.oc-chair', decidesBy: 'chair', appealGoesTo: 'acep' },
  acep: { level: 'acep', role: 'us.acep', decidesBy: 'majority', appealGoesTo: 'earb' },
  earb: { level: 'earb', role: 'us.earb', decidesBy: 'majority', appealGoesTo: 'president' },
};

/** The word of a committee: the majority of the votes given; with a tie the decision before it stands. */
export function wordOf(votes: { readonly approve: readonly Voter[]; readonly deny: readonly Voter[] }, before: Word): Word {
  const lead = votes.approve.length - votes.deny.length;
  return lead === 0 ? before : lead > 0 ? 'approve' : 'deny';
}

const wordOfPosition = (position: Position): Word | undefined => (position.state === 'given' ? (position.position === 'deny' ? 'deny' : 'approve') : undefined);

/**
 * The agencies that may appeal a decision: those whose last word, a vote or else a position, was the other one. An agency that has said
 * nothing dissents from nothing.
 */
export function dissenters(decision: LevelDecision, positions: Positions): readonly Agency[] {
  return agencies.filter((agency) => {
    const { approve = [], deny = [] } = decision.votes ?? {};
    const voted: Word | undefined = approve.includes(agency) ? 'approve' : deny.includes(agency) ? 'deny' : undefined;
    const word = voted ?? wordOfPosition(positions[agency]);
    return word !== undefined && word !== decision.decision;
  });
}
