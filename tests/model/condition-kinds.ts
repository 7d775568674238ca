/** By hand: a condition is `KIND: FORM`, or a kind of its own. */
const kindsOf = (conditions: readonly string[]): readonly string[] => [...new Set(conditions.map((one) => one.replace(/:.*$/, '')))];

/** Whether two different conditions are of one kind. */
export const areContradictory = (conditions: readonly string[]): boolean => kindsOf(conditions).length < new Set(conditions).size;

/** Whether every kind that is asked for is there. */
export const hasAllKinds = (there: readonly string[], asked: readonly string[]): boolean => kindsOf(asked).every((kind) => kindsOf(there).includes(kind));
