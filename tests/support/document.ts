import { format, resolveConfig } from 'prettier';
import { expect } from 'vitest';

/** Compares a page of docs/ with what must stand in it; `npm run docs` writes it. */
export async function expectDocument(name: string, text: string): Promise<void> {
  const file = new URL(`../../docs/${name}`, import.meta.url);
  const formatted = await format(text, { ...(await resolveConfig(file)), filepath: file.pathname });
  await expect(formatted, `docs/${name} is not fresh: npm run docs writes it anew`).toMatchFileSnapshot(file.pathname);
}
