import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../../trust/key-keeper.ts';
import { parseSignerCommand } from '../../trust/key-files.ts';
import { openSigner } from '../../trust/key-store.ts';
import { freshKey, type FreshKey } from '../../trust/private-key.ts';
import { isSignatureOf } from '../../trust/public-key.ts';
import { faultOf, passphrase, temporaryFolder } from './keys-for-tests.ts';

const home = temporaryFolder();
const never = (): Promise<string> => Promise.reject(new Error('was asked'));
const bytes = Buffer.from('what is decided upon');
const keyFile = join(home, 'held-by-the-program.pem');
let key: FreshKey;
beforeAll(async () => {
  key = await freshKey();
  writeFileSync(keyFile, key.privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  await createKey(
    home,
    { role: 'us.commerce', holder: 'jane.doe', elsewhere: { publicKey: key.publicKey, signer: { command: ['/nowhere'], timeoutSeconds: 1 } } },
    { root: passphrase, key: '' },
  );
});

/** Has the key signed by a program that reads `input` and then does this with `signature` at hand. */
async function signBy(program: string, timeoutSeconds = 20): Promise<Uint8Array> {
  const script = `const { readFileSync } = require('node:fs'); const { sign } = require('node:crypto');
    const input = readFileSync(0); const signature = sign(null, input, readFileSync(process.argv[1]));
    const say = (text) => process.stdout.write(text);
    ${program}`;
  return await signByCommand([process.execPath, '-e', script, keyFile], timeoutSeconds);
}
async function signByCommand(command: readonly string[], timeoutSeconds = 20): Promise<Uint8Array> {
  writeFileSync(join(home, 'keys', `${key.keyId}.json`), JSON.stringify({ command, timeoutSeconds }));
  return await (await openSigner(home, 'us.commerce', never)).sign(bytes);
}

describe('a signer command', () => {
  it.each([
    ['raw', 'say(signature)'],
    ['in base64url', "say(signature.toString('base64url'))"],
    ['in base64url and a line end', "say(signature.toString('base64url') + '\\n')"],
    ['in two parts', 'say(signature.subarray(0, 10)); setTimeout(() => say(signature.subarray(10)), 100)'],
  ])('answers %s', async (_what, program) => {
    expect(isSignatureOf(key.publicKey, bytes, await signBy(program))).toBe(true);
  });

  it.each([
    ['ends with exit code 1', 'say(signature); process.exitCode = 1', 'exit code 1'],
    ['ends with a signal', "process.kill(process.pid, 'SIGKILL')", 'SIGKILL'],
    ['answers nothing', '', 'no signature'],
    ['answers 63 bytes', 'say(signature.subarray(1))', 'no signature'],
    ['answers 65 bytes', "say(Buffer.concat([signature, Buffer.from('x')]))", 'no signature'],
    ['answers too many bytes', "say('x'.repeat(1_000_000))", 'more than 88 bytes'],
    ['never stops answering', "setInterval(() => say('x'.repeat(1_000)), 1)", 'more than 88 bytes'],
    ['answers padded', "say(signature.toString('base64'))", 'no signature'],
    ['answers hexadecimal', "say(signature.toString('hex'))", 'more than 88 bytes'],
    ['answers a wrong signature', 'signature[3] ^= 1; say(signature)', 'not of key'],
    ['signs other bytes', "say(sign(null, Buffer.from('other'), readFileSync(process.argv[1])))", 'not of key'],
    ['answers zeros', 'say(Buffer.alloc(64))', 'not of key'],
  ])('that %s is told so, and its answer is not used', async (_what, program, said) => {
    const error = await faultOf(() => signBy(program));
    expect(error).toMatchObject({ code: 'signer-failed', message: expect.stringContaining(said) });
  });

  it('that hangs is ended after its time', async () => {
    const started = Date.now();
    expect((await faultOf(() => signBy('setInterval(() => {}, 1_000)', 1))).message).toContain('within 1 s');
    expect(Date.now() - started).toBeLessThan(5_000);
  });

  it('that leaves a child with its pipes behind is not waited for', async () => {
    const program =
      "require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 4_000)'], { stdio: 'inherit' }); setInterval(() => {}, 1_000)";
    const started = Date.now();
    expect((await faultOf(() => signBy(program, 1))).message).toContain('within 1 s');
    expect(Date.now() - started).toBeLessThan(3_500);
  });

  it('that does not read what it is to sign is judged by its answer', async () => {
    const error = await faultOf(() => signByCommand([process.execPath, '-e', 'process.stdin.destroy(); process.stdout.write(Buffer.alloc(64))']));
    expect(error.message).toContain('not of key');
  });

  it('that is not there is told so', async () => {
    expect((await faultOf(() => signByCommand(['/nowhere/to/be/found']))).message).toContain('could not be run');
  });

  it('goes through no shell', async () => {
    const victim = join(home, 'made-by-a-shell');
    const error = await faultOf(() => signByCommand([process.execPath, '-e', 'process.exitCode = 3', `; touch ${victim}; $(touch ${victim})`]));
    expect(error.message).toContain('exit code 3');
    expect(() => readFileSync(victim)).toThrow('ENOENT');
  });

  it('that others may change is not run', async () => {
    chmodSync(join(home, 'keys', `${key.keyId}.json`), 0o620);
    expect((await faultOf(() => openSigner(home, 'us.commerce', never))).code).toBe('key-file-unsafe');
    chmodSync(join(home, 'keys', `${key.keyId}.json`), 0o600);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{}',
    '{"command":[]}',
    '{"command":"/bin/true"}',
    '{"command":["true"]}',
    '{"command":["./true"]}',
    '{"command":["/bin/true",1]}',
  ])('written as %s is refused', async (text) => {
    expect((await faultOf(() => parseSignerCommand(text, 'signer.json'))).code).toBe('signer-invalid');
  });

  it.each([0, 601, 1.5, -1, '30', null])('with a time of %j is refused', async (timeoutSeconds) => {
    expect((await faultOf(() => parseSignerCommand(JSON.stringify({ command: ['/bin/true'], timeoutSeconds }), 'signer.json'))).code).toBe('signer-invalid');
  });
});
