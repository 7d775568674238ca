import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scenario } from '../../edge/scenario-file.ts';
import { tellStory } from '../../engine/story.ts';
import { receiveLot } from '../../ledger/stock.ts';
import { Desk } from '../support/desk.ts';
import { day, dayZero, policy, terms } from '../support/orders.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
  await receiveLot(desk.database, { id: `lot-of-stories-${process.pid}`, product: 'H200', units: 12_000 });
});
afterAll(() => desk.close());

const act = (order: string, days: number, by: string, name: string, fields: Record<string, unknown> = {}) => ({
  at: dayZero + days * day,
  order,
  by,
  act: name,
  fields,
});

/** An order that is registered, referred, left without an answer by all agencies, and denied by Commerce. */
const denied = (order: string, changes: Partial<Scenario> = {}): Scenario => ({
  title: 'Commerce denies',
  start: dayZero,
  policy: '2025-12-announcement',
  stock: [],
  orders: [{ terms: terms({ id: order }), policy: undefined }],
  steps: [
    act(order, 0, 'us.commerce', 'register', { applicationNumber: 'Z1' }),
    act(order, 0, 'us.commerce', 'refer'),
    act(order, 31, 'us.commerce', 'deny', { basis: '15 CFR 742.6(b)' }),
  ],
  expect: [{ order, outcome: 'denied-by-us', levyMinor: 0 }],
  ...changes,
});

describe('a story told on a real engine', () => {
  it('says on which day of it what happened, and that it ended as told', async () => {
    const order = `story-${process.pid}-1`;
    const lines: string[] = [];
    const endings = await tellStory(desk.engine, desk.database, denied(order), policy(), (line) => lines.push(`${line.day} ${line.text.trim()}`));
    expect(endings).toEqual([{ order, stage: 'closed', outcome: 'denied-by-us', levyMinor: 0, differences: [] }]);
    expect(lines).toEqual(expect.arrayContaining(['0 us.commerce: refer', '31 -> us-review, waits on us.commerce', '31 us.commerce: deny']));
  });

  it('names each difference from what was expected', async () => {
    const order = `story-${process.pid}-2`;
    const told = denied(order, { expect: [{ order, outcome: 'delivered', levyMinor: 1 }] });
    const [ending] = await tellStory(desk.engine, desk.database, told, policy(), () => undefined);
    expect(ending?.differences).toEqual([`${order} outcome: expected delivered, was denied-by-us`, `${order} levyMinor: expected 1, was 0`]);
  });

  it('stops where an act is refused, and goes on from there when it is told again', async () => {
    const order = `story-${process.pid}-3`;
    const early = denied(order);
    const tooEarly = { ...early, steps: early.steps.map((step) => (step.act === 'deny' ? { ...step, at: dayZero + 3 * day } : step)) };
    await expect(tellStory(desk.engine, desk.database, tooEarly, policy(), () => undefined)).rejects.toThrow(/refused deny by us\.commerce \(review-open\)/);
    const lines: string[] = [];
    const [ending] = await tellStory(desk.engine, desk.database, early, policy(), (line) => lines.push(line.text.trim()));
    expect(ending).toMatchObject({ outcome: 'denied-by-us', differences: [] });
    expect(lines).not.toContain('us.commerce: register');
  });
});
