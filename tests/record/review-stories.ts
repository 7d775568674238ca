import type { RecordFile } from '../../record/format.ts';
import { declined, finalByTime, nobodyAppeals, papers } from './decision-stories.ts';
import { conditions, corrected, covered, freeGoods, mended, notShown, oneText, refusedAtTheDoor } from './license-stories.ts';
import type { Signers, SignedStory } from './signed-story.ts';
import { inWaves, replaced, sentBack, withPapers } from './wave-stories.ts';

/** An honest order of signed acts, told to where it goes a way of its own. */
interface ReviewStory {
  readonly what: string;
  readonly tell: (signers: Signers) => Promise<SignedStory>;
}

/** Together they do every act that there is, and come by every fact but those of orders that are told anew. */
export const reviewStories: readonly ReviewStory[] = [
  { what: 'is vetted, ruled upon, certified, rejected, withdrawn, returned, parked and cancelled', tell: papers },
  { what: 'is declined with its customer', tell: declined },
  { what: 'goes up the whole ladder and is delivered under conditions', tell: conditions },
  { what: 'is licensed for a part, under one text of contradicting conditions', tell: oneText },
  { what: 'is denied by time, after a notice that was given up once, and appealed', tell: finalByTime },
  { what: 'is denied as the chair decided, late, and appealed by nobody, neither then nor later', tell: nobodyAppeals },
  { what: 'has a license, a purchase approval and a word of the President corrected', tell: corrected },
  { what: 'is licensed while nothing of the agencies is shown', tell: notShown },
  { what: 'is covered by a license of another order that is revoked, and files its own', tell: covered },
  { what: 'needs no license', tell: freeGoods },
  { what: 'waits for stock, mends its filing and is denied by China', tell: mended },
  { what: 'meets a hit before its goods leave', tell: refusedAtTheDoor },
  { what: 'leaves in waves, of which one arrives and one is called back, and is closed short', tell: inWaves },
  { what: 'is refused by customs and comes back whole', tell: sentBack },
  { what: 'has units replaced that failed, and is shortened by those that stock has no others for', tell: replaced },
  { what: 'enters the United States, leaves with its papers and is looked at where it arrives', tell: withPapers },
];

/** The records of these orders, by what is told of each. */
export async function recordsOf(signers: Signers): Promise<ReadonlyMap<string, RecordFile>> {
  const records = new Map<string, RecordFile>();
  for (const { what, tell } of reviewStories) records.set(what, await (await tell(signers)).record());
  return records;
}
