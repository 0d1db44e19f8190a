// Runs test/camunda alone, one file at a time: the product on a real Camunda broker.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/camunda/**/*.test.ts'],
    passWithNoTests: false,
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'test-results/camunda.json' }]] : ['default'],
    testTimeout: 240_000,
    hookTimeout: 400_000,
    fileParallelism: false,
    env: { CAMUNDA_SDK_VALIDATION: 'req:none,res:strict', TZ: 'UTC' },
  },
});
