import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
import { Desk } from '../support/desk.ts';
import { day } from '../support/orders.ts';
import { SignedCompany } from '../support/signed-company.ts';

let company: SignedCompany;
let desk: Desk;
beforeAll(async () => {
  company = await SignedCompany.found();
  desk = await Desk.open({ worker: true, company });
});
afterAll(async () => {
  await desk.close();
  company.close();
});

/** Expects that both verifiers find the record of an order proven as it stands now. */
async function expectProven(order: string): Promise<void> {
  const { order: state, events, envelopes } = await desk.record(order);
  const person = company.keyring.people.find(({ role }) => role === 'seller.desk');
  if (!person) throw new Error('the company has no desk');
  const vouching = { signer: signerWith(person), keyring: company.keyring.jws, root: jwkOf(company.keyring.root.publicKey) };
  const head = { exportedAt: Date.now(), state: plan(state).closed ? 'closed' : 'open' } as const;
  const text = recordText(await exportRecord(chainOf(state, events, envelopes), head, vouching));
  const root = company.keyring.root.keyId;
  expect(await verifyRecord(text, { root })).toMatchObject({ verdict: 'proven', acts: { kind: 'signed' } });
  expect(verifyAlone(text, root)).toMatchObject({ verdict: 'proven', count: events.length });
}

describe('the record of a signed order is proven by both verifiers', () => {
  it('where it was reset and told its past again, and where it could not be told all of it', async () => {
    const order = await desk.referred();
    await desk.licensed(order);
    const workflowId = orderWorkflowId(order);
    const { runId } = await desk.client.workflow.getHandle(workflowId).describe();
    const history = await desk.client.workflow.getHandle(workflowId, runId).fetchHistory();
    const early = workflowTasks(history).filter((task) => task.completed)[3];
    const completedId = early?.completed?.eventId;
    if (!early || !completedId) throw new Error('the order has had too few workflow tasks');
    await resetTo(desk.client, { workflowId, runId }, history, { startedId: early.startedId, completedId });
    await desk.quiet(order);
    await expectProven(order);
    await desk.client.workflow.getHandle(workflowId).signal(retellSignal, [{ at: Date.now(), after: [], type: 'signed-act', name: 'cancel', envelope: {} }]);
    await desk.quiet(order);
    expect((await desk.record(order)).events.map(({ type }) => type)).toContain('not-retold');
    await expectProven(order);
    await desk.act(order, 'buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
    await desk.act(order, 'cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1' });
    await desk.quiet(order);
    await desk.delivered(order);
    await expectProven(order);
  });

  it('where it was held over the deadline, and agencies were silent', async () => {
    const order = await desk.referred();
    await desk.skip(order, 10 * day);
    for (const [effect, epoch] of [
      ['hold', 1],
      ['lift', 2],
    ] as const) {
      const signed = await desk.sign(order, { act: effect, role: 'policy.admin', fields: { hold: 'P-1', reason: 'review' }, nonce: `${effect}-of-P-1`, epoch });
      await sendPolicyChange(desk.client, order, signed);
      await desk.skip(order, 12 * day);
    }
    await desk.skip(order, 12 * day);
    expect((await desk.record(order)).events.filter(({ type }) => type === 'agency-deemed')).toHaveLength(3);
    await expectProven(order);
  });

  it('where steps failed, and were tried again and settled by two people', async () => {
    const id = `T-${randomUUID().slice(0, 8)}`;
    await plantFault(desk.database, { step: 'file-application', orderId: id, fault: 'rejected', times: 2 });
    const order = await desk.submit({ id });
    await desk.act(order, 'seller.desk', 'retry-step', { step: 'file-application' });
    await desk.quiet(order);
    await desk.act(order, 'seller.desk', 'settle-step', { step: 'file-application', outcome: 'done', evidence: 'SNAP-R receipt 4711' });
    expect((await desk.record(order)).events.map(({ type }) => type)).toEqual(expect.arrayContaining(['step-retried', 'step-settled', 'application-filed']));
    await expectProven(order);
    await desk.act(order, 'seller.desk', 'cancel', { reason: 'the customer withdrew' });
    await desk.quiet(order);
    await expectProven(order);
  });
});
