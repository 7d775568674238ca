import { describe, expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { readScenario } from '../../edge/scenario-file.ts';
import { faultOf, temporaryFolder } from './written.ts';

const folder = temporaryFolder();
const order = {
  id: 'A-1',
  customer: 'core-1',
  customerClass: 'core',
  product: 'H200',
  units: 10,
  unitPriceMinor: 100,
  currency: 'USD',
  endUse: 'civil-cloud',
};
const step = (changes: object = {}) => ({ at: '2025-12-23', order: 'A-1', by: 'us.commerce', act: 'register', applicationNumber: 'Z1', ...changes });
const story = (changes: object = {}) => ({
  scenario: 'a story',
  start: '2025-12-22',
  policy: '2025-12-announcement',
  stock: [{ lot: 'L1', product: 'H200', units: 10 }],
  orders: [order],
  steps: [step()],
  expect: [{ order: 'A-1', outcome: 'delivered', levyMinor: 250 }],
  ...changes,
});
const read = (changes: object = {}) => readScenario(folder.write('story.yaml', JSON.stringify(story(changes))));
const faultsOf = (changes: object) => faultOf(() => read(changes)).faults;

describe('a scenario file', () => {
  it('is read with its times on its own calendar and the fields of its acts', () => {
    expect(read()).toMatchObject({
      title: 'a story',
      start: Date.UTC(2025, 11, 22),
      steps: [{ at: Date.UTC(2025, 11, 23), order: 'A-1', by: 'us.commerce', act: 'register', fields: { applicationNumber: 'Z1' } }],
      orders: [{ terms: { id: 'A-1', reviews: 'in-sequence' } }],
    });
  });

  it('may tell moments of a day, several acts at one moment, and lots that open later', () => {
    const at = '2026-01-21T12:00:00Z';
    const told = read({ steps: [step({ at }), step({ at })], stock: [{ lot: 'L2', product: 'H20', units: 5, opens: '2026-04-01' }] });
    expect(told.steps.map((one) => one.at)).toEqual([Date.UTC(2026, 0, 21, 12), Date.UTC(2026, 0, 21, 12)]);
    expect(told.stock).toEqual([{ lot: 'L2', product: 'H20', units: 5, opens: Date.UTC(2026, 3, 1) }]);
  });

  it('that is released is read: the story of the article', () => {
    const file = fileURLToPath(new URL('../../scenarios/the-article.yaml', import.meta.url));
    expect(readScenario(file).orders.map((one) => one.terms.id)).toEqual(['A-1001', 'B-1002', 'F-1006']);
  });

  it.each([
    ['steps', { steps: [step(), step({ order: 'Z-9' })] }, 'steps[1].order'],
    ['expectations', { expect: [{ order: 'Z-9' }] }, 'expect[0].order'],
  ])('refuses %s that speak of an order it does not have, and tells those it has', (_what, changes, path) => {
    expect(faultsOf(changes)).toEqual([{ path, message: 'no order Z-9 in this scenario; there are A-1' }]);
  });

  it('refuses steps that go back in time, also behind its start', () => {
    expect(faultsOf({ steps: [step({ at: '2026-01-02' }), step({ at: '2026-01-01' })] })).toEqual([
      { path: 'steps[1].at', message: expect.stringContaining('earlier') },
    ]);
    expect(faultsOf({ steps: [step({ at: '2025-12-21T23:59:59Z' })] })).toEqual([{ path: 'steps[0].at', message: expect.stringContaining('earlier') }]);
  });

  it.each(['21.1.2026', '2026-13-01', '2026-02-30', '2026-01-21 12:00', 'tomorrow', 20260121, null, '2026-01-21T25:00:00Z'])(
    'refuses %j as a date and shows how one is written',
    (at) => {
      expect(faultsOf({ steps: [step({ at })] })).toEqual([
        { path: 'steps[0].at', message: 'expected a day such as 2026-01-21 or a moment such as 2026-01-21T15:00:00Z' },
      ]);
      expect(faultsOf({ start: at }).map((fault) => fault.path)).toContain('start');
    },
  );

  it.each([
    ['stock[0].units', { stock: [{ lot: 'L1', product: 'H200', units: 0 }] }],
    ['stock[0].product', { stock: [{ lot: 'L1', product: 'H100', units: 1 }] }],
    ['orders[0].units', { orders: [{ ...order, units: -1 }] }],
    ['orders', { orders: [] }],
    ['expect[0].outcome', { expect: [{ order: 'A-1', outcome: 'lost' }] }],
    ['expect[0].levyMinor', { expect: [{ order: 'A-1', levyMinor: 0.5 }] }],
    ['steps[0].by', { steps: [step({ by: 7 })] }],
    ['scenario', { scenario: '' }],
  ] as const)('tells a fault at %s', (path, changes) => {
    expect(faultsOf(changes).map((fault) => fault.path)).toEqual([path]);
  });

  it('refuses a field that it does not know', () => {
    expect(faultOf(() => read({ ending: 'happy' })).message).toContain('ending: unknown field, accepted are scenario');
  });
});
