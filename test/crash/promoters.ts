/** The people of a promotion, while the server is killed: each asks again until he is answered. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ReleaseState } from '../../api/contract/releases.ts';
import { ModelManifest } from '../../models/server/index.ts';
import type { FirstRun } from '../harness/server-process.ts';
import { pause, request, signIn } from './callers.ts';

/** What is read of a release here. */
export const Release = z.object({
  release: z.string(),
  state: ReleaseState,
  share: z.number(),
  gate: z.unknown(),
  decision: z.object({ outcome: z.string(), bundleDigest: z.string().nullable() }),
  evidence: z.array(z.object({ kind: z.string(), current: z.boolean() })),
  moves: z.array(z.object({ from: z.string().nullable(), to: z.string(), code: z.string(), share: z.number().nullable() })),
});
export type Release = z.infer<typeof Release>;

export type Promoters = {
  /** credit-risk v2 from its proposal to live. */
  promote(): Promise<string>;
  rollBack(release: string): Promise<void>;
  read(release: string): Promise<Release>;
};

const voters = ['approver', 'process-owner'];
/** A wish to go on that came between two waits is said again. */
const askAgainAfterMs = 3_000;

export async function createPromoters(url: string, accounts: FirstRun): Promise<Promoters> {
  const sessions = new Map<string, Record<string, string>>();
  for (const role of ['ml-engineer', 'auditor', ...voters]) sessions.set(role, await signIn(url, accounts, role));
  const model = ModelManifest.parse(JSON.parse(await readFile('models/credit-risk/artefacts/credit-risk-v2/model.json', 'utf8')));

  /** The answer, whatever it is; 409 says that somebody (perhaps the same call, unanswered) was faster. */
  const insist = async (role: string, method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> => {
    for (;;) {
      const answer = await request(`${url}${path}`, { method, headers: sessions.get(role) ?? {}, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      if (answer !== undefined && answer.status < 429) {
        if (answer.status > 299 && answer.status !== 409) throw new Error(`${method} ${path} was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
        return answer;
      }
      await pause(50);
    }
  };
  const read = async (release: string): Promise<Release> => Release.parse((await insist('auditor', 'GET', `/api/releases/${release}`)).body);
  const propose = async (): Promise<string> => {
    for (;;) {
      const body = { service: 'credit-risk', model: { name: model.name, version: model.version, digest: model.sha256 }, reference: model.name, trainedBy: 'somebody' };
      const answer = await insist('ml-engineer', 'POST', '/api/releases', body);
      if (answer.status !== 409) return Release.parse(answer.body).release;
      await pause(100);
    }
  };
  const goOn = async (release: Release, asked: Map<string, number>): Promise<void> => {
    const { bundleDigest, outcome } = release.decision;
    if (outcome === 'open' && release.gate !== null && bundleDigest !== null) {
      for (const voter of voters) await insist(voter, 'POST', `/api/releases/${release.release}/votes`, { answer: 'approve', evidenceDigest: bundleDigest });
    }
    const step = `${release.release} ${release.state} ${release.share}`;
    if (['shadow', 'canary'].includes(release.state) && Date.now() - (asked.get(step) ?? 0) > askAgainAfterMs) {
      asked.set(step, Date.now());
      await insist('approver', 'POST', `/api/releases/${release.release}/step`);
    }
  };
  return {
    read,
    promote: async () => {
      const id = await propose();
      const asked = new Map<string, number>();
      for (;;) {
        const release = await read(id);
        if (release.state === 'live') return id;
        if (!['proposed', 'evaluated', 'approved', 'shadow', 'canary'].includes(release.state)) throw new Error(`The promotion ended as ${release.state}: ${JSON.stringify(release.moves)}`);
        await goOn(release, asked);
        await pause(100);
      }
    },
    rollBack: async (release) => { await insist('process-owner', 'POST', `/api/releases/${release}/roll-back`, { reason: 'complaints' }); },
  };
}
