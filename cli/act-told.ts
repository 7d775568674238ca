import type { ActRefused } from '../engine/acts.ts';
import type { ActAnswer } from '../workflows/messages.ts';
import { refused } from './failure.ts';
import { describe } from './narrate.ts';
import type { Output } from './output.ts';

/** Tells what an act led to and whom the order waits on now. Throws `CommandFailure` where it was refused. */
export function tellAnswer(name: string, id: string, answer: ActAnswer | { readonly refused: ActRefused }, out: Output): void {
  if ('refused' in answer) throw refused(answer.refused.code, answer.refused.message);
  out.result({ act: name, id, ...answer });
  out.say(
    ...(answer.events.length === 0
      ? [`${name} had been taken before under id ${id}; nothing changed`]
      : answer.events.flatMap((event) => describe(event) ?? [])),
    whereIs(answer),
  );
}

function whereIs({ order, stage, waitingOn }: ActAnswer): string {
  if (stage === 'closed') return `${order} is closed`;
  return `${order} is in ${stage}, ${waitingOn.length > 0 ? `waiting on ${waitingOn.join(', ')}` : 'and steps are in progress'}`;
}
