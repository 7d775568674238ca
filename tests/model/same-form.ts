import { isRefusal } from '../../domain/refusal.ts';
import type { Bounds } from './bounds.ts';
import { type Candidate, commandsAt } from './commands.ts';
import { type Core, judge, type Seen } from './core.ts';
import type { Collision } from './explore.ts';
import { formOf } from './form.ts';

/** What came of a command, without what a form leaves out. */
function answerOf(core: Core, seen: Seen, { command, at }: Candidate): string {
  const { answer, events, after } = judge(core, seen, command, at);
  return isRefusal(answer) ? answer.refused : `${events.map((event) => event.type).join()} ${formOf(after)}`;
}

/** By what two orders of the same form can be told apart: a command that one of them answers otherwise; undefined where there is none. */
export function toldApart(core: Core, { first, again }: Collision, bounds: Bounds): string | undefined {
  const [here, there] = [commandsAt(first, bounds), commandsAt(again, bounds)];
  if (here.length !== there.length) return `${here.length} commands may come to the one, ${there.length} to the other`;
  for (const [index, one] of here.entries()) {
    const other = there[index];
    if (!other || one.column !== other.column) return `${one.column} may come to the one, ${other?.column} to the other`;
    const [mine, theirs] = [answerOf(core, first, one), answerOf(core, again, other)];
    if (mine !== theirs) return `${one.column} leads to ${mine} and to ${theirs}`;
  }
  return undefined;
}
