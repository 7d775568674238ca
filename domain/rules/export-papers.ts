import type { OrderEvent } from '../events.ts';
import type { DocumentRegister, ExportPaper, ShippingRules } from '../shipping.ts';
import type { Order } from '../state.ts';
import { mayHaveHappened } from '../steps.ts';

/** What the policy of an order asks of each wave; undefined where it asks nothing. */
export const shippingOf = ({ policy }: Order): ShippingRules | undefined => (policy.edition === 1 ? undefined : policy.shipping);

/** What is known of the wave that leaves next, or has left last. */
export const registerOf = ({ register }: Order): DocumentRegister => register ?? { papers: [] };

/** How each paper is seen to be there. Acknowledgements of conditions hold back what they must by themselves (domain/stages/conditions.ts). */
const isThere: { readonly [A in ExportPaper['act']]: (register: DocumentRegister, name: string) => boolean } = {
  'register-paper': ({ papers }, name) => papers.some(({ paper }) => paper === name),
  'release-entry': ({ entryNumber }) => entryNumber !== undefined,
  'pass-inspection': ({ testReport }) => testReport !== undefined,
  'acknowledge-condition': () => true,
  'file-eei': ({ itn }) => itn !== undefined,
};

/** The papers that the wave still lacks, in the order of the policy. */
export const missingPapers = (order: Order): readonly ExportPaper[] =>
  (shippingOf(order)?.papers ?? []).filter(({ name, act }) => !isThere[act](registerOf(order), name));

/** Moments at which a paper in the register stops being good, with what follows. */
export const paperExpiries = (order: Order): readonly { readonly at: number; readonly paper: string; readonly events: readonly OrderEvent[] }[] =>
  order.outcome !== undefined || mayHaveHappened(order.steps.ship)
    ? []
    : registerOf(order).papers.flatMap(({ paper, expires }) => {
        if (expires === undefined) return [];
        const at = Date.parse(expires) + 86_400_000;
        return [{ at, paper, events: [{ type: 'paper-expired', paper, at }] }];
      });
