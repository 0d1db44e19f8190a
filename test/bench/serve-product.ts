/** Child of `served-product.ts`: starts the product and answers what it has used. */
import { Session } from 'node:inspector/promises';
import { getHeapStatistics } from 'node:v8';
import { openDemoReleases } from '../../api/demo/open-demo-releases.ts';
import { readSettings } from '../../api/settings.ts';
import { startStellwerk } from '../../api/start.ts';
import { countStatements } from './count-statements.ts';
import { ownCpuMs } from './measure.ts';
import { splitProfile } from './profile-split.ts';

const counts = countStatements();
const profiler = new Session();
profiler.connect();
await profiler.post('Profiler.enable');
await profiler.post('Profiler.setSamplingInterval', { interval: 250 });
const read = readSettings({ STELLWERK_DATA: process.argv[2], STELLWERK_PORT: '0', STELLWERK_UI: 'skip', STELLWERK_DEMO: 'releases', STELLWERK_START_LIMIT: '1000000' });
if (!read.ok) throw new Error(read.problems.join('\n'));
const started = startStellwerk(read.settings, { beforeFirstRun: ({ ledger, inference, clock }) => openDemoReleases({ ledger, inference, now: () => clock.now() }) });

process.on('message', (question) => void answer(question));
process.on('disconnect', () => void end());

async function answer(question: unknown): Promise<void> {
  const { url, firstRun, modelServer } = await started;
  if (question === 'ready') process.send?.({ ...firstRun, url, modelServerUrl: modelServer?.address() });
  else if (question === 'usage') process.send?.({ cpuMs: ownCpuMs(), ...counts() });
  else if (question === 'memory') process.send?.(memory());
  else if (question === 'profile') {
    await profiler.post('Profiler.start');
    process.send?.({});
  } else if (question === 'split') process.send?.(splitProfile((await profiler.post('Profiler.stop')).profile));
  else await end();
}

/** In MB. Twice: what finalizers let go is collected by the second time. */
function memory(): { heapMb: number; rssMb: number; externalMb: number; v8Mb: number } {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, rss, external } = process.memoryUsage();
  return { heapMb: heapUsed / 1e6, rssMb: rss / 1e6, externalMb: external / 1e6, v8Mb: getHeapStatistics().total_physical_size / 1e6 };
}

async function end(): Promise<void> {
  await (await started).close();
  process.exit(0);
}
