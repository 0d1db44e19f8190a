// The default test run: everything that needs neither a browser nor a real server.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/crash/**', 'test/bench/**', 'test/real/**', 'test/servers/**', 'test/camunda/**', 'test/postgres/**'],
    testTimeout: 20_000,
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'test-results/unit.json' }]] : ['default'],
    env: { CAMUNDA_SDK_VALIDATION: 'req:none,res:strict', TZ: 'UTC' },
  },
});
