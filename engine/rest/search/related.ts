// Conditions on rows that belong to the one searched for: variables, elements, candidates.
import { z } from 'zod';
import { all, type Condition } from './condition.ts';
import { limitedList, textFilter, type FilterProperty } from './operators.ts';

/** At least one row of `from` that belongs here (`join`) meets the condition. */
export function exists(from: string, join: string, condition: Condition): Condition {
  return { sql: `EXISTS (SELECT 1 FROM ${from} WHERE ${join} AND (${condition.sql}))`, parameters: condition.parameters };
}

const value = textFilter('v.value');
const variable = z.strictObject({ name: z.string(), value });

/** Variables by name and serialised value; `join` says whose they are. */
export function variableFilter(join: string): FilterProperty {
  return limitedList(variable).transform((variables) =>
    all(variables.map((given) => exists('variable_values v', join, all([{ sql: 'v.name = ?', parameters: [given.name] }, given.value])))),
  );
}
