import { amendmentTable } from '../../domain/rules/amendments.ts';
import { endUseTable } from '../../domain/rules/end-use.ts';
import { ladder } from '../../domain/rules/escalation.ts';
import { commerceMay } from '../../domain/rules/us-decision.ts';
import { usFindingTable, usFindingTableOfEdition1 } from '../../domain/rules/us-finding.ts';
import { eligibilityTable, endUseVerdicts, levyTable, routesOfProducts, productsTable, releasedPolicies } from './policy-tables.ts';
import { firstMatch, type RulePage } from './rule-page.ts';

const firstRow = 'The first row that matches wins.';

/** What Commerce may do, by what lies before it. */
const commerceRows = Object.entries(commerceMay).map(([consensus, verdicts]) => [
  consensus,
  ...Object.values(verdicts).map((verdict) => (verdict.taken ? 'taken' : `refused: ${verdict.why}; accepted: ${verdict.accepted}`)),
]);

const ladderRows = Object.values(ladder).map(({ level, role, decidesBy, appealGoesTo }) => [level, role, decidesBy, appealGoesTo]);

const amendmentRows = amendmentTable.map((row, index) => {
  const outcome = row.then;
  return [String(index + 1), row.name, typeof outcome === 'string' ? outcome : `refused as ${outcome.code}; accepted: ${outcome.accepted}`];
});

/** Every page of docs/rules/ but the index. A table of the code that is not here is shown nowhere: add it. */
export const rulePages: readonly RulePage[] = [
  {
    name: 'eligibility',
    title: 'How an application for a product is looked at',
    says: `${firstRow} Bounds are strict where they say above or below. What no row is about, and a figure that is not known, need a ruling.`,
    tables: releasedPolicies.map(eligibilityTable),
  },
  {
    name: 'levy',
    title: 'The levy',
    says: 'Of a product that lies in no row, nothing. Levies are whole minor units, rounded half up; those of the waves of an order add up to the levy on all of it.',
    tables: releasedPolicies.map(levyTable),
  },
  {
    name: 'products',
    title: 'Products',
    says: 'What is known of each product, and what the policies make of it. A figure that sources contradict each other about is `unknown`, never one of theirs.',
    tables: [productsTable, routesOfProducts],
  },
  {
    name: 'interagency-findings',
    title: 'What the closed interagency review found',
    says: `${firstRow} Silence until an agency's days are over is no objection, never its own approval; approval with conditions is no denial.`,
    tables: [firstMatch('Orders of the second edition', usFindingTable), firstMatch('Orders of the first edition', usFindingTableOfEdition1)],
  },
  {
    name: 'commerce-may',
    title: 'What Commerce may do',
    says: 'By what lies before Commerce once the review has closed or somebody above has decided. Commerce decides (15 CFR 750.4), and no timer does it in its place.',
    tables: [{ title: 'Acts of us.commerce', head: ['before Commerce', ...Object.keys(commerceMay['none-objects'])], rows: commerceRows }],
  },
  {
    name: 'escalation',
    title: 'Who decides a disagreement',
    says: 'The levels between the agencies and the President (EO 12981 as amended by EO 13020). A tie leaves the decision before it, and silence counts for neither side.',
    tables: [{ title: 'The ladder', head: ['level', 'role', 'decides by', 'appeal goes to'], rows: ladderRows }],
  },
  {
    name: 'amendments',
    title: 'What becomes of an amendment',
    says: `${firstRow} What changes the authorization asks for a new one (15 CFR 750.7(c)).`,
    tables: [{ title: 'Amendments', head: ['#', 'when', 'then'], rows: amendmentRows }],
  },
  {
    name: 'end-use',
    title: 'What both governments say of an end use',
    says: 'Told before an order is filed, so that a conflict between the two sides is seen before months are lost.',
    tables: [firstMatch('Both sides together', endUseTable, [firstRow]), ...releasedPolicies.map(endUseVerdicts)],
  },
];
