import { appealActs, appealEvolutions } from './us-review/appeal.ts';
import { decisionActs, decisionEvolutions } from './us-review/decision.ts';
import { escalationActs, escalationEvolutions } from './us-review/escalation.ts';
import { filingActs, filingEvolutions } from './us-review/filing.ts';
import { licenseActs, licenseEvolutions } from './us-review/license.ts';
import { negotiationActs, negotiationEvolutions } from './us-review/negotiation.ts';
import { opinionActs, opinionEvolutions } from './us-review/opinions.ts';
import { paperActs, paperEvolutions } from './us-review/papers.ts';

/** Every act of the US review, from the papers before its filing to the decision and its appeal. */
export const usReviewActs = {
  ...paperActs,
  ...filingActs,
  ...opinionActs,
  ...escalationActs,
  ...negotiationActs,
  ...decisionActs,
  ...appealActs,
  ...licenseActs,
};

export const usReviewEvolutions = {
  ...paperEvolutions,
  ...filingEvolutions,
  ...opinionEvolutions,
  ...escalationEvolutions,
  ...negotiationEvolutions,
  ...decisionEvolutions,
  ...appealEvolutions,
  ...licenseEvolutions,
};
