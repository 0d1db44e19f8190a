// The lane of webhooks: side by side, few at a time per host, so that a slow receiver delays nobody but itself.
import { postponeOutbox, type OutboxRow } from '../../ledger/index.ts';
import type { DispatchTools } from './dispatch-effect.ts';
import { armNap, carryOut, claim, nameOf, pauseMs, type LaneLoop } from './lane.ts';

/** `waitingPerHost` are held ready; what a host is owed beyond that goes back to the ledger for a while. */
export const webhookPlaces = { inAll: 64, perHost: 2, waitingPerHost: 8 };

/** Longer than the held ones of one host can take, each at its time limit. A restart frees all leases. */
const leaseMs = 300_000;

type Host = { running: number; waiting: OutboxRow[]; lastMs: number };

export async function runWebhookLane(tools: DispatchTools, loop: LaneLoop): Promise<void> {
  const hosts = new Map<string, Host>();
  const underWay = new Set<Promise<void>>();
  const run = (name: string, host: Host, row: OutboxRow) => {
    host.running += 1;
    const begun = performance.now();
    const work = carryOut(row, tools, loop.log).then(() => {
      underWay.delete(work);
      host.running -= 1;
      host.lastMs = performance.now() - begun;
      fill();
      if (host.running === 0 && host.waiting.length === 0) hosts.delete(name);
      for (const waker of loop.wakers) waker();
    });
    underWay.add(work);
  };
  const fill = () => {
    for (const [name, host] of hosts) {
      while (!loop.state.stopped && underWay.size < webhookPlaces.inAll && host.running < webhookPlaces.perHost) {
        const row = host.waiting.shift();
        if (row === undefined) break;
        run(name, host, row);
      }
    }
  };

  while (!loop.state.stopped) {
    const nap = armNap(loop.wakers);
    const full = underWay.size >= webhookPlaces.inAll;
    const rows = full ? [] : await claim({ kinds: ['webhook'], limit: webhookPlaces.inAll, leaseMs }, tools.ledger, loop.log);
    await putOff(rows.filter((row) => !hold(hosts, row)), hosts, tools, loop);
    fill();
    if (rows.length === 0 && !loop.state.stopped) await nap.until(full ? loop.pollMs : await pauseMs(tools.ledger, ['webhook'], loop.pollMs));
    nap.drop();
  }
  await Promise.all(underWay);
}

/** False where its host has enough waiting. */
function hold(hosts: Map<string, Host>, row: OutboxRow): boolean {
  const name = hostOf(row);
  const host = hosts.get(name) ?? { running: 0, waiting: [], lastMs: 0 };
  if (host.waiting.length >= webhookPlaces.waitingPerHost) return false;
  host.waiting.push(row);
  hosts.set(name, host);
  return true;
}

/** For about as long as the host needs for what it is held: no try is counted. */
async function putOff(rows: OutboxRow[], hosts: Map<string, Host>, { ledger }: DispatchTools, { log }: LaneLoop): Promise<void> {
  if (rows.length === 0) return;
  const now = ledger.clock.now();
  const moves = rows.map((row) => {
    const host = hosts.get(hostOf(row));
    const pause = ((host?.lastMs ?? 0) * webhookPlaces.waitingPerHost) / webhookPlaces.perHost;
    return { outboxId: row.outboxId, until: now + Math.round(Math.min(60_000, Math.max(100, pause))) };
  });
  try {
    await postponeOutbox(ledger, moves);
  } catch (error) {
    log.error({ error: nameOf(error) }, 'Webhooks could not be put off; they come again when their lease runs out.');
  }
}

function hostOf({ effect }: OutboxRow): string {
  return effect.kind === 'webhook' && URL.canParse(effect.url) ? new URL(effect.url).host : '';
}
