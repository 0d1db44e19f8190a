// Starts the real broker as a child process on loopback, on free ports, with its data in a folder of the test's.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { PreparedBroker } from './prepare-broker.ts';

export type RunningBroker = {
  /** Base of the REST API as 8.6 speaks it. */
  readonly address: string;
  readonly port: number;
  /** All records that the broker wrote, as JSON lines; there is no such file where nothing is exported. */
  readonly records: string;
  /** Of the script that started it; the broker itself is below it or in its place. */
  readonly processId: number;
  /** Ends it at once (SIGKILL) or in order (SIGTERM). */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
};

const HEALTHY_WITHIN_MS = 180_000;

/** A test's broker is small, soon up, and exports its records. The bench's is as it comes, with as much heap as the other Java engines and nothing to export. */
export type BrokerUse = 'test' | 'bench' | 'bench with records';

/** `port` of an earlier run starts the same broker again on its data. */
export async function startBroker(prepared: PreparedBroker, folder: string, { port, use = 'test' }: { readonly port?: number; readonly use?: BrokerUse } = {}): Promise<RunningBroker> {
  await mkdir(folder, { recursive: true });
  const [rest, management, grpc, command, internal] = await freePorts(5);
  const listenAt = port ?? rest;
  const records = join(folder, 'records.jsonl');
  const child = spawn(join(prepared.distribution, 'bin/broker'), [], { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: {
    PATH: process.env['PATH'],
    JAVA_HOME: prepared.javaHome,
    JAVA_OPTS: `${use === 'test' ? '-Xms128m -Xmx1200m -XX:+UseSerialGC -XX:TieredStopAtLevel=1' : '-Xmx2g'} --enable-native-access=ALL-UNNAMED`,
    SERVER_ADDRESS: '127.0.0.1',
    SERVER_PORT: String(listenAt),
    // Without it the actuator listens on every interface.
    MANAGEMENT_SERVER_ADDRESS: '127.0.0.1',
    MANAGEMENT_SERVER_PORT: String(management),
    ZEEBE_BROKER_NETWORK_HOST: '127.0.0.1',
    ZEEBE_BROKER_NETWORK_COMMANDAPI_PORT: String(command),
    ZEEBE_BROKER_NETWORK_INTERNALAPI_PORT: String(internal),
    ZEEBE_BROKER_GATEWAY_ENABLE: 'true',
    ZEEBE_BROKER_GATEWAY_NETWORK_HOST: '127.0.0.1',
    ZEEBE_BROKER_GATEWAY_NETWORK_PORT: String(grpc),
    ZEEBE_BROKER_DATA_DIRECTORY: join(folder, 'data'),
    // The bench bounds by itself what is under way; a broker that refuses some of it could not be timed.
    ...(use === 'test' ? { ZEEBE_BROKER_DATA_LOGSEGMENTSIZE: '16MB' } : { ZEEBE_BROKER_BACKPRESSURE_ENABLED: 'false' }),
    ZEEBE_BROKER_DATA_DISK_FREESPACE_PROCESSING: '512MB',
    ZEEBE_BROKER_DATA_DISK_FREESPACE_REPLICATION: '256MB',
    ...(use === 'bench' ? {} : { CLASSPATH_PREFIX: prepared.exporter, ZEEBE_BROKER_EXPORTERS_RECORDS_CLASSNAME: 'RecordExporter', ZEEBE_BROKER_EXPORTERS_RECORDS_ARGS_FILE: records }),
    ZEEBE_LOG_APPENDER: 'Console',
  } });
  const log = createWriteStream(join(folder, 'broker.log'), { flags: 'a' });
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  const address = `http://127.0.0.1:${listenAt}`;
  await untilHealthy(address, child, join(folder, 'broker.log'));
  return { address, port: Number(listenAt), records, processId: child.pid ?? 0, stop: (signal) => stop(child, signal) };
}

/** Healthy is when the topology shows a leader: then REST answers too. */
async function untilHealthy(address: string, child: ChildProcess, log: string): Promise<void> {
  const end = Date.now() + HEALTHY_WITHIN_MS;
  for (;;) {
    const answer = await fetch(`${address}/v2/topology`).then((found) => found.text()).catch(() => '');
    if (/"role":"leader","health":"healthy"/.test(answer)) return;
    if (child.exitCode !== null || Date.now() > end) throw new Error(`The real broker did not get healthy:\n${(await readFile(log, 'utf8')).slice(-2_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The start script is a shell: its whole group is ended. */
async function stop(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, signal);
  await ended;
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => { const at = server.address(); return typeof at === 'object' && at !== null ? at.port : 0; });
  await Promise.all(servers.map((server) => { server.close(); return once(server, 'close'); }));
  return ports;
}
