/** Our engine in process, our engine over HTTP, the stub that is the SDK's floor, and the real broker: all through the same SDK. */
import { join } from 'node:path';
import { createClock } from '../../../engine/clock.ts';
import { openEngine } from '../../../engine/index.ts';
import type { EngineConnection } from '../../../workers/client.ts';
import { prepareBroker } from '../../camunda/broker/prepare-broker.ts';
import { startBroker } from '../../camunda/broker/start-broker.ts';
import { startEngineProcess } from '../../engine/standalone/engine-process.ts';
import { brokerFetch } from '../broker-fetch.ts';
import { openEngineLoop } from '../engine-loop.ts';
import { ownCpuMs } from '../measure.ts';
import { cpuMsOf } from '../process-tree.ts';
import { createStubEngine } from '../stub-engine.ts';
import type { Contestant, OpenContestant } from './contestant.ts';

export const embedded: Contestant = {
  name: 'Stellwerk, SDK in process',
  durability: 'SQLite WAL, synchronous = FULL; commits that wait together share one fsync',
  async open(folder) {
    const engine = openEngine({ file: join(folder, 'engine.db'), clock: createClock() });
    return throughSdk({ fetch: engine.fetch }, [], () => engine.close());
  },
};

export const overHttp: Contestant = {
  name: 'Stellwerk, SDK over HTTP',
  durability: 'the same',
  async open(folder) {
    const server = await startEngineProcess(['--port', '0', '--data', folder]);
    if (server.address === '') throw new Error(`The engine ended before it listened: ${server.output()}`);
    return throughSdk({ address: server.address }, [server.processId], async () => {
      server.signal('SIGTERM');
      await server.gone;
    });
  },
};

/** What remains above it is an engine's. */
export const floor: Contestant = {
  name: 'the SDK alone, on a stub engine',
  durability: 'none',
  open: () => throughSdk({ fetch: createStubEngine(['bench-work']).fetch }, [], async () => {}),
};

export const broker: Contestant = {
  name: 'Camunda 8.6.0 broker, SDK over HTTP',
  durability: 'its log is flushed at each commit (the default); one partition, one replica, no exporter, back-pressure off',
  async open(folder) {
    const prepared = await prepareBroker(process.env);
    if (prepared.kind === 'unavailable') throw new Error(prepared.why);
    const running = await startBroker(prepared.broker, folder, { use: 'bench' });
    return throughSdk({ address: running.address, fetch: brokerFetch }, [running.processId], () => running.stop('SIGTERM'));
  },
};

async function throughSdk(connection: EngineConnection, processIds: readonly number[], close: () => Promise<void>): Promise<OpenContestant> {
  const loop = await openEngineLoop(connection);
  return {
    run: (count, atOnce) => loop.run(count, atOnce),
    async warmUp(count) {
      await loop.run(count, 100);
      return 'one event loop';
    },
    cpuMs: () => ownCpuMs() + processIds.reduce((sum, id) => sum + cpuMsOf(id), 0),
    async close() {
      loop.close();
      await close();
    },
  };
}
