import type { Signed } from '../../domain/signing/signed.ts';
import { bitOf, codeOf, signatory, signed } from './judge.ts';
import { sideNumber } from './sides-by-hand.ts';
import type { SignatureOf } from './statement.ts';
import { type Place, roleIn, type StoryAct } from './story.ts';

/** An act by certain people: as the rule is asked about it, and as its statement looks at it. */
export interface Acted {
  readonly signed: Signed;
  readonly first: SignatureOf;
  readonly second: SignatureOf | undefined;
}

/** An act by whoever is in its places, people by number. */
export function actedBy({ by, confirmedBy, isRecorded }: Omit<StoryAct, 'act'>, personIn: (place: Place) => number): Acted {
  const hand = (place: Place) => signatory(roleIn(place), codeOf(personIn(place)));
  const behind = (place: Place): SignatureOf => ({ side: sideNumber(roleIn(place)), people: bitOf(personIn(place)) });
  return { signed: signed(hand(by), confirmedBy && hand(confirmedBy), isRecorded), first: behind(by), second: confirmedBy && behind(confirmedBy) };
}
