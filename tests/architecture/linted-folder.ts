import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

interface Finding {
  readonly rule: string;
  readonly file: string;
  readonly said: string;
}

interface LintReport {
  readonly exitCode: number | null;
  readonly files: number;
  readonly findings: readonly Finding[];
}

interface OxlintOutput {
  readonly number_of_files: number;
  readonly diagnostics: readonly { readonly code: string; readonly filename: string; readonly message: string; readonly help?: string }[];
}

/** What oxlint, with the rules of this repository, says about a folder. */
export function lint(folder: string): LintReport {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '-f', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1_048_576,
  });
  if (!stdout.trimStart().startsWith('{')) throw new Error(`oxlint did not run: ${stdout}${stderr}`);
  const output: OxlintOutput = JSON.parse(stdout);
  const findings = output.diagnostics.map((one) => ({ rule: one.code, file: one.filename, said: one.help ?? one.message }));
  return { exitCode: status, files: output.number_of_files, findings };
}

/** A folder of its own, laid out like this repository and under its rules, with the given files; linted, then removed. */
export function lintSeeded(files: Readonly<Record<string, string>>): LintReport {
  const folder = mkdtempSync(join(tmpdir(), 'twokey-lint-'));
  try {
    for (const shared of ['.oxlintrc.json', 'tsconfig.json', 'scripts']) cpSync(join(root, shared), join(folder, shared), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return lint(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The files that are committed, or would be: all of the working tree that git does not ignore. */
export function committedFiles(): string[] {
  const options = ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  return execFileSync('git', options, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1_048_576 })
    .split('\0')
    .filter((path) => path !== '');
}
