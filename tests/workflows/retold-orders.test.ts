import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Retold } from '../../domain/retold.ts';
import { workflowTasks } from '../../engine/history.ts';
import { resetTo } from '../../engine/repair.ts';
import { orderWorkflowId, retellSignal } from '../../workflows/messages.ts';
import { Desk } from '../support/desk.ts';
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

/** The facts that people brought about, with who stands behind each. */
const signedFacts = async (order: string) => (await desk.record(order)).events.flatMap(({ type, at, act, signed }) => (act ? [{ type, at, act, signed }] : []));

async function retell(order: string, entries: readonly Retold[]): Promise<readonly unknown[]> {
  await desk.client.workflow.getHandle(orderWorkflowId(order)).signal(retellSignal, entries);
  await desk.quiet(order);
  return (await desk.record(order)).events.filter(({ type }) => type === 'not-retold');
}

describe('an order of signed acts that is reset', () => {
  it('is told its past again by the envelopes of then: nobody signs anew, and nothing reads differently', async () => {
    const order = await desk.referred();
    await desk.licensed(order);
    const before = await signedFacts(order);
    const workflowId = orderWorkflowId(order);
    const { runId } = await desk.client.workflow.getHandle(workflowId).describe();
    const history = await desk.client.workflow.getHandle(workflowId, runId).fetchHistory();
    const registered = workflowTasks(history).filter((task) => task.completed)[3];
    const completedId = registered?.completed?.eventId;
    if (!registered || !completedId) throw new Error('the order has had too few workflow tasks');
    expect(await resetTo(desk.client, { workflowId, runId }, history, { startedId: registered.startedId, completedId })).toBeGreaterThanOrEqual(4);
    await desk.quiet(order);
    expect(await signedFacts(order)).toEqual(before);
    await desk.act(order, 'buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
    await desk.act(order, 'cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1' });
    await desk.quiet(order);
    await desk.delivered(order);
  });

  it('takes nothing for its past that nobody signed, or that was signed for another order', async () => {
    const [order, other] = [await desk.submit(), await desk.submit()];
    const at = Date.now();
    const elsewhere = await desk.sign(other, { act: 'register', role: 'us.commerce', fields: { applicationNumber: 'Z1' }, nonce: 'elsewhere' });
    const plain = { name: 'register', id: 'plain-act', by: 'us.commerce', applicationNumber: 'Z1' } as const;
    expect(
      await retell(order, [
        { at, after: [], type: 'act', act: plain },
        { at, after: [], type: 'signed-act', name: 'register', envelope: elsewhere },
        { at, after: [], type: 'signed-act', name: 'register', envelope: { ...elsewhere, signatures: [] } },
      ]),
    ).toMatchObject([{ code: 'signature-missing' }, { code: 'wrong-order' }, { code: 'envelope-malformed' }]);
    expect((await desk.quiet(order)).waitingOn).toEqual(['us.commerce']);
  });

  it('does not believe that time has passed which has not: no agency is deemed silent by it', async () => {
    const order = await desk.referred();
    const inAYear = Date.now() + 365 * 86_400_000;
    await retell(order, [{ at: inAYear, after: [], type: 'signed-act', name: 'cancel', envelope: {} }]);
    expect((await desk.record(order)).events.map(({ type }) => type)).not.toContain('agency-deemed');
    expect((await desk.quiet(order)).waitingOn).toEqual(['us.state', 'us.energy', 'us.defense']);
  });
});
