import type { DocumentRegister, ExportPaper, ShippingRules } from '../shipping.ts';
import type { Order } from '../state.ts';

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
