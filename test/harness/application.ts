/** Calls the product as a business application does, and signs people in, over HTTP. */
import { z } from 'zod';
import { CaseRecord, CaseView } from '../../api/contract/cases.ts';
import type { FirstRun } from './server-process.ts';

export type Application = {
  startCase(service: string, input: unknown, idempotencyKey: string, businessId?: string): Promise<CaseView>;
  readCase(caseId: string, waitSeconds?: number): Promise<CaseView>;
  readRecord(caseId: string): Promise<CaseRecord>;
};

/** With the first run's API key. Throws with the server's words where it refuses. */
export function application(url: string, apiKey: string): Application {
  const authorization = `Bearer ${apiKey}`;
  const read = async <S extends z.ZodType>(path: string, schema: S) => schema.parse(await answered(await fetch(`${url}${path}`, { headers: { authorization } })));
  return {
    async startCase(service, input, idempotencyKey, businessId) {
      const response = await fetch(`${url}/api/decision-services/${service}/cases`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', 'idempotency-key': idempotencyKey, prefer: 'wait=20' },
        body: JSON.stringify({ input, businessId }),
      });
      return CaseView.parse(await answered(response));
    },
    readCase: (caseId, waitSeconds = 0) => read(`/api/cases/${caseId}?wait=${waitSeconds}`, CaseView),
    readRecord: (caseId) => read(`/api/cases/${caseId}/record`, CaseRecord),
  };
}

async function answered(response: Response): Promise<unknown> {
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return response.json();
}

/** The account of a name from the first run. */
export function accountOf(firstRun: FirstRun, name: string): { name: string; password: string } {
  const user = firstRun.users.find((one) => one.name === name);
  if (user === undefined) throw new Error(`the first run has no account "${name}"`);
  return user;
}
