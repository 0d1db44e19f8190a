/** Those who use the server while it is killed: business applications that start cases, and an expert who reviews them. Both repeat what was not answered. */
import { z } from 'zod';
import type { FirstRun } from '../harness/server-process.ts';

export const Answer = z.object({ caseId: z.string(), status: z.enum(['received', 'in-review', 'decided']), decision: z.string().nullable(), decidedBy: z.enum(['model', 'expert']).nullable() });
export type Answer = z.infer<typeof Answer>;

/** What the server said it has: it must never forget any of it. */
export type Acknowledged = {
  /** First answer by idempotency key. */
  cases: Map<string, Answer>;
  /** Final verdict by case. */
  verdicts: Map<string, string>;
};

/** Between two tries. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Undefined where the server was killed before it answered. */
export async function request(url: string, init: RequestInit = {}): Promise<{ status: number; body: unknown; headers: Headers } | undefined> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(20_000) });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text), headers: response.headers };
  } catch (error) {
    // `fetch failed`, `terminated`, or the time-out of a connection that nobody closed.
    if (error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError')) return undefined;
    throw error;
  }
}

/** Starts one case and repeats it under the same key until it is acknowledged. */
export async function startUntilAcknowledged(url: string, apiKey: string, key: string, input: unknown, acknowledged: Acknowledged): Promise<void> {
  for (;;) {
    const answer = await request(`${url}/api/decision-services/digits/cases`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ input }),
    });
    if (answer !== undefined && answer.status !== 429 && answer.status !== 503) {
      if (answer.status > 299) throw new Error(`unexpected ${answer.status}: ${JSON.stringify(answer.body)}`);
      acknowledged.cases.set(key, Answer.parse(answer.body));
      return;
    }
    await pause(20);
  }
}

const TaskPage = z.object({ items: z.array(z.object({ userTaskKey: z.string(), caseId: z.string(), step: z.string() })) });
const Task = z.object({ step: z.enum(['blind', 'compare', 'stored', 'done']) });
const Session = z.object({ csrfToken: z.string() });

/** Signs in a person of the first run; repeats where the server is away. */
export async function signIn(url: string, { users }: FirstRun, role: string): Promise<Record<string, string>> {
  const { name, password } = users.find((one) => one.role === role) ?? {};
  for (;;) {
    const answer = await request(`${url}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name, password }) });
    if (answer?.status === 200) return { cookie: answer.headers.getSetCookie().map((one) => one.split(';')[0]).join('; '), 'x-csrf-token': Session.parse(answer.body).csrfToken, 'content-type': 'application/json' };
    if (answer !== undefined && answer.status !== 503) throw new Error(`the sign-in was refused: ${JSON.stringify(answer.body)}`);
    await pause(50);
  }
}

/** Gives verdicts, one task after another, until `isOver`. Each task gets the class that its case id picks, so that a lost verdict shows. */
export async function reviewUntil(isOver: () => boolean, url: string, headers: Record<string, string>, acknowledged: Acknowledged): Promise<void> {
  while (!isOver()) {
    const list = await request(`${url}/api/inbox/tasks?list=all&limit=20`, { headers });
    const open = list?.status === 200 ? TaskPage.parse(list.body).items.filter(({ caseId }) => !acknowledged.verdicts.has(caseId)) : [];
    for (const { userTaskKey, caseId } of open.slice(0, 3)) await review(`${url}/api/inbox/tasks/${userTaskKey}`, caseId, headers, acknowledged);
    await pause(50);
  }
}

async function review(task: string, caseId: string, headers: Record<string, string>, acknowledged: Acknowledged): Promise<void> {
  const own = String(Number.parseInt(caseId.slice(0, 4), 16) % 10);
  const read = await request(task, { headers });
  if (read?.status !== 200) return;
  let { step } = Task.parse(read.body);
  if (step === 'blind') step = await give(`${task}/verdict`, { class: own, durationMs: 1000 }, headers);
  if (step === 'compare') step = await give(`${task}/final-verdict`, { class: own, text: 'I looked again.', durationMs: 1000 }, headers);
  if (step === 'stored' || step === 'done') acknowledged.verdicts.set(caseId, own);
}

const Given = z.object({ task: Task });

/** The step that the server says the task is at now; blind where it did not say, so that the next look finds out. */
async function give(url: string, verdict: Record<string, unknown>, headers: Record<string, string>): Promise<z.infer<typeof Task>['step']> {
  const answer = await request(url, { method: 'POST', headers, body: JSON.stringify(verdict) });
  return answer?.status === 200 ? Given.parse(answer.body).task.step : 'blind';
}
