import type { OrderEvent } from './events.ts';
import type { ReportRules } from './stage.ts';
import { amendmentReports } from './stages/amendments.ts';
import { correctionReports } from './stages/corrections.ts';
import { allocationReports } from './stages/allocation.ts';
import { fulfillmentReports } from './stages/fulfillment.ts';
import { failedUnitsReports } from './stages/failed-units.ts';
import { goodsReports } from './stages/goods.ts';
import { intakeReports } from './stages/intake.ts';
import { filingReports } from './stages/us-review/filing.ts';
import type { Order } from './state.ts';
import type { StepName, StepResults } from './steps.ts';

const rules: ReportRules<StepName> = {
  ...intakeReports,
  ...amendmentReports,
  ...correctionReports,
  ...allocationReports,
  ...filingReports,
  ...fulfillmentReports,
  ...failedUnitsReports,
  ...goodsReports,
};

/** What the answer of a step means for the order. */
export function meaningOf<S extends StepName>(order: Order, step: S, result: StepResults[S], at: number): OrderEvent[] {
  return rules[step](order, result, at);
}
