// The tests of everything that keeps or reads the ledger once more, on a real PostgreSQL server, and those of several processes on one.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/ledger/**/*.test.ts', 'test/api/**/*.test.ts', 'test/workers/**/*.test.ts', 'test/product/**/*.test.ts', 'test/postgres/**/*.test.ts'],
    // About SQLite's own files.
    exclude: ['test/ledger/storage.test.ts', 'test/ledger/node-sqlite-dialect.test.ts', 'test/product/disk-full.test.ts', 'test/product/taken-back.test.ts', 'test/product/backup.test.ts', 'test/api/verify/**'],
    globalSetup: ['test/postgres/global-setup.ts'],
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'test-results/postgres.json' }]] : ['default'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: { CAMUNDA_SDK_VALIDATION: 'req:none,res:strict', TZ: 'UTC' },
  },
});
