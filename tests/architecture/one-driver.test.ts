import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

it('only ledger/database.ts speaks to PostgreSQL, so that all work is in transactions (decision 2)', () => {
  const users = execFileSync('git', ['grep', '-lE', `from 'pg'|import\\('pg'\\)`, '--', '*.ts'], { cwd: root, encoding: 'utf8' });
  expect(users.trim().split('\n')).toEqual(['ledger/database.ts', 'tests/architecture/one-driver.test.ts']);
});
