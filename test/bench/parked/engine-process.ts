/** Child of `our-parked.ts`: our engine on a folder; parks, or measures itself with what is parked. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createClock } from '../../../engine/clock.ts';
import { openEngine } from '../../../engine/index.ts';
import { createEngineClient } from '../../../workers/client.ts';
import { spread } from '../growth/dimension.ts';
import { pool } from '../measure.ts';
import { openParkedLoop, searchPage } from './parked-loop.ts';

const [folder = '', task = '', amount = '0', parked = '0'] = process.argv.slice(2);
const count = Number(amount);
const file = join(folder, 'engine.db');
const tasks = task === 'measure' ? tasksFarApart() : [];
const before = performance.now();
const engine = openEngine({ file, clock: createClock() });
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
  const loop = await openParkedLoop({ fetch: engine.fetch }, () => (tasks.length > 0 ? Promise.resolve(tasks.splice(0)) : searchPage(client)));
  await loop.complete(Math.ceil(count / 2));
  const completing = await loop.complete(count);
  process.send?.({ isAnswered: found.length > 0, openedInMs, answeredAfterMs, page, completing, residentBytes: process.memoryUsage.rss() });
}
await engine.close();
process.disconnect?.();

/** Over all that are parked, as people take them, and not the newest, whose rows lie side by side; read from the file before it is opened, so that their search counts nowhere. */
function tasksFarApart(): string[] {
  if (!existsSync(file)) return [];
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return spread(db, `SELECT key FROM user_tasks WHERE state = 'CREATED' ORDER BY key`, Number(parked), 2 * count);
  } finally {
    db.close();
  }
}
