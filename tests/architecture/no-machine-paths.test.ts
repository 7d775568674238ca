import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { committedFiles, root } from './linted-folder.ts';

const telltales = {
  'a package registry': /registry\.npmjs|registry\.yarnpkg|npm\.pkg\.github|pypi\.org|files\.pythonhosted|artifactory\.|\bregistry\s*[=:]\s*["']?https?:/i,
  'a path of one machine': /(?<![\w.~)}\]-])\/(?:root|home|Users|work)\/\w|\b[A-Z]:\\Users\\/,
};

const found = (text: string): string[] =>
  Object.entries(telltales).flatMap(([what, pattern]) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`line ${index + 1} names ${what}: ${line.trim().slice(0, 120)}`] : [])),
  );

describe('no committed file names', () => {
  const files = committedFiles().filter((path) => existsSync(join(root, path)));

  test('a package registry or a path of one machine', () => {
    expect(files.length).toBeGreaterThan(0);
    expect(files.flatMap((path) => found(readFileSync(join(root, path), 'utf8')).map((line) => `${path} ${line}`))).toEqual([]);
  });

  test('where a locked package was fetched from', () => {
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved":\s*"(?:https?|file):/);
  });
});

test.each([
  ['https://registry', 'npmjs.org/ms'].join('.'),
  ['registry', 'https://packages.example/'].join('='),
  ['cd ', 'home', 'someone'].join('/'),
  ["open('", 'Users', "someone')"].join('/'),
])('%s is noticed', (text) => {
  expect(found(text)).toHaveLength(1);
});

test.each(["import '../engine/home.ts'", 'GET /workflows/7', 'https://example.org/home/page'])('%s is left alone', (text) => {
  expect(found(text)).toEqual([]);
});
