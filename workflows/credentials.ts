import type { Act, ActName } from '../domain/acts.ts';
import type { OrderEvent } from '../domain/events.ts';
import type { Command } from '../domain/order.ts';
import { isPolicyChange, type PolicyChange } from '../domain/policy-change.ts';
import { readAct } from '../domain/read-act.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { Retold } from '../domain/retold.ts';
import type { Envelope } from '../domain/signing/envelope.ts';
import type { OrderTrust } from '../domain/signing/order-trust.ts';
import type { Signed } from '../domain/signing/signed.ts';
import type { Order } from '../domain/state.ts';

/** How an order believes what comes to it. Times are the order's own, in epoch milliseconds; a message is what an Update or Signal holds. */
export interface Credentials {
  readonly trust: OrderTrust | undefined;
  /** Who submitted the order; undefined where nobody signs. */
  submitter(at: number): Signed | Refusal | undefined;
  /** Who imported the order, `digest` being that of its past; undefined where nobody signs. */
  importer(digest: string, at: number): Signed | Refusal | undefined;
  /** The act in a message, everything about it checked: for validators. `id` names it where it has no name of its own. */
  judge(name: ActName, message: unknown, id: string, order: Order, at: number): Act | Refusal;
  /** The act in a message that a validator has taken. */
  read(name: ActName, message: unknown, id: string, order: Order, at: number): Act | Refusal;
  /** The change of policy in a message, everything about it checked. */
  judgeChange(message: unknown, order: Order, at: number): PolicyChange | Refusal;
  /** What a repaired order is told again, everything about it checked. */
  judgeRetold(entry: Retold, order: Order): Command | Refusal;
  adoptKeyring(message: unknown): Refusal | undefined;
  /** Keeps the message that brought events about where it will be asked for; answers its envelope, if it is one. */
  keep(message: unknown, events: readonly OrderEvent[]): Envelope | undefined;
}

/** An order without signatures: what is of its form is believed. */
export const plainCredentials: Credentials = {
  trust: undefined,
  submitter: () => undefined,
  importer: () => undefined,
  judge: (name, message, id) => readAct(name, message, id),
  read: (name, message, id) => readAct(name, message, id),
  judgeChange(message) {
    if (!isPolicyChange(message)) return refuse('invalid-act', 'a policy change that is none', 'an id, an effect, an epoch and a reason');
    const { id, effect, epoch, reason } = message;
    return { id, effect, epoch, reason };
  },
  judgeRetold: (entry) =>
    entry.type === 'act' || entry.type === 'policy-changed' || entry.type === 'stock-freed'
      ? entry
      : refuse('invalid-act', 'this order knows no signatures', 'the act as it was sent'),
  adoptKeyring: () => refuse('keyring-refused', 'this order knows no signatures', 'an order that was submitted with a keyring'),
  keep: () => undefined,
};
