import { type Client, isGrpcServiceError } from '@temporalio/client';
import type { OrderTrust } from '../domain/signing/order-trust.ts';
import { type ActAnswer, keyringSignal, orderWorkflowId } from '../workflows/messages.ts';
import { type ActRefused, orderUnknown, sendAct, sendKeyring, type SentAct } from './acts.ts';
import { firstOf, type HistoryEvent, startInput } from './history.ts';

const notFound = 5;
/** What a newer keyring may help against. */
const keyFaults: ReadonlySet<string> = new Set(['key-unknown', 'key-not-yet', 'key-expired']);

/** By what an order judges signatures, as it was when its present run began: null where it takes plain acts. Or why that cannot be told. */
export async function trustOf(
  client: Client,
  orderId: string,
): Promise<{ readonly trust: Pick<OrderTrust, 'root'> | null } | { readonly refused: ActRefused }> {
  try {
    const { history } = await client.workflowService.getWorkflowExecutionHistory({
      namespace: client.options.namespace,
      execution: { workflowId: orderWorkflowId(orderId) },
      maximumPageSize: 1,
    });
    return { trust: begunWith(history?.events?.[0]) ?? null };
  } catch (error) {
    if (isGrpcServiceError(error) && Number(error.code) === notFound) return { refused: orderUnknown(orderId) };
    throw error;
  }
}

/** Tells an order of a keyring unless it was told of this very one before; answers which, or why nobody is there to tell. */
export async function tellKeyring(client: Client, orderId: string, jws: string): Promise<'told' | 'known' | ActRefused> {
  const { events } = await client.workflow.getHandle(orderWorkflowId(orderId)).fetchHistory();
  const isKnown = (events ?? []).some((event) => begunWith(event)?.keyring === jws || toldOf(event) === jws);
  return isKnown ? 'known' : ((await sendKeyring(client, orderId, jws)) ?? 'told');
}

/**
 * Sends a signed act as `sendAct` does. Where the order does not know the key, or not as this keyring does, it is told of the keyring and asked
 * once more.
 */
export async function sendSignedAct(
  client: Client,
  orderId: string,
  sent: SentAct,
  keyringJws: string | undefined,
): Promise<ActAnswer | { readonly refused: ActRefused }> {
  const answer = await sendAct(client, orderId, sent);
  if (!('refused' in answer) || !keyFaults.has(answer.refused.code) || keyringJws === undefined) return answer;
  return (await tellKeyring(client, orderId, keyringJws)) === 'told' ? await sendAct(client, orderId, sent) : answer;
}

/** The root key and keyring with which a run began, where this event is its beginning. */
const begunWith = (event: HistoryEvent | undefined): OrderTrust | undefined =>
  event?.workflowExecutionStartedEventAttributes ? startInput({ events: [event] }).trust : undefined;

/** The keyring of which an event tells, if it does. */
const toldOf = ({ workflowExecutionSignaledEventAttributes: signal }: HistoryEvent): unknown =>
  signal?.signalName === keyringSignal.name ? firstOf(signal.input) : undefined;
