/** The schemas of the ledger's stores with their versions, and by the version it leads to the script that brings an older store up to it. */

export const schemas = {
  'schema.sql': { version: 3, migrations: { 2: 'store/migrations/schema-2.sql', 3: 'store/migrations/schema-3.sql' } },
  'vault/keys.sql': { version: 1, migrations: {} },
} as const satisfies Record<string, { version: number; migrations: Record<number, string> }>;

export type SchemaFile = keyof typeof schemas;

/** The scripts that are due from a version on, in order; an empty store (null) gets the schema itself. */
export function scriptsFrom(found: number | null, schemaFile: SchemaFile): { file: string; version: number }[] {
  const { version, migrations } = schemas[schemaFile];
  if (found === null) return [{ file: schemaFile, version }];
  const steps = Object.entries<string>(migrations).map(([to, file]) => ({ version: Number(to), file }));
  return steps.filter((step) => step.version > found).sort((a, b) => a.version - b.version);
}

/** The versions of the ledger's files that this program reads. */
export const ledgerStoreVersions = { 'ledger.db': schemas['schema.sql'].version, 'vault-keys.db': schemas['vault/keys.sql'].version };
