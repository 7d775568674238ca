import { isRefusal } from '../../domain/refusal.ts';
import type { Candidate } from './commands.ts';
import { type Core, judge, type Seen } from './core.ts';
import type { Collision } from './explore.ts';
import type { Course } from './course.ts';

/** What came of a command, without what a form leaves out. */
function answerOf(core: Core, course: Course, seen: Seen, { command, at }: Candidate): string {
  const { answer, events, after } = judge(core, seen, command, at);
  return isRefusal(answer) ? answer.refused : `${events.map((event) => event.type).join()} ${course.formOf(after)}`;
}

/** What came of each command; where agencies are alike, in an order that does not tell which of them it came from. */
function answersOf(core: Core, course: Course, seen: Seen): readonly { readonly column: string; readonly answer: string }[] {
  const all = course.commandsAt(seen).map((one) => ({ column: one.column, answer: answerOf(core, course, seen, one) }));
  const inWords = ({ column, answer }: (typeof all)[number]): string => `${column} ${answer}`;
  return course.agenciesAreAlike ? all.toSorted((a, b) => (inWords(a) < inWords(b) ? -1 : 1)) : all;
}

/** By what two orders of the same form can be told apart: a command that one of them answers otherwise; undefined where there is none. */
export function toldApart(core: Core, { first, again }: Collision, course: Course): string | undefined {
  const [here, there] = [answersOf(core, course, first), answersOf(core, course, again)];
  if (here.length !== there.length) return `${here.length} commands may come to the one, ${there.length} to the other`;
  for (const [index, one] of here.entries()) {
    const other = there[index];
    if (!other || one.column !== other.column) return `${one.column} may come to the one, ${other?.column} to the other`;
    if (one.answer !== other.answer) return `${one.column} leads to ${one.answer} and to ${other.answer}`;
  }
  return undefined;
}
