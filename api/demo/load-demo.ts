// Fills a new data folder: opens the demo's releases and, unless told not to, replays cases as a business application would.
import { listReleases } from '../../ledger/index.ts';
import type { Stellwerk } from '../start.ts';
import { readDemoCases } from './demo-cases.ts';
import { openDemoReleases } from './open-demo-releases.ts';
import { replayCases } from './replay-cases.ts';
import { summariseReplay } from './summarise-replay.ts';
import { showProgress } from './show-progress.ts';

/** How many held-out cases the first start replays. */
const firstCases = { digits: 200, 'credit-risk': 60 } as const;

export type LoadDemo = { cases: boolean; print: (line: string) => void };

/** Bears repeating: releases that are there stay, and replayed cases carry the same idempotency keys. */
export async function loadDemo(stellwerk: Stellwerk, { cases, print }: LoadDemo): Promise<void> {
  const { ledger, inference, clock, firstRun, url } = stellwerk;
  await openDemoReleases({ ledger, inference, now: () => clock.now() });
  for (const release of await listReleases(ledger)) {
    print(`${release.service}: demo release of ${release.model.name}, ${describeMode(release.threshold)}, until ${new Date(release.validUntil).toISOString().slice(0, 10)}`);
  }
  if (!cases || firstRun === null) return;
  for (const [service, count] of Object.entries(firstCases)) {
    const heldOut = await readDemoCases(service, 'held-out');
    const replay = await replayCases({ url, apiKey: firstRun.apiKey, engineKey: firstRun.engineKey.secret, service, cases: heldOut.slice(0, count), run: 'first', onProgress: showProgress(service) });
    for (const line of summariseReplay(service, replay)) print(line);
  }
}

function describeMode(threshold: number | null): string {
  return threshold === null ? 'a pilot: every case goes to people' : `automatic from a confidence of ${(threshold * 100).toFixed(1)} % on`;
}
