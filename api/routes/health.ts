/** Whether the server lives and takes cases, and its figures. */
import type { readLive as liveOperation, readMetrics as metricsOperation, readReady as readyOperation } from '../contract/health.ts';
import { Problem } from '../problem.ts';
import type { Handler } from './handler.ts';

export const readLive: Handler<typeof liveOperation> = async () => ({ status: 200, body: { status: 'live' } });

export const readReady: Handler<typeof readyOperation> = async (_, parts) => {
  const up = await parts.partsUp();
  const down = (['ledger', 'engine', 'workers'] as const).filter((part) => !up[part]);
  if (down.length > 0 || parts.closing.aborted) throw new Problem('not-ready', parts.closing.aborted ? 'The server is closing.' : `Not running yet: ${down.join(', ')}. Try again in a moment.`, { headers: { 'retry-after': '1' } });
  return { status: 200, body: { status: 'ready', parts: Object.fromEntries(Object.entries(up).map(([part, isUp]) => [part, isUp ? 'up' : 'down'] as const)) } };
};

export const readMetrics: Handler<typeof metricsOperation> = async (_, parts) => ({
  status: 200,
  body: await parts.metrics.text(),
  headers: { 'content-type': parts.metrics.contentType, 'cache-control': 'no-store' },
});
