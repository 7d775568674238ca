import type { PolicyDocument } from '../edge/policy-form.ts';

type Review = PolicyDocument['review'];

/** What a policy says of the interagency review, a row a field: what it is, what it says, who says so. */
export function reviewRows({ sources, ...review }: Review): string[][] {
  const { intentToDeny } = review;
  const said: { readonly [F in keyof Omit<Review, 'sources'>]: readonly [string, string] } = {
    opinionDays: ['each agency has', `${review.opinionDays} days from referral`],
    questionDays: ['a question stops', days(review.questionDays, 'the clock of who asks within', 'of referral')],
    limitDays: ['in all', days(review.limitDays, '', 'from registration; then people are told')],
    day: ['a day ends', review.day.reading === 'exact' ? 'after 24 hours, to the millisecond' : `with the calendar day in ${review.day.zone}`],
    agencyPositions: ['positions', review.agencyPositions],
    disagreement: ['disagreement goes to', wayUp(review.disagreement)],
    intentToDeny: ['intent to deny', intentToDeny ? `${intentToDeny.respondDays} days to respond, final on day ${intentToDeny.finalDays}` : 'not said'],
    appealDays: ['a denial is appealed', days(review.appealDays, 'within', '')],
    certifications: ['certified by two', review.certifications.map(({ code, says }) => `${code}: ${says}`).join('\n') || 'nothing'],
    endUserStatement: ['end-user statement', `${review.endUserStatement.replace('-', ' ')} before filing`],
  };
  return (Object.keys(said) as (keyof typeof said)[]).map((field) => [...said[field], sources[field]?.join(', ') ?? '']);
}

const days = (many: number | null, before: string, after: string): string => (many === null ? 'not said' : `${before} ${many} days ${after}`.trim());

const wayUp = (way: Review['disagreement']): string =>
  way.goesTo === 'president'
    ? 'the President, who has no deadline'
    : `the chair of the Operating Committee in ${way.chairDays} days; on appeal within ${way.appealDays} to the advisory committee (ACEP) in ${way.acepDays}, ` +
      `then to the review board (EARB) in ${way.earbDays}, then to the President, who has no deadline`;
