// Runs test/e2e alone, one file at a time.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    passWithNoTests: false,
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'test-results/e2e.json' }]] : ['default'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    fileParallelism: false,
    env: { CAMUNDA_SDK_VALIDATION: 'req:none,res:strict', TZ: 'UTC' },
  },
});
