import { describe, expect, it } from 'vitest';
import { readScenario } from '../../edge/scenario-file.ts';
import { library } from '../rehearsal/library.ts';
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
const license = (changes: object) => step({ act: 'issue-license', applicationNumber: undefined, licenseNumber: 'D1', ...changes });
const appeal = (changes: object) => step({ act: 'decide-appeal', by: 'us.acep', applicationNumber: undefined, ...changes });
const read = (changes: object = {}) => readScenario(folder.write('story.yaml', JSON.stringify(story(changes), null, 2)));
const pathsOf = (changes: object) => faultOf(() => read(changes)).faults.map((fault) => fault.path);
const sentenceOf = (changes: object) => faultOf(() => read(changes)).message;

describe('a scenario file', () => {
  it('is read with its times on its own calendar, its policy, and the fields of its acts', () => {
    expect(read()).toMatchObject({
      title: 'a story',
      start: Date.UTC(2025, 11, 22),
      orders: [{ terms: { id: 'A-1', reviews: 'in-sequence' }, policy: { id: '2025-12-announcement' }, submitted: Date.UTC(2025, 11, 22) }],
      steps: [
        { kind: 'act', at: Date.UTC(2025, 11, 23), order: 'A-1', name: 'register', by: 'us.commerce', fields: { applicationNumber: 'Z1' }, isTwice: false },
      ],
      expect: [{ order: 'A-1', outcome: 'delivered', levyMinor: 250 }],
    });
  });

  it('may tell moments of a day, several steps at one moment, lots that open later, and orders that come later', () => {
    const at = '2026-01-21T12:00Z';
    const told = read({
      steps: [step({ at }), step({ at: '2026-01-21T12:00:00Z' })],
      stock: [{ lot: 'L2', product: 'H20', units: 5, opens: '2026-04-01' }],
      orders: [{ ...order, submitted: '2026-01-20' }],
    });
    expect(told.steps.map((one) => one.at)).toEqual([Date.UTC(2026, 0, 21, 12), Date.UTC(2026, 0, 21, 12)]);
    expect(told.stock).toEqual([{ id: 'L2', product: 'H20', units: 5, opensAt: Date.UTC(2026, 3, 1) }]);
    expect(told.orders[0]?.submitted).toBe(Date.UTC(2026, 0, 20));
  });

  it('may also let messages come late or twice, change policy, bring stock, plant faults, kill the worker and look at an order on the way', () => {
    const at = '2025-12-23';
    const { steps } = read({
      steps: [
        { at, order: 'A-1', fault: 'late', step: 'ship' },
        { at, kill: 'worker' },
        { at, stock: { lot: 'L2', product: 'H200', units: 1 } },
        { at, order: 'A-1', by: 'policy.admin', act: 'hold', hold: 'P-7', reason: 'review', arrives: '2025-12-24', deliver: 'twice' },
        step({ id: 'once', refused: 'no-application' }),
        { at, order: 'A-1', expect: { waitingOn: [] } },
      ],
    });
    expect(steps).toMatchObject([
      { kind: 'fault', fault: 'late', step: 'ship', times: 1 },
      { kind: 'kill-worker' },
      { kind: 'stock', lot: { id: 'L2', units: 1 } },
      { kind: 'policy', effect: 'hold', hold: 'P-7', arrives: Date.UTC(2025, 11, 24), isTwice: true },
      { kind: 'act', id: 'once', refused: 'no-application' },
      { kind: 'expect', expected: { waitingOn: [] } },
    ]);
  });

  it('tells counts as numbers or digits, days, and words of a list', () => {
    const { steps } = read({
      steps: [
        step({ act: 'issue-license', applicationNumber: undefined, licenseNumber: 'D1', units: 300, expires: '2026-12-31' }),
        step({ act: 'issue-license', applicationNumber: undefined, licenseNumber: 'D1', units: '300' }),
        step({ act: 'decide-appeal', by: 'us.acep', applicationNumber: undefined, votesToApprove: ['us.state', 'us.commerce'] }),
      ],
    });
    expect(steps).toMatchObject([
      { fields: { units: '300', expires: '2026-12-31' } },
      { fields: { units: '300' } },
      { fields: { votesToApprove: ['us.state', 'us.commerce'] } },
    ]);
  });

  it('has customers vetted unless it says otherwise', () => {
    expect(read().vetted).toEqual(['core-1']);
    expect(read({ notVetted: ['core-1'] }).vetted).toEqual([]);
  });

  it('may plant a fault in what an order does as soon as it is submitted', () => {
    const told = read({ orders: [{ ...order, submitted: '2025-12-24' }], steps: [{ at: '2025-12-23', order: 'A-1', fault: 'twice', step: 'reserve-stock' }] });
    expect(told.steps).toMatchObject([{ kind: 'fault' }]);
  });

  it.each(library)('that is released is read: $name', ({ file }) => {
    expect(readScenario(file).orders.length).toBeGreaterThan(0);
  });
});

describe('a faulty scenario file', () => {
  it('is told with line, column and what was expected', () => {
    expect(sentenceOf({ steps: [step(), step({ order: 'Z-9' })] })).toBe(
      `${folder.path}/story.yaml:34:16: steps[1].order: no order Z-9 in this scenario, expected one of A-1`,
    );
    expect(sentenceOf({ steps: [step({ act: 'registre' })] })).toMatch(/:29:14: steps\[0\]\.act: expected one of cancel, .*register/);
    expect(sentenceOf({ steps: [step({ applicationNumber: undefined })] })).toMatch(/:25:5: steps\[0\]\.applicationNumber: /);
    expect(sentenceOf({ ending: 'happy' })).toMatch(/:\d+:3: ending: unknown field, accepted are scenario, start/);
  });

  it('has every fault of its form told at once', () => {
    expect(pathsOf({ stock: [{ lot: 'L1', product: 'H900', units: 0 }], steps: [step({ by: 7 }), 7] })).toEqual([
      'stock[0].product',
      'stock[0].units',
      'steps[0].by',
      'steps[1]',
    ]);
  });

  it.each([
    ['an order that it does not have, in a step', { steps: [step({ order: 'Z-9' })] }, 'steps[0].order'],
    ['an order that it does not have, in an expectation', { expect: [{ order: 'Z-9' }] }, 'expect[0].order'],
    ['a step before its order is submitted', { orders: [{ ...order, submitted: '2025-12-24' }] }, 'steps[0].at'],
    ['a step before the start', { steps: [step({ at: '2025-12-21T23:59Z' })] }, 'steps[0].at'],
    ['a step that goes back in time', { steps: [step({ at: '2026-01-02' }), step({ at: '2026-01-01' })] }, 'steps[1].at'],
    ['an order before the start', { orders: [{ ...order, submitted: '2025-12-01' }] }, 'orders[0].submitted'],
    ['an end before the last step', { until: '2025-12-22T10:00Z' }, 'until'],
    ['a message that arrives before it is sent', { steps: [step({ arrives: '2025-12-22' })] }, 'steps[0].arrives'],
    ['an order that stands twice', { orders: [order, order] }, 'orders[1].id'],
    ['a lot that stands twice', { stock: [1, 2].map((units) => ({ lot: 'L1', product: 'H200', units })) }, 'stock[1].lot'],
    [
      'a lot that comes in under a name that is taken',
      { steps: [{ at: '2025-12-23', stock: { lot: 'L1', product: 'H200', units: 1 } }] },
      'steps[0].stock.lot',
    ],
    ['an unknown policy', { policy: '2019' }, 'policy'],
    ['an unknown policy of one order', { orders: [{ ...order, policy: '2019' }] }, 'orders[0].policy'],
    ['an unknown act', { steps: [step({ act: 'bribe' })] }, 'steps[0].act'],
    ['an act under a name of every object', { steps: [step({ act: 'constructor' })] }, 'steps[0].act'],
    ['an unknown role', { steps: [step({ by: 'us.senate' })] }, 'steps[0].by'],
    ['a field that the act does not have', { steps: [step({ basis: 'x' })] }, 'steps[0].basis'],
    ['a hold by another than the policy desk', { steps: [{ ...step(), act: 'hold', hold: 'P', reason: 'x', applicationNumber: undefined }] }, 'steps[0].by'],
    ['an unknown code of a refusal', { steps: [step({ refused: 'no' })] }, 'steps[0].refused'],
    ['an unknown fault', { steps: [{ at: '2025-12-23', order: 'A-1', fault: 'tired', step: 'ship' }] }, 'steps[0].fault'],
    ['an unknown step of the world', { steps: [{ at: '2025-12-23', order: 'A-1', fault: 'late', step: 'sail' }] }, 'steps[0].step'],
    ['half a unit', { steps: [license({ units: 0.5 })] }, 'steps[0].units'],
    ['no unit at all', { steps: [license({ units: '0' })] }, 'steps[0].units'],
    ['a unit in words', { steps: [license({ units: 'all' })] }, 'steps[0].units'],
    ['a day that there is not', { steps: [license({ expires: '2026-02-30' })] }, 'steps[0].expires'],
    ['a moment where a day is asked for', { steps: [license({ expires: '2026-02-16T10:00Z' })] }, 'steps[0].expires'],
    ['a voter who has no vote', { steps: [appeal({ votesToDeny: ['us.president'] })] }, 'steps[0].votesToDeny[0]'],
    ['a voter who votes twice for one side', { steps: [appeal({ votesToDeny: ['us.state', 'us.state'] })] }, 'steps[0].votesToDeny'],
    ['nobody who votes', { steps: [appeal({ votesToDeny: [] })] }, 'steps[0].votesToDeny'],
    ['a step that is none', { steps: [{ at: '2025-12-23' }] }, 'steps[0].act'],
    ['no orders', { orders: [], steps: [], expect: [] }, 'orders'],
    ['an outcome that there is not', { expect: [{ order: 'A-1', outcome: 'lost' }] }, 'expect[0].outcome'],
    ['a stage that there is not', { expect: [{ order: 'A-1', stage: 'limbo' }] }, 'expect[0].stage'],
    ['an expected fact that there is not', { expect: [{ order: 'A-1', never: ['goods-lost'] }] }, 'expect[0].never[0]'],
    ['a levy in parts of a cent', { expect: [{ order: 'A-1', levyMinor: 0.5 }] }, 'expect[0].levyMinor'],
    ['no title', { scenario: '' }, 'scenario'],
  ])('%s is refused', (_what, changes, path) => {
    expect(pathsOf(changes)).toEqual([path]);
  });

  it.each(['21.1.2026', '2026-13-01', '2026-02-30', '2026-01-21 12:00', 'tomorrow', 20260121, null, '2026-01-21T25:00:00Z', '1999-12-31', '2200-01-01'])(
    'refuses %j as a date and shows how one is written',
    (at) => {
      expect(sentenceOf({ steps: [step({ at })] })).toMatch(
        /: steps\[0\]\.at: expected a day such as 2026-01-21 or a moment such as 2026-01-21T15:00Z(, from 2000 to 2199)?$/,
      );
      expect(pathsOf({ start: at })).toContain('start');
    },
  );
});
