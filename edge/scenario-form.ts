import { z } from 'zod';
import { knownFields } from './faults.ts';
import { moment } from './moments.ts';
import { code, orderSchema } from './order-file.ts';
import type { ScenarioStep } from './scenario.ts';
import { expectedFields, lotSchema } from './scenario-parts.ts';
import { stepSchema } from './scenario-steps.ts';

/** What a scenario file says; `step` is the form of its steps. */
export const scenarioForm = <S extends z.ZodType<ScenarioStep>>(step: S) =>
  knownFields({
    scenario: z.string().min(1).describe('the rule that the story shows, as a sentence'),
    start: moment.describe('day 0 of the story'),
    until: moment.optional().describe('how long the story goes on after its last step'),
    policy: code('a policy id').describe('the policy of every order that names none'),
    signed: z.boolean().default(false).describe('whether acts are signed, each role by a person of its own unless a step names another'),
    notVetted: z.array(code('a customer code')).default([]).describe('customers that Commerce has not vetted when the story begins; all others are'),
    stock: z.array(lotSchema).describe('lots on hand at the start, or expected'),
    orders: z.array(orderSchema.safeExtend({ submitted: moment.optional().describe('when the order is submitted; the start, where nothing is said') })).min(1),
    steps: z.array(step).describe('what happens, in the order of time'),
    expect: z.array(knownFields({ order: z.string().describe('the id of an order of this scenario'), ...expectedFields })).describe('how it must end'),
  });
export const scenarioSchema = scenarioForm(stepSchema);
export type WrittenScenario = z.infer<typeof scenarioSchema>;
