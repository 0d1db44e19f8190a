// Variables: search, read one, write those of an element instance.
import { z } from 'zod';
import { json, noContent } from '../answer.ts';
import { operation } from '../operation.ts';
import { noSuchEntity } from '../problem.ts';
import { operationReference, optional, requiredVariables } from '../request/fields.ts';
import { search, searchSchema } from '../search/search.ts';
import { rejected } from './rejection.ts';
import { afterListeners } from './task-answer.ts';
import { shownVariable, truncation, variableRows, variablesShown } from './variable-rows.ts';
import { prepared } from '../search/prepared.ts';

export const variableOperations = [
  operation({
    operationId: 'searchVariables', method: 'POST', path: '/variables/search', body: searchSchema(variableRows), bodyOptional: true, query: truncation,
    answer: ({ db, body, query }) => search(db, variablesShown(variableRows, query.truncateValues), body),
  }),
  operation({
    operationId: 'getVariable', method: 'GET', path: '/variables/{variableKey}',
    answer: ({ db, key, keyText }) => {
      const row = prepared(db, 'SELECT * FROM variable_values WHERE key = ?').get(key);
      return row === undefined ? noSuchEntity('Variable', keyText) : json(shownVariable(row));
    },
  }),
  operation({
    operationId: 'createElementInstanceVariables', method: 'PUT', path: '/element-instances/{elementInstanceKey}/variables',
    body: z.strictObject({ variables: requiredVariables, local: optional(z.boolean()), operationReference }),
    answer: async ({ core, key, body, request }) => {
      const result = await core.submit({ type: 'variable.set', elementInstanceKey: key, variables: body.variables, local: body.local ?? false });
      if (!result.ok) return rejected('UPDATE', result.rejection);
      const { userTaskKey } = result.answer;
      return userTaskKey === null ? noContent : afterListeners(core, 'UPDATE', userTaskKey, request.signal);
    },
  }),
];
