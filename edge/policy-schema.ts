import { z } from 'zod';
import { policyForm } from './policy-form.ts';

/** The form of a policy file as JSON Schema, for editors. What lies between fields, such as sources and tables, `twokey policy check` looks at. */
export const policyJsonSchema = (): object => ({
  ...{ title: 'twokey policy' },
  ...z.toJSONSchema(policyForm.describe('The dated rules that an order pins: their numbers, and who says so.'), { io: 'input' }),
});
