// SQL conditions with their parameters, joined and negated without ever putting a value into the text.

export type SqlValue = string | number | null;
export type Condition = {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
  /** Where it asks for one of these values and for nothing else, by `=` or `IN`: an index may then serve it in another way. */
  readonly among?: readonly SqlValue[];
  /** The same in the form that suits what is stored, for when the store can be asked. */
  readonly suited?: (count: Count) => Condition;
};
/** How many rows follow a `SELECT 1`, which the condition is here; no more than `most` are counted. */
export type Count = (rows: Condition, most: number) => number;

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
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(word),
    parameters: conditions.flatMap(({ parameters }) => parameters),
    ...suiting(conditions, (suited) => join(suited, word, whenEmpty)),
  };
}

/** What is made of conditions is suited by being made of the suited ones. */
export function suiting(conditions: readonly Condition[], make: (suited: readonly Condition[]) => Condition): Pick<Condition, 'suited'> {
  if (conditions.every(({ suited }) => suited === undefined)) return {};
  return { suited: (count) => make(conditions.map((condition) => suitedTo(count, condition))) };
}

export function suitedTo(count: Count, condition: Condition): Condition {
  return condition.suited?.(count) ?? condition;
}
