// Linked forms as the API shows them.
import { json, noJson, type Answer } from '../answer.ts';
import { jsonAt, keyAt, numberAt, TENANT_ID, textAt } from '../search/row.ts';
import type { Row } from '../search/search.ts';

/** The form of a row of `forms`, or 204 when there is none. */
export function shownForm(row: Row | undefined): Answer {
  if (row === undefined) return noJson;
  return json({
    tenantId: TENANT_ID,
    formId: textAt(row, 'form_id'),
    schema: jsonAt(row, 'schema'),
    version: numberAt(row, 'version'),
    formKey: keyAt(row, 'key'),
  });
}
