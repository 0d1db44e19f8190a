// Reads the errors of Kubeflow Pipelines, of which there are two shapes, and tells permanent faults that look like 500s apart.
import { z } from 'zod';
import { parseJson } from '../../../ledger/parse-json.ts';
import { fault, kindOfStatus } from '../http/faults.ts';
import type { RefusedAnswer } from '../http/platform-client.ts';
import { PlatformError, type PlatformErrorKind } from '../platform-error.ts';

/** Of the API: gRPC's status as JSON. */
const ApiFault = z.object({ code: z.number(), message: z.string(), details: z.array(z.looseObject({ message: z.string().optional() })).optional() });

/** Of the upload endpoints; `error_details` begins with the cause and goes on with a Go stack. */
const UploadFault = z.object({ error_message: z.string(), error_details: z.string().optional() });

/** gRPC codes (google.rpc.Code) whose meaning the HTTP status hides. */
const kindByCode: Readonly<Record<number, PlatformErrorKind>> = { 3: 'invalid', 5: 'not-found', 6: 'conflict', 7: 'forbidden', 9: 'conflict', 10: 'conflict', 12: 'permanent', 14: 'transient', 16: 'unauthorized' };

/** What the API server says inside a 500 (code 13) about faults that no retry mends. */
const permanentWords: readonly [RegExp, PlatformErrorKind][] = [
  [/not ?found|does not exist/i, 'not-found'],
  [/invalid input|conversion error|cannot be empty|unknown template format|failed to (read|parse|unmarshal)/i, 'invalid'],
  [/already exist|duplicate entry/i, 'conflict'],
];

export function readPipelinesFault(answer: RefusedAnswer): PlatformError {
  const body = parseJson(answer.text);
  const upload = UploadFault.safeParse(body);
  if (upload.success) {
    const { error_message: message, error_details: details = '' } = upload.data;
    const cause = `${message}: ${details.split('\n')[0] ?? ''}`;
    return fault('pipelines', answer, kindOf(answer.status, null, `${message} ${details.slice(0, 2_000)}`), cause);
  }
  const api = ApiFault.safeParse(body);
  if (!api.success) return fault('pipelines', answer, kindOfStatus(answer.status), answer.text);
  return fault('pipelines', answer, kindOf(answer.status, api.data.code, api.data.message), api.data.message);
}

function kindOf(status: number, code: number | null, message: string): PlatformErrorKind {
  if (status < 500) return (code === null ? undefined : kindByCode[code]) ?? kindOfStatus(status);
  const permanent = permanentWords.find(([words]) => words.test(message));
  return permanent?.[1] ?? (code === null ? undefined : kindByCode[code]) ?? kindOfStatus(status);
}
