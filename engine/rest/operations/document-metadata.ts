// Metadata of uploaded documents: a JSON part, or several where a client sends one for each file.
import { z } from 'zod';
import type { DocumentMetadata } from '../../document/documents.ts';
import { parseJson } from '../../parse-json.ts';
import { isProblem, type Problem } from '../answer.ts';
import { invalidArgument, unreadableBody } from '../problem.ts';
import { check } from '../request/check.ts';
import { dateTime, int64, key, optional } from '../request/fields.ts';
import type { UploadedFile, UploadedForm } from '../request/form.ts';
import { nestsTooDeep } from '../request/nests-too-deep.ts';

/** A media type, or whatever else may stand in a header's value. */
const headerText = z.string().max(255).regex(/^[\x20-\x7e]*$/);

const schema = z.strictObject({
  contentType: optional(headerText),
  fileName: optional(z.string().max(255)),
  expiresAt: optional(dateTime),
  // What was sent is measured, not believed.
  size: optional(int64),
  processDefinitionId: optional(z.string()),
  processInstanceKey: optional(key),
  customProperties: optional(z.record(z.string(), z.unknown())),
});
type Given = z.output<typeof schema>;

/** One per file, or none at all. */
export function readMetadata(form: UploadedForm, part: string, count: number): readonly Given[] | Problem {
  const given: unknown[] = [];
  for (const text of form.texts(part)) {
    const value = nestsTooDeep(text) ? undefined : parseJson(text);
    if (value === undefined) return unreadableBody();
    given.push(...(Array.isArray(value) ? (value as unknown[]) : [value]));
  }
  if (given.length > 0 && given.length !== count) return invalidArgument(`Expected as many entries in ${part} as there are files, ${count}, but found ${given.length}`);
  const read: Given[] = [];
  for (const value of given) {
    const checked = check(schema, value);
    if (isProblem(checked)) return checked;
    read.push(checked);
  }
  return read;
}

/** What was said of a document, and for the rest what its part tells. */
export function metadataOf(file: UploadedFile, given: Given | undefined): DocumentMetadata {
  const { contentType, fileName, expiresAt, processDefinitionId, processInstanceKey, customProperties = {} } = given ?? {};
  return {
    contentType: contentType ?? (file.type === '' ? 'application/octet-stream' : file.type),
    fileName: fileName ?? file.name,
    customProperties,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(processDefinitionId === undefined ? {} : { processDefinitionId }),
    ...(processInstanceKey === undefined ? {} : { processInstanceKey }),
  };
}
