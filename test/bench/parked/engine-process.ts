/** Child of `our-parked.ts`: our engine on a folder; parks, or measures itself with what is parked. */
import { join } from 'node:path';
import { createClock } from '../../../engine/clock.ts';
import { openEngine } from '../../../engine/index.ts';
import { createEngineClient } from '../../../workers/client.ts';
import { pool } from '../measure.ts';
import { openParkedLoop, searchPage } from './parked-loop.ts';

const [folder = '', task = '', amount = '0'] = process.argv.slice(2);
const count = Number(amount);
const before = performance.now();
const engine = openEngine({ file: join(folder, 'engine.db'), clock: createClock() });
const client = createEngineClient({ fetch: engine.fetch });
if (task === 'park') {
  const loop = await openParkedLoop({ fetch: engine.fetch }, () => searchPage(client));
  await loop.park(count);
  process.send?.({});
} else {
  const found = await searchPage(client);
  const openedInMs = performance.now() - before;
  /** Counted from when the process began, Node's own start included. */
  const answeredAfterMs = performance.now();
  const page = await pool(30, 1, () => searchPage(client));
  const loop = await openParkedLoop({ fetch: engine.fetch }, () => searchPage(client));
  await loop.complete(Math.ceil(count / 2));
  const cpuBefore = process.cpuUsage();
  const completing = await loop.complete(count);
  const { user, system } = process.cpuUsage(cpuBefore);
  process.send?.({ isAnswered: found.length > 0, openedInMs, answeredAfterMs, page, completing, cpuMs: (user + system) / 1000 / count, residentBytes: process.memoryUsage.rss() });
}
await engine.close();
process.disconnect?.();
