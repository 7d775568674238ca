/** A policy file with nothing wrong, small and with every kind of row. */
export const goodPolicy = `id: test-policy
title: A policy of tests
effective: 2026-01-15
inForce: by-date
sources:
  rule: { says: What the rule says, where: The rule, certainty: verified-primary }
  press: { says: What the press says, where: The press, certainty: verified-press }
review:
  opinionDays: 30
  questionDays: 10
  limitDays: 90
  day: { reading: exact }
  agencyPositions: visible
  disagreement: { goesTo: president }
  intentToDeny: { respondDays: 20, finalDays: 45 }
  appealDays: 45
  certifications:
    - { code: no-military-use, says: Nobody military }
  endUserStatement: needed
  sources:
    opinionDays: [rule]
    questionDays: [rule]
    limitDays: [rule]
    day: [rule]
    agencyPositions: [rule]
    disagreement: [press]
    intentToDeny: [rule]
    appealDays: [rule]
    certifications: [rule]
    endUserStatement: [rule]
license:
  validMonths: 48
  sources: { validMonths: [rule] }
customers:
  vetting: vetted-by-commerce
  sources: { vetting: [press] }
eligibility:
  - { name: named, products: [MI308], route: needs-ruling, sources: [press] }
  - { name: small, tpp: { below: 4800 }, route: no-license-required, sources: [rule] }
  - { name: large-and-slow, tpp: { from: 4800 }, bandwidth: { below: 6500 }, route: case-by-case, sources: [rule] }
  - { name: large-and-fast, tpp: { from: 4800 }, bandwidth: { from: 6500 }, route: presumption-of-denial, sources: [rule] }
levy:
  base: entered-value
  payer: importer-of-record
  borneBy: unknown
  trigger: on-entry
  refundable: unknown
  exemptions: [start-ups]
  bands:
    - { name: band, tpp: { above: 14000, below: 17500 }, percent: 25, sources: [rule] }
    - { name: outside, percent: 0, sources: [rule] }
  sources: { base: [rule], payer: [rule], trigger: [rule], exemptions: [rule] }
quotas:
  - { name: half, says: Half of it, kind: share-of-us-volume, percent: 50, countedIn: unknown, sources: [press] }
  - { name: each, says: For each, kind: units-per-customer, units: 75000, products: [H200], sources: [press] }
papers:
  - { name: statement, says: A statement, when: before-filing, from: the importer, sources: [rule] }
  - { name: invoice, says: An invoice, when: before-export, act: register-paper, from: the exporter, sources: [press] }
shipping: { usEntry: by-cbp, siteVerification: needed, sources: { usEntry: [rule], siteVerification: [press] } }
endUses:
  us: { model-training: open, civil-cloud: open, research: open, civil-ai: open, autonomous-driving: barred, resale: case-by-case }
  china: { model-training: unknown, civil-cloud: unknown, research: unknown, civil-ai: unknown, autonomous-driving: unknown, resale: unknown }
  sources: { us: [rule] }
`;

/** The good policy with one text in the place of another, which must stand there once. */
export function changedPolicy(from: string, to: string): string {
  if (goodPolicy.split(from).length !== 2) throw new Error(`"${from}" must stand once in the good policy`);
  return goodPolicy.replace(from, () => to);
}
