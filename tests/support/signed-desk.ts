import { afterAll, beforeAll } from 'vitest';
import { Desk } from './desk.ts';
import { SignedCompany } from './signed-company.ts';

/** A desk whose company signs, opened before the tests of a file and closed after them; its fields are there from the first test on. */
export function openedSignedDesk(): { readonly desk: Desk; readonly company: SignedCompany } {
  let opened: { readonly desk: Desk; readonly company: SignedCompany } | undefined;
  const there = () => {
    if (!opened) throw new Error('the signed desk is opened before the first test, and asked for earlier');
    return opened;
  };
  beforeAll(async () => {
    const company = await SignedCompany.found();
    opened = { company, desk: await Desk.open({ worker: true, company }) };
  });
  afterAll(async () => {
    await opened?.desk.close();
    opened?.company.close();
  });
  return {
    get desk() {
      return there().desk;
    },
    get company() {
      return there().company;
    },
  };
}
