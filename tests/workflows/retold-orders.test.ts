import { describe, expect, it } from 'vitest';
import type { Retold } from '../../domain/retold.ts';
import { workflowTasks } from '../../engine/history.ts';
import { resetTo } from '../../engine/repair.ts';
import { orderWorkflowId, retellSignal } from '../../workflows/messages.ts';
import { openedSignedDesk } from '../support/signed-desk.ts';

const house = openedSignedDesk();

/** The facts that people brought about, with who stands behind each. */
const signedFacts = async (order: string) =>
  (await house.desk.record(order)).events.flatMap(({ type, at, act, signed }) => (act ? [{ type, at, act, signed }] : []));

async function retell(order: string, entries: readonly Retold[]): Promise<readonly unknown[]> {
  await house.desk.client.workflow.getHandle(orderWorkflowId(order)).signal(retellSignal, entries);
  await house.desk.quiet(order);
  return (await house.desk.record(order)).events.filter(({ type }) => type === 'not-retold');
}

describe('an order of signed acts that is reset', () => {
  it('is told its past again by the envelopes of then: nobody signs anew, and nothing reads differently', async () => {
    const order = await house.desk.referred();
    await house.desk.licensed(order);
    const before = await signedFacts(order);
    const workflowId = orderWorkflowId(order);
    const { runId } = await house.desk.client.workflow.getHandle(workflowId).describe();
    const history = await house.desk.client.workflow.getHandle(workflowId, runId).fetchHistory();
    const registered = workflowTasks(history).filter((task) => task.completed)[3];
    const completedId = registered?.completed?.eventId;
    if (!registered || !completedId) throw new Error('the order has had too few workflow tasks');
    expect(await resetTo(house.desk.client, { workflowId, runId }, history, { startedId: registered.startedId, completedId })).toBeGreaterThanOrEqual(4);
    await house.desk.quiet(order);
    expect(await signedFacts(order)).toEqual(before);
    await house.desk.act(order, 'buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
    await house.desk.act(order, 'cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1' });
    await house.desk.quiet(order);
    await house.desk.delivered(order);
  });

  it('takes nothing for its past that nobody signed, or that was signed for another order', async () => {
    const [order, other] = [await house.desk.submit(), await house.desk.submit()];
    const at = Date.now();
    const elsewhere = await house.desk.sign(other, { act: 'register', role: 'us.commerce', fields: { applicationNumber: 'Z1' }, nonce: 'elsewhere' });
    const plain = { name: 'register', id: 'plain-act', by: 'us.commerce', applicationNumber: 'Z1' } as const;
    expect(
      await retell(order, [
        { at, after: [], type: 'act', act: plain },
        { at, after: [], type: 'signed-act', name: 'register', envelope: elsewhere },
        { at, after: [], type: 'signed-act', name: 'register', envelope: { ...elsewhere, signatures: [] } },
      ]),
    ).toMatchObject([{ code: 'signature-missing' }, { code: 'wrong-order' }, { code: 'envelope-malformed' }]);
    expect((await house.desk.quiet(order)).waitingOn).toEqual(['us.commerce']);
  });

  it('does not believe that time has passed which has not: no agency is deemed silent by it', async () => {
    const order = await house.desk.referred();
    const inAYear = Date.now() + 365 * 86_400_000;
    await retell(order, [{ at: inAYear, after: [], type: 'signed-act', name: 'cancel', envelope: {} }]);
    expect((await house.desk.record(order)).events.map(({ type }) => type)).not.toContain('agency-deemed');
    expect((await house.desk.quiet(order)).waitingOn).toEqual(['us.state', 'us.energy', 'us.defense']);
  });
});
