// Reads the errors of the Kubeflow Model Registry: `{code, message}`, where the HTTP status says it all.
import { z } from 'zod';
import { parseJson } from '../../../ledger/parse-json.ts';
import { fault, kindOfStatus } from '../http/faults.ts';
import type { RefusedAnswer } from '../http/platform-client.ts';
import type { PlatformError } from '../platform-error.ts';

const Fault = z.object({ code: z.string(), message: z.string() });

export function readRegistryFault(answer: RefusedAnswer): PlatformError {
  const parsed = Fault.safeParse(parseJson(answer.text));
  return fault('model-registry', answer, kindOfStatus(answer.status), parsed.success ? `${parsed.data.code}: ${parsed.data.message}` : answer.text);
}
