import { isRefusal, type RefusalCode } from '../../domain/refusal.ts';
import type { Column } from './commands.ts';
import type { Judged, Seen } from './core.ts';
import { rowOf } from './coarse.ts';
import { isAskedFor } from './asked.ts';

/** What came of a command: taken as asked for, taken unasked, taken without effect, or why it was refused. */
export type Came = 'asked' | 'taken' | 'no effect' | RefusalCode;

/** State x command, filled in while states are explored. */
export class Matrix {
  readonly rows = new Map<string, Map<Column, Set<Came>>>();

  /** Writes down what came of one command. */
  note(before: Seen, column: Column, { answer, command }: Pick<Judged, 'answer' | 'command'>): void {
    const name = rowOf(before);
    let row = this.rows.get(name);
    if (!row) this.rows.set(name, (row = new Map()));
    let cell = row.get(column);
    if (!cell) row.set(column, (cell = new Set()));
    if (isRefusal(answer)) cell.add(answer.refused);
    else cell.add(answer.length === 0 ? 'no effect' : isAskedFor(before, command) ? 'asked' : 'taken');
  }
}
