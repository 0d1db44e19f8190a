// The default test run: everything that needs neither a browser nor a real server.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/crash/**', 'test/real/**', 'test/servers/**', 'test/camunda/**', 'test/postgres/**'],
    testTimeout: 20_000,
    // All cores: left to itself the runner leaves one out, which on two is half of the machine.
    maxWorkers: '100%',
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'test-results/unit.json' }]] : ['default'],
    env: { CAMUNDA_SDK_VALIDATION: 'req:none,res:strict', TZ: 'UTC' },
  },
});
