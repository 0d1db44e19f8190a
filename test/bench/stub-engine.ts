/**
 * The floor: an engine that does nothing but hand out jobs, spoken to through the same SDK. A case passes one job of
 * each type in order. What remains above it is ours.
 */
type Waiting = { resolve: (response: Response) => void };

export type StubEngine = { fetch: typeof globalThis.fetch; jobTypes: readonly string[]; onDone: (listener: (caseId: string) => void) => void };

const json = (body: unknown) => new Response(JSON.stringify(body), { status: 200, headers: { 'content-type': 'application/json' } });

/** A stub with so many job types in a row, or with these. A case begins with a message, or with an instance whose end its caller awaits. */
export function createStubEngine(jobs: number | readonly string[]): StubEngine {
  const jobTypes = typeof jobs === 'number' ? Array.from({ length: jobs }, (_, index) => `floor-${index + 1}`) : jobs;
  const ready = new Map<string, string[]>(jobTypes.map((type) => [type, []]));
  const polls = new Map<string, Waiting[]>(jobTypes.map((type) => [type, []]));
  const caseByJob = new Map<string, { caseId: string; step: number }>();
  const awaited = new Map<string, () => void>();
  let done: (caseId: string) => void = () => undefined;
  let lastKey = 0;

  const offer = (caseId: string, step: number) => {
    const type = jobTypes[step];
    if (type === undefined) { awaited.get(caseId)?.(); done(caseId); return; }
    const key = String(++lastKey);
    caseByJob.set(key, { caseId, step });
    const poll = polls.get(type)?.shift();
    if (poll === undefined) ready.get(type)?.push(key);
    else poll.resolve(jobsAnswer(type, [key]));
  };

  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname === '/v2/messages/publication') {
      const { correlationKey } = (await request.json()) as { correlationKey: string };
      offer(correlationKey, 0);
      return json({ tenantId: '<default>', messageKey: '1' });
    }
    if (pathname === '/v2/deployments') return json({ deploymentKey: '1', tenantId: '<default>', deployments: [] });
    if (pathname === '/v2/process-instances') {
      const caseId = `instance-${++lastKey}`;
      await request.json();
      const ended = new Promise<void>((resolve) => awaited.set(caseId, resolve));
      offer(caseId, 0);
      await ended;
      awaited.delete(caseId);
      return json({ processDefinitionId: 'floor', processDefinitionKey: '1', processDefinitionVersion: 1, processInstanceKey: '1', tenantId: '<default>', variables: {}, tags: [] });
    }
    if (pathname === '/v2/jobs/activation') {
      const { type, maxJobsToActivate } = (await request.json()) as { type: string; maxJobsToActivate: number };
      const keys = ready.get(type)?.splice(0, maxJobsToActivate) ?? [];
      if (keys.length > 0) return jobsAnswer(type, keys);
      return new Promise((resolve, reject) => {
        polls.get(type)?.push({ resolve });
        request.signal.addEventListener('abort', () => { reject(new DOMException('gone', 'AbortError')); });
      });
    }
    const key = /^\/v2\/jobs\/(\d+)\/completion$/.exec(pathname)?.[1] ?? '';
    const passed = caseByJob.get(key);
    caseByJob.delete(key);
    if (passed !== undefined) offer(passed.caseId, passed.step + 1);
    return new Response(null, { status: 204 });
  };
  return { fetch: (input, init) => answer(new Request(input, init)), jobTypes, onDone: (listener) => { done = listener; } };
}

function jobsAnswer(type: string, keys: readonly string[]): Response {
  return json({ jobs: keys.map((jobKey) => ({ type, jobKey, processDefinitionId: 'floor', processDefinitionVersion: 1, elementId: type, customHeaders: {}, worker: 'bench', retries: 3, deadline: 0, variables: {}, tenantId: '<default>', processInstanceKey: '1', processDefinitionKey: '1', elementInstanceKey: '1', kind: 'BPMN_ELEMENT', listenerEventType: 'UNSPECIFIED' })) });
}
