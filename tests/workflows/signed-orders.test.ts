import { describe, expect, it } from 'vitest';
import { sendKeyring, sendPolicyChange, type SentAct } from '../../engine/acts.ts';
import { orderTime } from '../../engine/time.ts';
import { signAct } from '../../trust/sign-act.ts';
import { orderWorkflowId } from '../../workflows/messages.ts';
import { openedSignedDesk } from '../support/signed-desk.ts';
import { SignedCompany } from '../support/signed-company.ts';

const house = openedSignedDesk();

const evidence = { document: 'ab'.repeat(32), issuerNumber: 'BIS-17', decidedAt: Date.parse('2026-01-20T00:00:00Z') };

describe('an order of signed acts', () => {
  it('is delivered on the signatures of everybody, and tells who stands behind each fact', async () => {
    const order = await house.desk.referred();
    await house.desk.bothKeys(order);
    await house.desk.delivered(order);
    expect(await house.desk.client.workflow.getHandle(orderWorkflowId(order)).result()).toMatchObject({ outcome: 'delivered' });
    const { events, envelopes } = await house.desk.record(order);
    const told = Object.fromEntries(events.flatMap(({ type, signed }) => (signed ? [[type, signed.by.person]] : [])));
    expect(told).toMatchObject({
      'order-submitted': 'demo.seller-desk',
      'license-issued': 'demo.us-commerce',
      'purchase-approved': 'demo.cn-mofcom',
      'delivery-confirmed': 'demo.carrier',
    });
    expect(events.filter((event) => event.act && !envelopes.has(event))).toEqual([]);
  });

  it('takes no plain act, and no cancellation from the Temporal UI', async () => {
    const order = await house.desk.submit();
    expect(await house.desk.refusal(order, 'seller.desk', 'cancel', { reason: 'no signature' })).toBe('signature-missing');
    await house.desk.client.workflow.getHandle(orderWorkflowId(order)).cancel();
    expect((await house.desk.quiet(order)).outcome).toBeNull();
  });

  it('takes an act once, also under another signature, and leaves no trace of the second', async () => {
    const order = await house.desk.submit();
    const act = { act: 'register', role: 'us.commerce', fields: { applicationNumber: 'Z1' }, nonce: 'registration-1' } as const;
    await house.desk.act(order, act.role, act.act, act.fields, act.nonce);
    const [again, history] = [await house.desk.sign(order, act), await house.desk.written(order)];
    expect(await house.desk.act(order, act.role, act.act, act.fields, act.nonce)).toMatchObject({ events: [] });
    await expect(
      house.desk.client.workflow.getHandle(orderWorkflowId(order)).executeUpdate('register', { args: [again], updateId: 'somebody-else' }),
    ).rejects.toMatchObject({ cause: { type: 'already-taken' } });
    expect(await house.desk.written(order)).toEqual(history);
  });

  it('records what an authority did on evidence that a second person confirms, and tells it apart', async () => {
    const order = await house.desk.submit();
    const message = await house.desk.sign(order, {
      act: 'register',
      role: 'us.commerce',
      fields: { applicationNumber: 'Z2' },
      nonce: 'registration-2',
      evidence,
    });
    await house.desk.send(order, { name: 'register', id: 'registration-2', message });
    const registered = (await house.desk.record(order)).events.find(({ type }) => type === 'application-registered');
    expect(registered).toMatchObject({
      by: 'us.commerce',
      signed: { kind: 'recorded', evidence, by: { person: 'demo.seller-desk' }, confirmedBy: { person: 'demo.compliance-second' } },
    });
  });

  it('is held by a change that two of the policy board signed, and by no other', async () => {
    const order = await house.desk.submit();
    await sendPolicyChange(house.desk.client, order, { id: 'P-1', effect: 'hold', epoch: 1, reason: 'plain' });
    expect((await house.desk.quiet(order)).held).toBe(false);
    const hold = await house.desk.sign(order, { act: 'hold', role: 'policy.admin', fields: { hold: 'P-2', reason: 'review' }, nonce: 'hold-P-2', epoch: 1 });
    await sendPolicyChange(house.desk.client, order, { ...hold, signatures: hold.signatures.slice(0, 1) });
    expect((await house.desk.quiet(order)).held).toBe(false);
    await sendPolicyChange(house.desk.client, order, hold);
    expect((await house.desk.quiet(order)).held).toBe(true);
  });

  it('takes a new key from the day on that a newer keyring names it, and no keyring of another root', async () => {
    const order = await house.desk.submit();
    const newcomer = await house.company.withNewcomer('us.commerce', 'second.officer');
    const sent = async (nonce: string): Promise<SentAct> => {
      const at = await orderTime(house.desk.client, orderWorkflowId(order));
      const { order: known } = await house.desk.record(order);
      const intended = { act: 'register', role: 'us.commerce', fields: { applicationNumber: 'Z3' }, nonce, at, lifetimeMs: 60_000 } as const;
      return { name: 'register', id: nonce, message: await signAct(known, intended, [newcomer.signer]) };
    };
    expect(await house.desk.refusalOf(order, await sent('by-newcomer-1'))).toBe('key-unknown');
    const stranger = await SignedCompany.found();
    await sendKeyring(house.desk.client, order, (await stranger.withNewcomer('us.commerce', 'second.officer')).keyringJws);
    stranger.close();
    expect(await house.desk.refusalOf(order, await sent('by-newcomer-2'))).toBe('key-unknown');
    await sendKeyring(house.desk.client, order, newcomer.keyringJws);
    expect(await house.desk.send(order, await sent('by-newcomer-3'))).toMatchObject({ events: [{ signed: { by: { person: 'second.officer' } } }] });
  });
});
