// Replays cases through the HTTP API as a business application would: one request a case, with an idempotency key.
import { z } from 'zod';
import { CaseView } from '../contract/cases.ts';
import type { DemoCase } from './demo-cases.ts';

export type ReplayOptions = {
  url: string;
  apiKey: string;
  /** A key with the scope `engine`: opens the server's figures. */
  engineKey: string;
  service: string;
  cases: readonly DemoCase[];
  /** Part of each idempotency key and business id: the same run repeated starts nothing twice. */
  run: string;
  /** Requests under way at once. */
  concurrency?: number;
  onProgress?: (done: number, total: number) => void;
};

/** What came of one replayed case, with the outcome that the data set knows. */
export type ReplayedCase = { case: CaseView; outcome: string; answerMs: number };

/** `reasons`: how often each reason sent a case of the service to people meanwhile. */
export type Replay = { replayed: ReplayedCase[]; elapsedMs: number; reasons: Map<string, number> };

const Problem = z.object({ title: z.string(), detail: z.string().optional() });

/** Starts every case and waits for what the service says at once. Throws with the server's own sentence if it refuses one. */
export async function replayCases(options: ReplayOptions): Promise<Replay> {
  const { cases, concurrency = 8 } = options;
  const replayed: ReplayedCase[] = [];
  const before = await readReasons(options);
  const started = performance.now();
  let next = 0;
  const caller = async () => {
    while (next < cases.length) {
      const index = next++;
      const demoCase = cases[index];
      if (demoCase === undefined) return;
      replayed.push(await replayCase(options, demoCase, index));
      options.onProgress?.(replayed.length, cases.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, cases.length) }, caller));
  const elapsedMs = performance.now() - started;
  const after = await readReasons(options);
  const reasons = new Map([...after].map(([reason, count]) => [reason, count - (before.get(reason) ?? 0)] as const).filter(([, count]) => count > 0));
  return { replayed, elapsedMs, reasons };
}

/** The server's own sums, from its metrics. */
async function readReasons({ url, engineKey, service }: ReplayOptions): Promise<Map<string, number>> {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${engineKey}` } });
  if (!response.ok) throw new Error(`The figures of ${url}/metrics were refused with ${response.status}: the key needs the scope "engine".`);
  const lines = (await response.text()).matchAll(/^stellwerk_review_reasons\{service="([^"]+)",reason="([^"]+)"\} (\d+)$/gm);
  return new Map([...lines].filter(([, of]) => of === service).map(([, , reason = '', count]) => [reason, Number(count)]));
}

async function replayCase(options: ReplayOptions, demoCase: DemoCase, index: number): Promise<ReplayedCase> {
  const number = String(index + 1).padStart(4, '0');
  const started = performance.now();
  const response = await fetch(`${options.url}/api/decision-services/${options.service}/cases`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${options.apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': `demo-${options.run}-${options.service}-${number}`,
      prefer: 'wait=20',
    },
    body: JSON.stringify({ input: demoCase.input, businessId: `${options.service.slice(0, 1).toUpperCase()}-${options.run}-${number}` }),
  });
  const body: unknown = await response.json();
  if (!response.ok) {
    const problem = Problem.safeParse(body);
    throw new Error(`case ${index + 1} of ${options.service} was refused with ${response.status}: ${problem.data?.detail ?? problem.data?.title ?? JSON.stringify(body)}`);
  }
  return { case: CaseView.parse(body), outcome: demoCase.outcome, answerMs: performance.now() - started };
}
