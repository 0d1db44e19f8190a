// The default test run: everything that needs neither a browser nor a real server.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Tests of servers and of whole processes, and one that sets the environment before anything is imported: a worker of its own for each file. */
const apart = ['test/{api,product,processes}/**/*.test.ts', 'test/engine/rest/sdk-strict-requests.test.ts'];
/** Run by `vitest.NAME.config.ts`. */
const elsewhere = ['test/e2e/**', 'test/crash/**', 'test/real/**', 'test/servers/**', 'test/camunda/**', 'test/postgres/**'];

export default defineConfig({
  test: {
    testTimeout: 20_000,
    // One more than cores: some files wait for a process or a clock much of the time. Left to itself the runner leaves a core out.
    maxWorkers: availableParallelism() + 1,
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'test-results/unit.json' }]] : ['default'],
    // Processes that tests start load compiled code: half the processor's time of a start.
    env: { CAMUNDA_SDK_VALIDATION: 'req:none,res:strict', TZ: 'UTC', NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/node') },
    projects: [
      { extends: true, test: { name: 'apart', include: apart } },
      // Files share workers, and with them what they import: nearly half of the processor's time of such a file.
      { extends: true, test: { name: 'together', include: ['test/**/*.test.ts'], exclude: [...apart, ...elsewhere], isolate: false, unstubEnvs: true, unstubGlobals: true } },
    ],
  },
});
