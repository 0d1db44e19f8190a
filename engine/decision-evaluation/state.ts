// Parsed decision graphs: kept in a bounded cache, read from the store when one is missing.
import type { DatabaseSync } from 'node:sqlite';
import { parseDrg } from '../decision/index.ts';
import type { Drg } from '../decision/index.ts';
import type { Key } from '../keys.ts';
import { boundedCache } from '../store/bounded-cache.ts';
import { one } from '../store/statements.ts';

export type DecisionReads = {
  /** The graph; throws `DrgNotRead` when it has to be read first. */
  drg(decisionRequirementsKey: Key): Drg;
};

/**
 * Reading XML is asynchronous and a decision is not: the command that needs this graph is rolled back, the graph read,
 * and the command decided again.
 */
export class DrgNotRead extends Error {
  readonly decisionRequirementsKey: Key;
  constructor(decisionRequirementsKey: Key) {
    super(`The decision requirements ${decisionRequirementsKey} must be read before they are evaluated.`);
    this.decisionRequirementsKey = decisionRequirementsKey;
  }
}

export type Drgs = DecisionReads & { /** Reads a graph into the cache. */ readonly read: (decisionRequirementsKey: Key) => Promise<void> };

export function createDrgs(db: DatabaseSync): Drgs {
  const cache = boundedCache<Key, Drg>(200);
  const xmlOf = one<{ xml: string }>(db, 'SELECT xml FROM decision_requirements WHERE key = ?');
  return {
    drg: (key) => {
      const known = cache.get(key);
      if (known === undefined) throw new DrgNotRead(key);
      return known;
    },
    read: async (key) => {
      const row = xmlOf(key);
      if (row === undefined) throw new Error(`The decision requirements ${key} are not stored.`);
      const drg = await parseDrg(row.xml);
      if ('error' in drg) throw new Error(`The decision requirements ${key} were deployed but cannot be read: ${drg.error}`);
      cache.set(key, drg);
    },
  };
}
