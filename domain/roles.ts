/** The agencies to which Commerce refers an application for their position. */
export const agencies = ['us.state', 'us.energy', 'us.defense'] as const;
export type Agency = (typeof agencies)[number];

/** Everyone who may act on an order; the same names in CLI, events, Temporal UI and record. */
export const roles = [
  'seller.desk',
  'seller.stock',
  'compliance.second',
  'buyer',
  'carrier',
  'us.commerce',
  ...agencies,
  'us.oc-chair',
  'us.acep',
  'us.earb',
  'us.president',
  'us.cbp',
  'test.lab',
  'cn.mofcom',
  'cn.miit',
  'cn.gacc',
  'policy.admin',
] as const;
export type Role = (typeof roles)[number];

export const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text);
