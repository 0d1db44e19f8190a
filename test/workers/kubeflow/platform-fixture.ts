// The platform's ports on stand-in servers, with short limits, a clock that a test moves and jitter that it chooses.
import { onTestFinished } from 'vitest';
import { createPlatform } from '../../../workers/kubeflow/create-platform.ts';
import type { Platform } from '../../../workers/kubeflow/ports.ts';
import type { CallLimits, PlatformSettings } from '../../../workers/kubeflow/settings.ts';
import { startStandIn, type StandIn, type StandInCall, type StandInReply } from './stand-in-server.ts';

export const signal = new AbortController().signal;
export const options = { signal };

export const shortLimits: CallLimits = { timeLimitMs: 2_000, attempts: 3, firstPauseMs: 1, maxPauseMs: 5, breaker: { failures: 100, openMs: 1_000 }, settleMs: 1 };

/** A stand-in that ends with the test. */
export async function standIn(answer: (call: StandInCall, nth: number) => StandInReply): Promise<StandIn> {
  const server = await startStandIn(answer);
  onTestFinished(() => server.close());
  return server;
}

export function platformOn(given: Partial<PlatformSettings>, clock = { now: () => 0 }): Platform {
  const settings: PlatformSettings = { kserve: null, pipelines: null, registry: null, serviceProperty: 'decision_service', modelServer: () => 'http://127.0.0.1:1', localRegistryFile: '/nowhere/registry.json', limits: shortLimits, ...given };
  return createPlatform(settings, { clock, random: () => 0, environment: {} });
}

export function service(url: string) {
  return { url, token: { kind: 'none' as const }, caFile: null };
}
