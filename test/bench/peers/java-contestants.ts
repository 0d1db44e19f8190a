/** Camunda 7 and Flowable, each on PostgreSQL and on an H2 file, with a worker in the same JVM. */
import { join } from 'node:path';
import pg from 'pg';
import type { Jdk } from '../../conformance/oracle/find-java.ts';
import { startPostgres } from '../../postgres/start-postgres.ts';
import { cpuMsOf } from '../process-tree.ts';
import type { Contestant, OpenContestant } from './contestant.ts';
import { startJavaPeer, type JavaPeer } from './java-peer.ts';
import { javaPeers, prepareJavaPeer, type JavaPeerName } from './prepare-java-peer.ts';

export const productNames: Readonly<Record<JavaPeerName, string>> = { camunda7: `Camunda ${javaPeers.camunda7.version}`, flowable: `Flowable ${javaPeers.flowable.version}` };

/** A running peer beside what it stands on. */
export type RunningPeer = { readonly peer: JavaPeer; readonly processIds: readonly number[]; close(): Promise<void> };

/** On a PostgreSQL server of its own, as Debian installs it: fsync and synchronous_commit are on. */
export async function startOnPostgres(name: JavaPeerName, jdk: Jdk, folder: string): Promise<RunningPeer> {
  const prepared = await prepareJavaPeer(name, jdk, process.env);
  const server = await startPostgres();
  try {
    const { hostname, port, pathname, username, password } = new URL(server.url);
    const where = `postgresql://${hostname}:${port}${pathname}?user=${username}&password=${password}`;
    await refuseUndurable(server.url);
    const peer = await startJavaPeer(name, prepared, folder, where);
    return { peer, processIds: [peer.processId, server.processId()], close: () => peer.close().finally(() => server.close()) };
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** On an H2 file whose writes are forced to the disk. */
export async function startOnH2(name: JavaPeerName, jdk: Jdk, folder: string): Promise<RunningPeer> {
  const prepared = await prepareJavaPeer(name, jdk, process.env);
  const peer = await startJavaPeer(name, prepared, folder, join(folder, 'h2'));
  return { peer, processIds: [peer.processId], close: () => peer.close() };
}

export const onPostgres = (name: JavaPeerName, jdk: Jdk): Contestant => ({
  name: `${productNames[name]} on PostgreSQL`,
  durability: 'fsync and synchronous_commit on (the defaults)',
  open: async (folder) => contestantOf(await startOnPostgres(name, jdk, folder)),
});

export const onH2 = (name: JavaPeerName, jdk: Jdk): Contestant => ({
  name: `${productNames[name]} on an H2 file`,
  durability: 'WRITE_DELAY = 0 and forced writes (H2 alone does not wait for the disk)',
  open: async (folder) => contestantOf(await startOnH2(name, jdk, folder)),
});

async function refuseUndurable(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const setting of ['fsync', 'synchronous_commit']) {
      const { rows } = await client.query<Record<string, string>>(`SHOW ${setting}`);
      if (rows[0]?.[setting] !== 'on') throw new Error(`PostgreSQL has ${setting} = ${rows[0]?.[setting] ?? 'nothing'}: it would not be as durable as ours.`);
    }
  } finally {
    await client.end();
  }
}

function contestantOf(running: RunningPeer): OpenContestant {
  const { peer, processIds } = running;
  return { run: (count, atOnce) => peer.run(count, atOnce), warmUp: (count, short) => warmUp(peer, count, short), cpuMs: () => processIds.reduce((sum, id) => sum + cpuMsOf(id), 0), close: () => running.close() };
}

/** Half of the instances for the JIT, the other half to find out how many threads serve best. */
async function warmUp(peer: JavaPeer, count: number, short: boolean): Promise<string> {
  const tried = [4, 8, 16, 32];
  await peer.run(short ? count : Math.ceil(count / 2), 100);
  let best = { threads: 8, perSecond: 0 };
  if (!short) {
    for (const threads of tried) {
      await peer.useThreads(threads);
      const { perSecond } = await peer.run(Math.ceil(count / 2 / tried.length), 100);
      if (perSecond > best.perSecond) best = { threads, perSecond };
    }
    await peer.useThreads(best.threads);
  }
  return `${best.threads} threads start, ${best.threads} complete`;
}
