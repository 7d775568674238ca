import type { Command } from '../../domain/order.ts';
import type { Seen } from './core.ts';

/** Whether people are told of this command as a way on: an act they are asked for, a step that is wanted or its answer, the deadline shown, the lifting of a hold. */
export function isAskedFor({ plan, notes }: Seen, command: Command): boolean {
  switch (command.type) {
    case 'act': {
      const { by, name } = command.act;
      return plan.asks.some((ask) => ask.role === by && ask.acts.includes(name));
    }
    case 'step-started':
      return plan.run.some((call) => call.step === command.step);
    case 'step-done':
      return notes.calls[command.report.step]?.state === 'running';
    case 'step-failed':
      return false;
    case 'policy-changed':
      return command.change.effect === 'lift' && notes.holds.includes(command.change.id);
    case 'deadline-reached':
      return plan.deadline !== undefined;
    // The ledger's word, which nobody is told to wait for.
    case 'stock-freed':
    case 'submitted':
    case 'not-retold':
      return false;
  }
}
