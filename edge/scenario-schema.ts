import { z } from 'zod';
import { scenarioForm } from './scenario-form.ts';
import { stepSchemas } from './scenario-steps.ts';

/** The form of a scenario file as JSON Schema, for editors. What lies between fields, such as the order of times, is checked when a file is read. */
export function scenarioJsonSchema(): object {
  const form = scenarioForm(z.union(stepSchemas)).describe('A story of twokey: orders, what happens to them, and how it must end.');
  return { title: 'twokey scenario', ...z.toJSONSchema(form, { io: 'input' }) };
}
