import { dayZero } from '../support/orders.ts';
import type { Command } from '../../domain/order.ts';
import type { Fault } from './invariants.ts';

/** A command at a moment (epoch milliseconds). */
export interface Turn {
  readonly command: Command;
  readonly at: number;
}

function sentence(command: Command): string {
  switch (command.type) {
    case 'act': {
      const { name, id: _id, by, ...fields } = command.act;
      return `${by} does ${name} ${JSON.stringify(fields)}`;
    }
    case 'step-started':
      return `${command.step} is started`;
    case 'step-done':
      return `${command.report.step} answers ${JSON.stringify(command.report.result)} to wish ${command.report.wish}`;
    case 'step-failed':
      return `${command.step} fails at wish ${command.wish}`;
    case 'policy-changed':
      return `policy ${command.change.effect} ${command.change.id} under epoch ${command.change.epoch}`;
    case 'deadline-reached':
      return 'time passes';
    case 'stock-freed':
      return `stock has come free for ${command.key}`;
    case 'submitted':
    case 'not-retold':
      return command.type;
  }
}

/** What happened, a line a command, with the milliseconds since the first day. */
const told = (turns: readonly Turn[]): string => turns.map(({ command, at }, index) => `${index + 1}. +${at - dayZero} ms: ${sentence(command)}`).join('\n');

/** An invariant that was found broken, with the story that breaks it. */
export class Broken extends Error {
  readonly fault: Fault;
  readonly turns: readonly Turn[];

  constructor(fault: Fault, turns: readonly Turn[]) {
    super(`invariant ${fault.invariant.number}, ${fault.invariant.name}: ${fault.why}\n${told(turns)}`);
    this.fault = fault;
    this.turns = turns;
  }
}
