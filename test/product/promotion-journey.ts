// The life of credit-risk v2 through the HTTP API, on the local model server: what the journeys of a release share.
import { readFile } from 'node:fs/promises';
import { vi } from 'vitest';
import type { ReleaseDetail, ReleaseList, ReleaseState } from '../../api/contract/releases.ts';
import { readDemoCases } from '../../api/demo/demo-cases.ts';
import type { StartOptions } from '../../api/start.ts';
import { createClock } from '../../engine/index.ts';
import { openRelease } from '../../ledger/index.ts';
import { ModelManifest } from '../../models/server/index.ts';
import { startProduct, startTestCase, type CaseView, type Hand, type Product } from '../api/product.ts';
import { inState, openBundle } from './release-steps.ts';

export const dayMs = 86_400_000;
const patience = { timeout: 60_000, interval: 50 };

export type Journey = {
  product: Product;
  /** The pilot that decides before: credit-risk v1. */
  champion: string;
  propose(): Promise<string>;
  read(release: string): Promise<ReleaseDetail>;
  inState(release: string, state: ReleaseState): Promise<ReleaseDetail>;
  /** Approver and process owner, once the gate has spoken. */
  approve(release: string, more?: Record<string, unknown>, voters?: readonly string[]): Promise<void>;
  as(who: string): Promise<Hand>;
  post(who: string, path: string, body?: unknown): Promise<unknown>;
  step(release: string): Promise<void>;
  /** From its proposal to live, each step ended by a person. */
  toLive(release: string): Promise<ReleaseDetail>;
  newest(): Promise<ReleaseDetail>;
  pass(ms: number): void;
  decide(input: unknown): Promise<CaseView>;
  manifest: ModelManifest;
};

export async function startJourney(options: StartOptions & { env?: Record<string, string>; championDays?: number } = {}): Promise<Journey> {
  const clock = createClock();
  clock.pin(Date.parse('2026-11-23T09:00:00Z'));
  const product = await startProduct({ clock, ...options, env: { STELLWERK_UI: 'skip', ...options.env } });
  const manifestOf = async (name: string) => ModelManifest.parse(JSON.parse(await readFile(`models/credit-risk/artefacts/${name}/model.json`, 'utf8')));
  const [v1, manifest] = await Promise.all([manifestOf('credit-risk-v1'), manifestOf('credit-risk-v2')]);
  const opened = await openRelease(product.stellwerk.ledger, {
    service: 'credit-risk',
    model: { name: v1.name, version: v1.version, digest: v1.sha256 },
    validUntil: clock.now() + (options.championDays ?? 400) * dayMs,
    openedBy: 'system:test',
    certificate: null,
    mode: 'pilot',
  });
  if (opened.kind === 'refused') throw new Error(opened.message);
  // Sessions end with the clock: each person signs in anew after it was moved, and only then.
  let signedIn = new Map<string, Promise<Hand>>();
  const as = (who: string): Promise<Hand> => {
    const known = signedIn.get(who) ?? product.as(who);
    signedIn.set(who, known);
    return known;
  };
  const post: Journey['post'] = async (who, path, body) => (await as(who)).post(path, body);
  const read: Journey['read'] = async (release) => (await as('auditor')).get(`/api/releases/${release}`);
  const journey: Journey = {
    product, manifest, as, post, read,
    champion: opened.release.releaseId,
    async propose() {
      const proposed = (await post('ml-engineer', '/api/releases', { service: 'credit-risk', model: { name: manifest.name, version: manifest.version, digest: manifest.sha256 }, reference: manifest.name, trainedBy: 'somebody' })) as ReleaseDetail;
      return proposed.release;
    },
    inState: (release, state) => inState(read, release, state, patience),
    async approve(release, more = {}, voters = ['approver', 'process-owner']) {
      const evidenceDigest = await openBundle(read, release, patience);
      for (const who of voters) await post(who, `/api/releases/${release}/votes`, { answer: 'approve', evidenceDigest, ...more });
    },
    step: (release) =>
      vi.waitFor(async () => {
        const before = await read(release);
        await post('approver', `/api/releases/${release}/step`);
        await vi.waitFor(async () => {
          const after = await read(release);
          if (after.state === before.state && after.share === before.share) throw new Error('the step goes on');
        }, patience);
      }, patience),
    async toLive(release) {
      await journey.approve(release);
      await journey.inState(release, 'shadow');
      for (const _step of ['shadow', 10, 50, 100]) await journey.step(release);
      return journey.inState(release, 'live');
    },
    async newest() {
      const { items } = await (await as('auditor')).get<ReleaseList>('/api/releases?service=credit-risk&limit=1');
      const [found] = items;
      if (found === undefined) throw new Error('there is no release');
      return read(found.release);
    },
    pass: (ms) => {
      clock.pin(clock.now() + ms);
      signedIn = new Map();
    },
    decide: (input) => startTestCase(product, 'credit-risk', input),
  };
  return journey;
}

export const heldOut = await readDemoCases('credit-risk', 'held-out');
