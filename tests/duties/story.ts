import type { Role } from '../../domain/roles.ts';
import type { SignedActName } from '../../domain/signing/claims.ts';
import { confirmingRole } from '../../domain/signing/standing.ts';

/** Somebody is put in each place of an order; the policy board has two, since its acts take two people. */
export type Place = Role | 'second policy.admin';
export const roleIn = (place: Place): Role => (place === 'second policy.admin' ? 'policy.admin' : place);

/** An act of the story, and the places whose people sign it. */
export interface StoryAct {
  readonly act: SignedActName;
  readonly by: Place;
  readonly confirmedBy?: Place;
  /** The desk says that an authority did it. */
  readonly isRecorded?: true;
}

function signed(act: SignedActName, by: Role): StoryAct {
  const confirming = confirmingRole(act, false);
  if (confirming === undefined) return { act, by };
  return { act, by, confirmedBy: confirming === by ? 'second policy.admin' : confirming };
}

/** The desk says what an authority did, and a second person confirms. */
function recorded(act: SignedActName): StoryAct {
  const confirmedBy = confirmingRole(act, true);
  if (confirmedBy === undefined) throw new Error(`nobody confirms a recorded ${act}`);
  return { act, by: 'seller.desk', confirmedBy, isRecorded: true };
}

/** The life of an order in which every role acts once, in the order of the story, and every kind of act that two people sign is done. */
export const story: readonly StoryAct[] = [
  signed('submit', 'seller.desk'),
  signed('clear-hit', 'compliance.second'),
  signed('recheck-stock', 'seller.stock'),
  signed('register', 'us.commerce'),
  recorded('refer'),
  signed('recommend', 'us.state'),
  signed('recommend', 'us.energy'),
  signed('recommend', 'us.defense'),
  signed('decide-appeal', 'us.oc-chair'),
  signed('decide-appeal', 'us.acep'),
  signed('decide-appeal', 'us.earb'),
  signed('presidential-decision', 'us.president'),
  signed('apply-purchase', 'buyer'),
  signed('approve-purchase', 'cn.mofcom'),
  signed('deny-purchase', 'cn.miit'),
  signed('release-entry', 'us.cbp'),
  signed('pass-inspection', 'test.lab'),
  signed('settle-step', 'seller.desk'),
  signed('release', 'cn.gacc'),
  signed('confirm-delivery', 'carrier'),
  signed('hold', 'policy.admin'),
];

/** The same with a policy board that acts before everybody else. */
export const storyAfterHold: readonly StoryAct[] = story.toSorted((one, other) => Number(other.act === 'hold') - Number(one.act === 'hold'));

/** The same where no disagreement climbs the ladder and nothing enters the United States: few enough places to walk each life by itself. */
export const shortStory: readonly StoryAct[] = story.filter(({ act }) => act !== 'decide-appeal' && act !== 'release-entry');

/** And with one office speaking for China: one place a side. */
export const storyOfSides: readonly StoryAct[] = shortStory.filter(({ by }) => by !== 'cn.miit' && by !== 'cn.gacc');

const placesOf = ({ by, confirmedBy }: StoryAct): readonly Place[] => (confirmedBy ? [by, confirmedBy] : [by]);
/** The places of a story, as they come to act. */
export const placesIn = (acts: readonly StoryAct[]): readonly Place[] => [...new Set(acts.flatMap(placesOf))];
