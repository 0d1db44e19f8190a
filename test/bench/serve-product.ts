/** Child of `served-product.ts`: starts the product and answers what it has used. */
import { openDemoReleases } from '../../api/demo/open-demo-releases.ts';
import { readSettings } from '../../api/settings.ts';
import { startStellwerk } from '../../api/start.ts';
import { countStatements } from './count-statements.ts';

const counts = countStatements();
const read = readSettings({ STELLWERK_DATA: process.argv[2], STELLWERK_PORT: '0', STELLWERK_UI: 'skip', STELLWERK_DEMO: 'releases', STELLWERK_START_LIMIT: '1000000' });
if (!read.ok) throw new Error(read.problems.join('\n'));
const started = startStellwerk(read.settings, { beforeFirstRun: ({ ledger, inference, clock }) => openDemoReleases({ ledger, inference, now: () => clock.now() }) });

process.on('message', (question) => void answer(question));
process.on('disconnect', () => void end());

async function answer(question: unknown): Promise<void> {
  const { url, firstRun, modelServer } = await started;
  if (question === 'ready') process.send?.({ ...firstRun, url, modelServerUrl: modelServer?.address() });
  else if (question === 'usage') process.send?.({ cpuMs: cpuMs(), ...counts() });
  else await end();
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function end(): Promise<void> {
  await (await started).close();
  process.exit(0);
}
