// Conditions on rows that belong to the one searched for: variables, elements, candidates.
import { z } from 'zod';
import { all, any, suiting, type Condition, type SqlValue } from './condition.ts';
import { limitedList, manyTextsFilter, type FilterProperty, type Test } from './operators.ts';

/** At least one row of `from` that belongs here (`join`) meets the condition. */
export function exists(from: string, join: string, condition: Condition): Condition {
  return {
    sql: `EXISTS (SELECT 1 FROM ${from} WHERE ${join} AND (${condition.sql}))`,
    parameters: condition.parameters,
    ...suiting([condition], ([suited = condition]) => exists(from, join, suited)),
  };
}

/** So many characters of a value are in the index beside its scope and name. */
const HEAD_LENGTH = 24;
const HEAD = `substr(v.value, 1, ${HEAD_LENGTH})`;
/** The whole value of a variable whose items are rows; null of others. */
const FROM_ITEMS = `CASE v.value WHEN '' THEN (SELECT w.value FROM variable_values w WHERE w.key = v.key) END`;
/** What is shorter than a beginning is its whole: the index has it, and the row is not read. */
const WHOLE = `CASE WHEN length(${HEAD}) BETWEEN 1 AND ${HEAD_LENGTH - 1} THEN ${HEAD} WHEN v.value <> '' THEN v.value ELSE ${FROM_ITEMS} END`;

const value = manyTextsFilter({
  has: (test) => {
    const condition = test(WHOLE);
    const [asked, another] = condition.among ?? [];
    return asked === undefined || another !== undefined ? condition : equalTo(asked, test);
  },
});

/** What is equal begins alike. A list may be kept as rows of its items, then it has no beginning in the index. */
function equalTo(asked: SqlValue, test: Test): Condition {
  const characters = [...String(asked)];
  const beginsSo: Condition = { sql: `${HEAD} = ?`, parameters: [characters.slice(0, HEAD_LENGTH).join('')] };
  const isWhole = characters.length > 0 && characters.length < HEAD_LENGTH;
  const stored = isWhole ? beginsSo : all([beginsSo, test(`nullif(v.value, '')`)]);
  if (characters[0] !== '[') return stored;
  const either = any([stored, all([{ sql: `${HEAD} = ''`, parameters: [] }, test(FROM_ITEMS)])]);
  return { ...either, suited: (count) => (count({ sql: 'FROM variable_items', parameters: [] }, 1) === 0 ? stored : either) };
}

const variable = z.strictObject({ name: z.string(), value });

/** Variables by name and serialised value; `join` says whose they are. */
export function variableFilter(join: string): FilterProperty {
  return limitedList(variable).transform((variables) =>
    all(variables.map((given) => exists('variables v', join, all([{ sql: 'v.name = ?', parameters: [given.name] }, given.value])))),
  );
}
