import { describe, expect, it } from 'vitest';
import type { OrderEvent } from '../../../domain/events.ts';
import { goodsTold } from '../../../domain/stages/goods-told.ts';
import { day, dayZero, policyOfToday, rehearsal } from '../../support/orders.ts';
import { arrived, beforeEntry, booked, left, statement, withPapers } from '../shipments.ts';

const shipped = (events: readonly OrderEvent[]) => events.filter((event): event is OrderEvent<'goods-shipped'> => event.type === 'goods-shipped');
const itn = 'X20251222123456';

describe('a wave', () => {
  it('is tested once customs of the United States have released its entry, and the duty is paid before that', () => {
    const duty = withPapers({}, { levy: { ...policyOfToday().levy, trigger: 'on-entry', base: 'entered-value' } });
    const order = beforeEntry(duty);
    expect(order.plan.asks).toEqual([{ role: 'us.cbp', acts: ['release-entry'] }]);
    expect(order.story).toContain('levy-accrued');
    expect(order.story).not.toContain('inspection-requested');
    order.acts('us.cbp', 'release-entry', { entryNumber: '231-1' });
    expect(order.story.at(-1)).toBe('inspection-requested');
  });

  it('has no entry to release before both keys have turned', () => {
    const order = rehearsal({}, withPapers()).licensed().acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
    expect(order.tries('us.cbp', 'release-entry', { entryNumber: '231-1' })).toMatchObject({ refused: 'not-yet' });
    order.acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1' });
    expect(order.tries('us.cbp', 'release-entry', { entryNumber: '231-1' })).toBeUndefined();
  });

  it('needs no entry where its policy asks for none', () => {
    const order = beforeEntry(withPapers({ usEntry: 'not-needed' }));
    expect(order.plan.asks).toEqual([{ role: 'test.lab', acts: ['pass-inspection', 'fail-inspection'] }]);
    expect(order.tries('us.cbp', 'release-entry', { entryNumber: '231-1' })).toMatchObject({ refused: 'not-in-policy' });
  });

  it('leaves when its last paper is there, and tells by name what is missing until then', () => {
    const order = booked();
    expect(goodsTold(order.order)).toEqual(['papers missing before export: export-filing, destination-control-statement']);
    order.acts('carrier', 'file-eei', { itn });
    expect(goodsTold(order.order)).toEqual(['papers missing before export: destination-control-statement']);
    expect(order.plan.asks).toEqual([{ role: 'seller.desk', acts: ['register-paper'] }]);
    expect(shipped(order.events)).toEqual([]);
    order.acts('seller.desk', 'register-paper', statement);
    expect(shipped(order.events)).toHaveLength(1);
  });

  it('lacks a paper again once its last day is over, and not before', () => {
    const order = booked().acts('seller.desk', 'register-paper', { ...statement, expires: '2025-12-23' });
    expect(order.plan.deadline).toMatchObject({ at: dayZero + 2 * day, roles: ['seller.desk'], says: 'destination-control-statement expires' });
    order.after(2 * day - 1);
    expect(goodsTold(order.order)).toEqual(['papers missing before export: export-filing']);
    order.after(1);
    expect(order.events.at(-1)).toMatchObject({ type: 'paper-expired', paper: 'destination-control-statement' });
    order.acts('carrier', 'file-eei', { itn });
    expect(shipped(order.events)).toEqual([]);
  });

  it('that has left has no clock of its papers any more', () => {
    const order = booked()
      .acts('seller.desk', 'register-paper', { ...statement, expires: '2025-12-23' })
      .acts('carrier', 'file-eei', { itn });
    expect(shipped(order.events)).toHaveLength(1);
    expect(order.plan.deadline).toBeUndefined();
  });

  it('is kept by customs of the United States for as long as they say', () => {
    const order = booked().acts('us.cbp', 'detain-export', { reason: 'looked at' }).acts('seller.desk', 'register-paper', statement);
    order.acts('carrier', 'file-eei', { itn });
    expect(order.plan.asks).toEqual([{ role: 'us.cbp', acts: ['release-export'] }]);
    expect(goodsTold(order.order)).toEqual(['customs of the United States detain wave 1: looked at']);
    order.acts('us.cbp', 'release-export', { reason: 'covered' });
    expect(shipped(order.events)).toHaveLength(1);
  });

  it('takes papers of its own: those of the wave before it are not its', () => {
    const order = rehearsal({}, withPapers({ siteVerification: 'not-needed' }));
    order.results['reserve-stock'] = { outcome: 'reserved', lots: [{ lot: 'L1', units: 6_000 }] };
    order.licensed().acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
    order.acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1', units: '2000' });
    const leaves = (filed: string): void => {
      order.acts('us.cbp', 'release-entry', { entryNumber: filed }).acts('test.lab', 'pass-inspection', { reportNumber: `LAB-${filed}` });
      order.acts('seller.desk', 'register-paper', { ...statement, number: filed }).acts('carrier', 'file-eei', { itn: filed });
    };
    leaves(itn);
    order.acts('buyer', 'apply-purchase', { applicationNumber: 'CN-2' }).acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-2' });
    expect(order.plan.asks).toContainEqual({ role: 'us.cbp', acts: ['release-entry'] });
    leaves('X20251222123457');
    expect(shipped(order.events).map(({ certificate }) => certificate)).toMatchObject([
      { number: 'A-1/ship/0', itn, approval: { number: 'CN-A-1', balance: { before: 2_000, after: 0 } } },
      { number: 'A-1/ship/1', itn: 'X20251222123457', approval: { number: 'CN-A-2', balance: { before: 4_000, after: 0 } } },
    ]);
  });
});

describe('the papers of a wave for which China corrects its approval to fewer units', () => {
  it('are needed anew, since they are for the units that stood in them', () => {
    const order = rehearsal({}, withPapers()).licensed().acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
    order.acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1', units: '5000' }, 'approval');
    order.acts('us.cbp', 'release-entry', { entryNumber: '231-1' }).acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
    order.acts('seller.desk', 'register-paper', statement);
    order.acts('seller.desk', 'correct', { entry: 'approval', reason: 'misread' });
    order.acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1', units: '4000' });
    expect(order.order.register).toMatchObject({ entryNumber: '231-1', testReport: 'LAB-1', papers: [] });
  });
});

describe('a release certificate', () => {
  it('names all that the wave left on, with the balances before it and after it', () => {
    const order = booked();
    order.results.ship = { outcome: 'shipped', waybill: 'WAYBILL-1', license: { before: 9_000, after: 3_000 } };
    order.acts('seller.desk', 'register-paper', statement).acts('carrier', 'file-eei', { itn });
    expect(shipped(order.events)[0]?.certificate).toEqual({
      number: 'A-1/ship/0',
      policyEpoch: 0,
      license: { number: 'D1', balance: { before: 9_000, after: 3_000 } },
      approval: { number: 'CN-A-1', balance: { before: 6_000, after: 0 } },
      listVersion: 'list-2',
      testReport: 'LAB-1',
      entryNumber: '231-1',
      itn,
      papers: [statement],
    });
  });

  it('tells the list at which a hit was cleared', () => {
    const order = rehearsal({}, withPapers());
    order.results['rescreen-parties'] = { outcome: 'hit', listVersion: 'list-3', matches: ['entity 17'] };
    order.bothKeys().acts('us.cbp', 'release-entry', { entryNumber: '231-1' }).acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
    order.acts('compliance.second', 'clear-hit', { reason: 'another company' });
    order.acts('seller.desk', 'register-paper', statement).acts('carrier', 'file-eei', { itn });
    expect(shipped(order.events)[0]?.certificate).toMatchObject({ listVersion: 'list-3' });
  });

  it('is not written for an order whose policy does not tell what a wave needs', () => {
    const order = rehearsal({}, policyOfToday()).bothKeys().acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
    expect(shipped(order.events)[0]).not.toHaveProperty('certificate');
    expect(order.order).not.toHaveProperty('register');
  });
});

describe('a paper', () => {
  it.each([
    ['that the policy does not know', { paper: 'packing-list' }, 'invalid-act', 'destination-control-statement'],
    ['of tomorrow', { dated: '2025-12-23' }, 'invalid-act', 'a paper of today or before'],
    ['that is over', { expires: '2025-12-21' }, 'late', 'a paper that is good today'],
    ['without a digest', { digest: 'sha256' }, 'invalid-act', 'SHA-256'],
  ])('%s is refused', (_what, change, refused, accepted) => {
    const refusal = booked().tries('seller.desk', 'register-paper', { ...statement, ...change });
    expect(refusal).toMatchObject({ refused });
    expect(refusal?.accepted).toContain(accepted);
  });

  it('takes the place of one of its name, and the same is refused a second time', () => {
    const order = booked().acts('seller.desk', 'register-paper', statement);
    expect(order.tries('seller.desk', 'register-paper', statement)).toMatchObject({ refused: 'already-decided' });
    order.acts('seller.desk', 'register-paper', { ...statement, number: 'INV-2' });
    expect(order.order.register?.papers.map(({ number }) => number)).toEqual(['INV-2']);
  });

  it.each(['3090', 'X2025122212345', 'x20251222123456', 'X20251322123456'])('of the export filing has no number such as %s', (number) => {
    expect(booked().tries('carrier', 'file-eei', { itn: number })).toMatchObject({ refused: 'invalid-act' });
  });
});

describe('goods that have arrived', () => {
  it('end the order once somebody has seen them where and as they are licensed, and not before', () => {
    const order = arrived();
    expect(order.order.outcome).toBeUndefined();
    expect(order.plan.asks).toEqual([
      { role: 'seller.desk', acts: ['verify-use'] },
      { role: 'us.commerce', acts: ['verify-use'] },
    ]);
    order.acts('us.commerce', 'verify-use', { finding: 'not-as-licensed', document: 'EUC-1' });
    expect(order.order.outcome).toBeUndefined();
    expect(goodsTold(order.order).join()).toContain('not seen as licensed in EUC-1');
    order.acts('seller.desk', 'verify-use', { finding: 'as-licensed', document: 'PSV-1' });
    expect(order.order.outcome).toBe('delivered');
  });

  it('end it at once where the policy asks for no look', () => {
    const order = arrived(withPapers({ siteVerification: 'not-needed' }));
    expect(order.order.outcome).toBe('delivered');
  });

  it('are not looked at before they have arrived, nor where the policy does not ask', () => {
    const seen = { finding: 'as-licensed', document: 'PSV-1' };
    expect(left().tries('seller.desk', 'verify-use', seen)).toMatchObject({ refused: 'not-yet' });
    expect(left(withPapers({ siteVerification: 'not-needed' })).tries('seller.desk', 'verify-use', seen)).toMatchObject({ refused: 'not-in-policy' });
  });
});
