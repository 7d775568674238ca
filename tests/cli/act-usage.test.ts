import { beforeAll, describe, expect, it } from 'vitest';
import { Cli, expectFailure } from '../support/cli.ts';

/** No engine is known here: an act that is not of its form is told before anything is asked. */
let cli: Cli;
beforeAll(() => {
  cli = new Cli();
});

describe('an act that is not of its form is told with exit code 2 before it is sent', () => {
  it.each(['approve', 'Register', '', ' ', '__proto__', 'constructor', 'toString', '../register'])('an act that there is none of: %j', async (name) => {
    expect(await expectFailure(cli, 2, 'act-unknown', 'act', 'A-1', name, '--as', 'us.commerce')).toContain('submit-application');
  });

  it.each(['us.treasury', 'US.COMMERCE', '', '__proto__', 'constructor', 'us.commerce,us.state'])('a role that there is none of: %j', async (role) => {
    expect(await expectFailure(cli, 2, 'role-unknown', 'act', 'A-1', 'refer', '--as', role)).toContain('us.commerce');
  });

  it.each([
    ['a missing field', 'register', [], 'applicationNumber: missing, number given by Commerce'],
    ['a field of another act', 'refer', ['--reason', 'why not'], 'reason: unknown field, accepted are none'],
    ['a field of another act beside its own', 'register', ['--application-number', 'Z1', '--proof', 'POD-1'], 'proof: unknown field'],
    ['an empty field', 'register', ['--application-number', ''], 'applicationNumber: expected a text that is not empty'],
    ['a field of spaces', 'register', ['--application-number', '   '], 'applicationNumber: expected a text that is not empty'],
    ['a field that is too long', 'register', ['--application-number', 'x'.repeat(2_001)], 'at most 2000 characters'],
    ['control characters', 'cancel', ['--reason', 'fine\u001b[2K\u0007'], 'without control or invisible characters'],
    ['a line break', 'cancel', ['--reason', 'one\ntwo'], 'without control or invisible characters'],
    ['bidirectional characters', 'cancel', ['--reason', 'ab\u202ecd'], 'without control or invisible characters'],
    ['zero-width characters', 'cancel', ['--reason', 'ab\u200bcd'], 'without control or invisible characters'],
    ['a choice that there is none of', 'recommend', ['--position', 'maybe'], 'expected one of no-objection, approve-with-conditions, approve-part, deny'],
    ['a choice that is a property of every object', 'recommend', ['--position', 'constructor'], 'expected one of no-objection'],
    ['a step that there is none of', 'retry-step', ['--step', '__proto__'], 'step: expected one of screen-parties'],
    ['too many conditions', 'issue-license', ['--license-number', 'D1', '--conditions', ...Array.from({ length: 51 }, () => 'c')], 'a list of 1 to 50 texts'],
    ['an empty id', 'refer', ['--id', ''], 'id: expected a text that is not empty'],
    ['an id with control characters', 'refer', ['--id', 'a\u0001'], 'id: expected a text without control'],
    ['an id that is too long', 'refer', ['--id', 'x'.repeat(2_001)], 'id: expected at most'],
  ])('%s', async (_what, name, fields, sentence) => {
    expect(await expectFailure(cli, 2, 'invalid-act', 'act', 'A-1', name, '--as', 'us.commerce', ...fields)).toContain(sentence);
  });

  it.each([
    ['a hold without its name', ['--reason', 'review'], 'hold: missing'],
    ['a hold without a reason', ['--hold', 'P-1'], 'reason: missing'],
    ['a hold with a field of another act', ['--hold', 'P-1', '--reason', 'review', '--proof', 'POD-1'], 'proof: unknown field'],
    ['a hold with control characters in its name', ['--hold', 'P\u0007', '--reason', 'review'], 'without control'],
  ])('%s', async (_what, fields, sentence) => {
    expect(await expectFailure(cli, 2, 'invalid-act', 'act', 'A-1', 'hold', '--as', 'policy.admin', ...fields)).toContain(sentence);
  });

  it('a field that no act has is an unknown option', async () => {
    expect(await expectFailure(cli, 2, 'usage', 'act', 'A-1', 'refer', '--as', 'us.commerce', '--by', 'us.president')).toContain('--by');
  });
});
