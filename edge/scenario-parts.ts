import { z } from 'zod';
import { faultOfText } from '../domain/fields.ts';
import { eventTypes } from '../domain/order.ts';
import { standings } from '../domain/plan.ts';
import { roles } from '../domain/roles.ts';
import { outcomes } from '../domain/state.ts';
import { products } from '../domain/terms.ts';
import { knownFields } from './faults.ts';
import { moment, toldMoment } from './moments.ts';

/** A text as people write it; a fault says what is wrong with it. */
export const text = (what: string) =>
  z.string({ error: `expected ${what} as a text` }).superRefine((value, context) => {
    const fault = faultOfText(value);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  });

/** One of a few words; a fault lists them. */
export const oneOf = <T extends string>(of: readonly T[]) => z.literal([...of], { error: `expected one of ${of.join(', ')}` });

export const role = oneOf(roles).meta({ id: 'Role' });
export const orderId = text('the id of an order of this scenario').meta({ id: 'Order' });

/** A lot of stock, on hand or from a day on. */
export const lotSchema = knownFields({
  lot: text('the name of the lot'),
  product: oneOf(products),
  units: z.int({ error: 'expected units as a whole number of at least 1' }).positive('expected at least 1'),
  opens: moment.exactOptional().describe('from when on it can be reserved'),
}).transform(({ lot, opens, ...rest }) => ({ id: lot, ...rest, ...(opens !== undefined && { opensAt: opens }) }));

const fact = oneOf(eventTypes).meta({ id: 'Fact' });
const count = z.int().nonnegative();

/** What a scenario expects of an order; what is left out is not looked at. */
export const expectedFields = {
  stage: oneOf(standings).exactOptional(),
  outcome: oneOf(outcomes).nullable().exactOptional().describe('how the order ended; null where it is open'),
  waitingOn: z.array(role).exactOptional().describe('exactly these roles; an empty list is nobody'),
  units: count.exactOptional().describe('ordered units'),
  unitsShipped: count.exactOptional(),
  levyMinor: count.exactOptional().describe('in minor units of the currency'),
  timeline: z
    .array(z.looseObject({ event: fact, at: toldMoment.exactOptional() }))
    .exactOptional()
    .describe('facts that must stand in the timeline, in this order, each with the fields named here'),
  counts: z.partialRecord(fact, count).exactOptional().describe('how often each of these facts stands in the timeline'),
  never: z.array(fact).exactOptional().describe('facts that must not stand in the timeline'),
};
