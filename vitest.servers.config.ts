// Runs test/servers alone: the promotion lifecycle against real Kubernetes, Kubeflow Pipelines and Model Registry servers.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/servers/**/*.test.ts'],
    globalSetup: ['test/servers/start-once.ts'],
    passWithNoTests: false,
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'test-results/servers.json' }]] : ['default'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    fileParallelism: false,
    env: { CAMUNDA_SDK_VALIDATION: 'req:none,res:strict', TZ: 'UTC' },
  },
});
