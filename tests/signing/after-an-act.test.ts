import { describe, expect, it } from 'vitest';
import type { Agency } from '../../domain/roles.ts';
import type { Envelope } from '../../domain/signing/envelope.ts';
import { evolve, take } from '../../domain/order.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { readSignedAct } from '../../domain/signing/signed-act.ts';
import { nodePrimitives } from '../../trust/primitives.ts';
import { Forge } from './bad/forge.ts';
import { verdictOf } from './bad-envelopes.ts';
import { holderOf, makeCast } from './cast.ts';
import { playScene } from './play-scene.ts';
import type { Setting } from './scene.ts';

const now = Date.parse('2026-01-21T15:00:00Z');
const setting = await playScene(await makeCast(now), now);
const forge = new Forge(setting);
const isTaken = (envelope: Envelope, order = setting): string => verdictOf(order, { update: 'recommend', envelope }, nodePrimitives);

/** What an agency says by its own person, or by somebody whom that person lets act. */
function positionOf(agency: Agency, deputy = holderOf(agency)): Envelope {
  const giver = forge.who(holderOf(agency), agency);
  const delegations = [forge.delegation({ to: deputy }, giver)];
  const signer = deputy === 'stand-in' ? forge.who(deputy) : forge.setting.cast.members.find(({ holder }) => holder === deputy);
  if (!signer) throw new Error(`nobody is called ${deputy}`);
  return forge.envelope(
    forge.claims('recommend', agency, { position: 'no-objection' }, { signer: deputy, ...(signer.entry.role !== agency && { delegations }) }),
    signer,
  );
}

/** The setting once an envelope has been taken. */
function after(envelope: Envelope): Setting {
  const { bound, cast } = setting;
  const act = readSignedAct('recommend', envelope, bound, { keyring: cast.keyring, at: now, primitives: nodePrimitives });
  const answer = isRefusal(act) ? act : take(bound.order, { type: 'act', act }, now);
  if (isRefusal(answer)) throw new Error(answer.message);
  expect(answer.events.reduce(evolve, bound.order)).toEqual(answer.order);
  return { ...setting, bound: { ...bound, order: answer.order } };
}

describe('once somebody has acted for a side', () => {
  const forEnergy = (): Envelope => positionOf('us.energy', 'us-state');

  it('they act for no other, in nobody else’s place either', () => {
    expect(isTaken(forEnergy())).toBe('taken');
    expect(isTaken(forEnergy(), after(positionOf('us.state')))).toBe('duty-conflict');
    expect(isTaken(positionOf('us.state'), after(forEnergy()))).toBe('duty-conflict');
  });

  it('nor does whoever sent them', () => {
    const sent = after(positionOf('us.state', 'stand-in'));
    expect(isTaken(forEnergy(), sent)).toBe('duty-conflict');
    expect(isTaken(positionOf('us.defense', 'stand-in'), sent)).toBe('duty-conflict');
    expect(isTaken(positionOf('us.state', 'stand-in'), sent)).toBe('taken');
  });

  it('what they signed is not taken again', () => {
    const position = positionOf('us.state');
    expect(isTaken(position, after(position))).toBe('already-taken');
    expect(isTaken(positionOf('us.state'), after(position))).toBe('taken');
  });
});
