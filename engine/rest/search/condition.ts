// SQL conditions with their parameters, joined and negated without ever putting a value into the text.

export type SqlValue = string | number | null;
export type Condition = {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
  /** Where it asks for one of these values and for nothing else, by `=` or `IN`: an index may then serve it in another way. */
  readonly among?: readonly SqlValue[];
};

export const ALWAYS: Condition = { sql: '1', parameters: [] };
export const NEVER: Condition = { sql: '0', parameters: [] };

/** All of them hold. */
export function all(conditions: readonly Condition[]): Condition {
  return join(conditions, ' AND ', ALWAYS);
}

/** At least one of them holds. */
export function any(conditions: readonly Condition[]): Condition {
  return join(conditions, ' OR ', NEVER);
}

function join(conditions: readonly Condition[], word: string, whenEmpty: Condition): Condition {
  const [first, ...rest] = conditions;
  if (first === undefined) return whenEmpty;
  if (rest.length === 0) return first;
  return { sql: conditions.map(({ sql }) => `(${sql})`).join(word), parameters: conditions.flatMap(({ parameters }) => parameters) };
}
