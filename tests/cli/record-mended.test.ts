import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { plan } from '../../domain/plan.ts';
import { sendPolicyChange } from '../../engine/acts.ts';
import { workflowTasks } from '../../engine/history.ts';
import { resetTo } from '../../engine/repair.ts';
import { plantFault } from '../../ledger/simulation.ts';
import { chainOf } from '../../record/chain.ts';
import { exportRecord, recordText } from '../../record/export.ts';
import { verifyRecord } from '../../record/verify.ts';
import { jwkOf } from '../../trust/public-key.ts';
import { signerWith } from '../../trust/throw-away.ts';
import { verifyRecord as verifyAlone } from '../../verifier/verify-record.mjs';
import { orderWorkflowId, retellSignal } from '../../workflows/messages.ts';
import { openedSignedDesk } from '../support/signed-desk.ts';
import { day } from '../support/orders.ts';

const house = openedSignedDesk();

/** Expects that both verifiers find the record of an order proven as it stands now. */
async function expectProven(order: string): Promise<void> {
  const { order: state, events, envelopes } = await house.desk.record(order);
  const person = house.company.keyring.people.find(({ role }) => role === 'seller.desk');
  if (!person) throw new Error('the company has no desk');
  const vouching = { signer: signerWith(person), keyring: house.company.keyring.jws, root: jwkOf(house.company.keyring.root.publicKey) };
  const head = { exportedAt: Date.now(), state: plan(state).closed ? 'closed' : 'open' } as const;
  const text = recordText(await exportRecord(chainOf(state, events, envelopes), head, vouching));
  const root = house.company.keyring.root.keyId;
  expect(await verifyRecord(text, { root })).toMatchObject({ verdict: 'proven', acts: { kind: 'signed' } });
  expect(verifyAlone(text, root)).toMatchObject({ verdict: 'proven', count: events.length });
}

describe('the record of a signed order is proven by both verifiers', () => {
  it('where it was reset and told its past again, and where it could not be told all of it', async () => {
    const order = await house.desk.referred();
    await house.desk.licensed(order);
    const workflowId = orderWorkflowId(order);
    const { runId } = await house.desk.client.workflow.getHandle(workflowId).describe();
    const history = await house.desk.client.workflow.getHandle(workflowId, runId).fetchHistory();
    const early = workflowTasks(history).filter((task) => task.completed)[3];
    const completedId = early?.completed?.eventId;
    if (!early || !completedId) throw new Error('the order has had too few workflow tasks');
    await resetTo(house.desk.client, { workflowId, runId }, history, { startedId: early.startedId, completedId });
    await house.desk.quiet(order);
    await expectProven(order);
    await house.desk.client.workflow
      .getHandle(workflowId)
      .signal(retellSignal, [{ at: Date.now(), after: [], type: 'signed-act', name: 'cancel', envelope: {} }]);
    await house.desk.quiet(order);
    expect((await house.desk.record(order)).events.map(({ type }) => type)).toContain('not-retold');
    await expectProven(order);
    await house.desk.act(order, 'buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
    await house.desk.act(order, 'cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1' });
    await house.desk.quiet(order);
    await house.desk.delivered(order);
    await expectProven(order);
  });

  it('where it was held over the deadline, and agencies were silent', async () => {
    const order = await house.desk.referred();
    await house.desk.skip(order, 10 * day);
    for (const [effect, epoch] of [
      ['hold', 1],
      ['lift', 2],
    ] as const) {
      const signed = await house.desk.sign(order, {
        act: effect,
        role: 'policy.admin',
        fields: { hold: 'P-1', reason: 'review' },
        nonce: `${effect}-of-P-1`,
        epoch,
      });
      await sendPolicyChange(house.desk.client, order, signed);
      await house.desk.skip(order, 12 * day);
    }
    await house.desk.skip(order, 12 * day);
    expect((await house.desk.record(order)).events.filter(({ type }) => type === 'agency-deemed')).toHaveLength(3);
    await expectProven(order);
  });

  it('where steps failed, and were tried again and settled by two people', async () => {
    const id = `T-${randomUUID().slice(0, 8)}`;
    await plantFault(house.desk.database, { step: 'file-application', orderId: id, fault: 'rejected', times: 2 });
    const order = await house.desk.submit({ id });
    await house.desk.act(order, 'seller.desk', 'retry-step', { step: 'file-application' });
    await house.desk.quiet(order);
    await house.desk.act(order, 'seller.desk', 'settle-step', { step: 'file-application', outcome: 'done', evidence: 'SNAP-R receipt 4711' });
    expect((await house.desk.record(order)).events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['step-retried', 'step-settled', 'application-filed']),
    );
    await expectProven(order);
    await house.desk.act(order, 'seller.desk', 'cancel', { reason: 'the customer withdrew' });
    await house.desk.quiet(order);
    await expectProven(order);
  });
});
