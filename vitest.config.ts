// The default test run: everything that needs neither a browser nor a real server.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/crash/**', 'test/real/**', 'test/servers/**', 'test/camunda/**', 'test/postgres/**'],
    testTimeout: 20_000,
    // One more than cores: some files wait for a process or a clock much of the time. Left to itself the runner leaves a core out.
    maxWorkers: availableParallelism() + 1,
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'test-results/unit.json' }]] : ['default'],
    // Processes that tests start load compiled code: half the processor's time of a start.
    env: { CAMUNDA_SDK_VALIDATION: 'req:none,res:strict', TZ: 'UTC', NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/node') },
  },
});
