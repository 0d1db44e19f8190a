/** Completing one user task on the peers while others are parked. */
import { prepareBroker } from '../../camunda/broker/prepare-broker.ts';
import { startBroker } from '../../camunda/broker/start-broker.ts';
import { readRecords } from '../../camunda/translator/records.ts';
import { brokerFetch } from '../broker-fetch.ts';
import { load, round, type Timing } from '../measure.ts';
import { productNames, startOnH2, startOnPostgres, type RunningPeer } from '../peers/java-contestants.ts';
import type { JavaPeerName } from '../peers/prepare-java-peer.ts';
import type { Tools } from '../peers/tools.ts';
import { openParkedLoop } from './parked-loop.ts';

export type ParkedPeer = {
  readonly name: string;
  /** Starts it, calls `measure` at each size, and ends it. */
  play(folder: string, sizes: readonly number[], times: number): Promise<ParkedFigures[]>;
};
export type ParkedFigures = { readonly parked: number; readonly completing: Timing; readonly load: number };

export function parkedPeers({ jdk, postgres }: Tools): ParkedPeer[] {
  if (jdk === undefined) return [];
  const javaPeers: JavaPeerName[] = ['camunda7', 'flowable'];
  return [
    { name: 'Camunda 8.6.0 broker', play: playBroker },
    ...javaPeers.flatMap((name) => [
      ...(postgres ? [javaPeer(`${productNames[name]} on PostgreSQL`, (folder) => startOnPostgres(name, jdk, folder))] : []),
      javaPeer(`${productNames[name]} on an H2 file`, (folder) => startOnH2(name, jdk, folder)),
    ]),
  ];
}

function javaPeer(name: string, start: (folder: string) => Promise<RunningPeer>): ParkedPeer {
  return {
    name,
    async play(folder, sizes, times) {
      const running = await start(folder);
      const { peer } = running;
      try {
        // The JIT's share, before anything counts.
        await peer.park(1);
        await peer.completeParked(times);
        return await atEachSize(name, sizes, times, { park: (size) => peer.park(size), complete: (count) => peer.completeParked(count) });
      } finally {
        await running.close();
      }
    },
  };
}

/** It has no user-task search: keys are read from the records that it exports. */
async function playBroker(folder: string, sizes: readonly number[], times: number): Promise<ParkedFigures[]> {
  const prepared = await prepareBroker(process.env);
  if (prepared.kind === 'unavailable') throw new Error(prepared.why);
  const running = await startBroker(prepared.broker, folder, { use: 'bench with records' });
  try {
    const records = readRecords(running.records);
    // The records come a little after the answers: a task that was handed out may still stand there as open.
    const handedOut = new Set<string>();
    const openTasks = async (): Promise<readonly string[]> => {
      for (;;) {
        await records.refresh();
        const keys = [...records.rows['user-tasks']].filter(([key, row]) => row['state'] === 'CREATED' && !handedOut.has(key)).map(([key]) => key).slice(0, 50);
        for (const key of keys) handedOut.add(key);
        if (keys.length > 0) return keys;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    const loop = await openParkedLoop({ address: running.address, fetch: brokerFetch }, openTasks);
    let parked = 1;
    await loop.park(1);
    await loop.complete(times);
    return await atEachSize('Camunda 8.6.0 broker', sizes, times, {
      async park(size) {
        await loop.park(size - parked);
        parked = size;
      },
      complete: (count) => loop.complete(count),
    });
  } finally {
    await running.stop('SIGTERM');
  }
}

type Parking = { park(size: number): Promise<void>; complete(times: number): Promise<Timing> };

async function atEachSize(name: string, sizes: readonly number[], times: number, parking: Parking): Promise<ParkedFigures[]> {
  const found: ParkedFigures[] = [];
  for (const size of sizes) {
    await parking.park(size);
    const completing = await parking.complete(times);
    found.push({ parked: size, completing, load: load() });
    console.log(`${name} with ${size} parked: ${round(completing.p50Ms)} ms to complete one`);
  }
  return found;
}
