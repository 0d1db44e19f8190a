// Conditions on rows that belong to the one searched for: variables, elements, candidates.
import { z } from 'zod';
import { all, type Condition } from './condition.ts';
import { limitedList, textFilter, type FilterProperty } from './operators.ts';

/** At least one row of `from` that belongs here (`join`) meets the condition. */
export function exists(from: string, join: string, condition: Condition): Condition {
  return { sql: `EXISTS (SELECT 1 FROM ${from} WHERE ${join} AND (${condition.sql}))`, parameters: condition.parameters };
}

/** What is equal begins alike: the index has the beginnings. A list may be kept as rows of its items, then it has none there. */
const value = textFilter('v.value').transform((condition) => {
  const [asked, another] = condition.among ?? [];
  if (asked === undefined || another !== undefined) return condition;
  if (!String(asked).startsWith('[')) return all([{ sql: 'v.head = substr(?, 1, 24)', parameters: [asked] }, condition]);
  // Two look-ups for each row only where there is such a list at all.
  return all([{ sql: `v.head IN (substr(?, 1, 24), CASE WHEN EXISTS (SELECT 1 FROM variable_items) THEN '' ELSE substr(?, 1, 24) END)`, parameters: [asked, asked] }, condition]);
});
const variable = z.strictObject({ name: z.string(), value });

/** Variables by name and serialised value; `join` says whose they are. */
export function variableFilter(join: string): FilterProperty {
  return limitedList(variable).transform((variables) =>
    all(variables.map((given) => exists('variable_values v', join, all([{ sql: 'v.name = ?', parameters: [given.name] }, given.value])))),
  );
}
