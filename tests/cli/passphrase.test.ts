import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Cli, onlyDocumentOf } from '../support/cli.ts';

const twokey = fileURLToPath(new URL('../../bin/twokey.js', import.meta.url));
/** A terminal to try with; util-linux brings one along. */
const script = ['/usr/bin/script', '/bin/script'].find((file) => process.platform === 'linux' && existsSync(file));
const passphrase = 'typed into a terminal';

/** Runs `twokey keys new` in a terminal, and answers each question that begins with `Passphrase` or `The same` with the next of these. */
function typed(cli: Cli, answers: readonly string[]): Promise<{ readonly exitCode: number | null; readonly screen: string }> {
  const { TWOKEY_PASSPHRASE_FILE: _named, ...inherited } = process.env;
  const command = `'${process.execPath}' '${twokey}' keys new us.commerce --holder x --json`;
  const child = spawn(script ?? '', ['-qefc', command, '/dev/null'], { env: { ...inherited, TWOKEY_HOME: cli.home, SHELL: '/bin/sh' }, cwd: cli.home });
  let screen = '';
  let asked = 0;
  child.stdout.on('data', (part: Buffer) => {
    screen += part.toString();
    const questions = screen.match(/(Passphrase of [^:]+|The same again): /g)?.length ?? 0;
    if (questions <= asked) return;
    const answer = answers[asked++];
    // The terminal is silenced just before the question is asked.
    if (answer !== undefined) child.stdin.write(answer);
  });
  return new Promise((resolve) => child.on('close', (exitCode) => resolve({ exitCode, screen })));
}

describe.skipIf(script === undefined)('a passphrase at a terminal', () => {
  it('is asked for twice where it is new, and is not shown', async () => {
    const cli = new Cli();
    const { exitCode, screen } = await typed(
      cli,
      [passphrase, passphrase, `${passphrase} 2`, `${passphrase} 2`].map((text) => `${text}\r`),
    );
    expect({ exitCode, screen }).toMatchObject({ exitCode: 0, screen: expect.not.stringContaining('typed') });
    expect(screen.match(/Passphrase of the new root key: |The same again: |Passphrase of the new key: /g)).toHaveLength(4);
    expect(onlyDocumentOf({ exitCode: 0, stderr: '', stdout: `${screen.trimEnd().split('\r\n').at(-1)}\n` })).toMatchObject({ rootIsNew: true });
    expect(await cli.json('keys', 'list')).toMatchObject({ sequence: 1 });
  });

  it('changes nothing where the two differ', async () => {
    const cli = new Cli();
    const { exitCode, screen } = await typed(cli, [`${passphrase}\r`, `${passphrase}!\r`]);
    expect({ exitCode, screen }).toMatchObject({ exitCode: 2, screen: expect.not.stringContaining('typed') });
    expect(screen).toContain('passphrase-differs');
    expect(await cli.json('keys', 'list')).toMatchObject({ sequence: 0 });
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('may be left by %s, which changes nothing', async (_what, sign) => {
    const cli = new Cli();
    const { exitCode, screen } = await typed(cli, [sign]);
    expect({ exitCode, screen }).toMatchObject({ exitCode: 130, screen: expect.stringContaining('nothing was done') });
    expect(await cli.json('keys', 'list')).toMatchObject({ sequence: 0 });
  });
});
