import type { Engine } from '../engine/connect.ts';
import { messageOf } from '../engine/errors.ts';
import { findHome } from '../engine/home.ts';
import { listOrders, openAnd } from '../engine/orders.ts';
import { tellKeyring, trustOf } from '../engine/signed-acts.ts';
import { readKeyStore, type KeyStore } from '../trust/key-store.ts';
import { withEngine } from './desk.ts';
import type { Output } from './output.ts';

/** What an order of signed acts made of a keyring. */
export interface Heard {
  readonly order: string;
  /** `known`: it had been told before. `another-root`: its signatures are judged under another root key. `closed`: it has ended meanwhile. */
  readonly answer: 'told' | 'known' | 'another-root' | 'closed';
}

/** So many orders are told at a time. */
const atOnce = 10;

/** Tells every open order of signed acts of this home's keyring. Safe to repeat: an order that was told before is left alone. */
export async function announce({ client }: Engine, { root, keyringJws }: KeyStore, onTold: (count: number, of: number) => void): Promise<Heard[]> {
  const orders = (await listOrders(client, openAnd("OrderStage != 'closed'"))).map(({ order }) => order);
  const tell = async (order: string): Promise<Heard[]> => {
    const found = await trustOf(client, order);
    // Gone meanwhile, or an order of plain acts.
    if ('refused' in found || !found.trust) return [];
    if (found.trust.root !== root.x) return [{ order, answer: 'another-root' }];
    const told = await tellKeyring(client, order, keyringJws);
    return [{ order, answer: typeof told === 'string' ? told : 'closed' }];
  };
  const heard: Heard[] = [];
  for (let index = 0; index < orders.length; index += atOnce) {
    heard.push(...(await Promise.all(orders.slice(index, index + atOnce).map(tell))).flat());
    onTold(Math.min(index + atOnce, orders.length), orders.length);
  }
  return heard;
}

/** What became of telling orders unasked: how many were told, or why they could not be. */
export type Announced = { readonly told: number } | { readonly failed: string };

/**
 * Tells the orders of a keyring that was just changed: a revocation counts for an order from then on. The change stands, whatever comes of it.
 */
export async function announceUnasked(): Promise<Announced> {
  try {
    const store = await readKeyStore(findHome());
    const heard = await withEngine((engine) => announce(engine, store, () => undefined));
    return { told: heard.filter(({ answer }) => answer === 'told').length };
  } catch (error) {
    return { failed: messageOf(error) };
  }
}

/** `twokey keys announce`. */
export async function announceKeyring(out: Output): Promise<void> {
  const store = await readKeyStore(findHome());
  const { sequence } = store.keyring;
  const isShown = !out.json && process.stderr.isTTY;
  const heard = await withEngine((engine) =>
    announce(engine, store, (count, of) => {
      if (isShown) process.stderr.write(`\r${count} of ${of} open orders${count === of ? '\n' : ''}`);
    }),
  );
  out.result({ root: store.rootId, sequence, orders: heard });
  out.say(
    ...heard.map(({ order, answer }) => `${order}  ${sentences[answer]}`),
    heard.length === 0 ? 'no open order takes signed acts' : `keyring ${sequence}`,
  );
}

const sentences: Readonly<Record<Heard['answer'], string>> = {
  told: 'was told of this keyring',
  known: 'had been told of it before',
  'another-root': 'is judged under another root key, and was not told',
  closed: 'has ended meanwhile',
};
