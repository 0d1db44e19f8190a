// Incidents: search, read, resolve.
import { z } from 'zod';
import { json } from '../answer.ts';
import { operation } from '../operation.ts';
import { noSuchEntity } from '../problem.ts';
import { operationReference } from '../request/fields.ts';
import { findOne, search, searchSchema } from '../search/search.ts';
import { incidents } from './incident-rows.ts';
import { submitted } from './rejection.ts';

export const incidentOperations = [
  operation({
    operationId: 'searchIncidents', method: 'POST', path: '/incidents/search', body: searchSchema(incidents), bodyOptional: true,
    answer: ({ db, body }) => search(db, incidents, body),
  }),
  operation({
    operationId: 'getIncident', method: 'GET', path: '/incidents/{incidentKey}',
    answer: ({ db, key, keyText }) => {
      const found = findOne(db, incidents, { sql: 't.key = ?', parameters: [key] });
      return found === undefined ? noSuchEntity('Incident', keyText) : json(found);
    },
  }),
  operation({
    operationId: 'resolveIncident', method: 'POST', path: '/incidents/{incidentKey}/resolution',
    body: z.strictObject({ operationReference }), bodyOptional: true,
    answer: ({ core, key }) => submitted(core, 'RESOLVE', { type: 'incident.resolve', incidentKey: key }),
  }),
];
