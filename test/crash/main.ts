/** `npm run crash [-- --kills 200] [--minutes M] [--seed S] [--promotions]`: kills the whole server again and again under load, or while versions are promoted, then checks that nothing acknowledged is lost or done twice. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const usage = 'Usage: npm run crash [-- --kills N] [--minutes M] [--seed S] [--promotions]. N is 200 where it is left out; after M minutes no more kills, and what was done is checked.';

const { values } = readArguments();
const vitest = join(import.meta.dirname, '../../node_modules/.bin/vitest');
const { status } = spawnSync(vitest, ['run', '--config', 'vitest.crash.config.ts', `test/crash/${values.promotions ? 'kill-in-promotion' : 'kill-at-random'}.test.ts`], {
  cwd: join(import.meta.dirname, '../..'),
  stdio: 'inherit',
  env: {
    ...process.env,
    STELLWERK_TEST_KILLS: values.kills,
    ...(values.minutes === undefined ? {} : { STELLWERK_TEST_MINUTES: values.minutes }),
    ...(values.seed === undefined ? {} : { STELLWERK_TEST_SEED: values.seed }),
  },
});
process.exitCode = status ?? 1;

function readArguments() {
  try {
    const read = parseArgs({ options: { kills: { type: 'string', default: '200' }, minutes: { type: 'string' }, seed: { type: 'string' }, promotions: { type: 'boolean', default: false } } });
    for (const text of Object.values(read.values)) if (typeof text === 'string' && !(Number(text) > 0)) throw new Error(`'${text}' is no number above 0.`);
    return read;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)} ${usage}`);
    process.exit(2);
  }
}
