// Runs test/crash alone, one file at a time.
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/crash/**/*.test.ts'],
    passWithNoTests: false,
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'test-results/crash.json' }]] : ['default'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    fileParallelism: false,
    // Processes that tests start load compiled code: half the processor's time of a start.
    env: { CAMUNDA_SDK_VALIDATION: 'req:none,res:strict', TZ: 'UTC', NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/node') },
  },
});
