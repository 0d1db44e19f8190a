/**
 * Folder → what it may import from, itself always included: the design's one-way rule.
 * Read by the linter (eslint.config.js) and by test/architecture/imports.test.ts.
 * @type {Record<string, readonly string[]>}
 */
export const allowedImports = {
  engine: [],
  trust: [],
  ledger: [],
  models: [],
  processes: [],
  workers: ['ledger', 'trust', 'processes'],
  api: ['engine', 'trust', 'ledger', 'workers', 'models', 'processes'],
  ui: ['api/contract'],
};
