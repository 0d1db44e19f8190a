// Digest of the routing table as the engine has it deployed: what the ledger's gate compares with the certified one.
import { createHash } from 'node:crypto';
import { DecisionDefinitionId, type EngineClient } from './client.ts';

/** SHA-256 of the table's XML, hex. Deployer and gate must use this one. */
export function routingTableDigest(xml: string): string {
  return createHash('sha256').update(xml, 'utf8').digest('hex');
}

/** A deployed version never changes, so its digest is kept. One memory per client. */
const digestsByClient = new WeakMap<EngineClient, Map<string, string>>();

/** Questions that were asked and have not been sent yet, by decision. */
const askedByClient = new WeakMap<EngineClient, Map<string, Promise<string | null>>>();

/**
 * Of the latest version; null where the engine's searches do not show one yet. Jobs that ask at the same time share
 * one search, which begins after all of them asked: no answer is older than its question.
 */
export function deployedTableDigest(client: EngineClient, decisionDefinitionId: string): Promise<string | null> {
  const asked = askedByClient.get(client) ?? new Map<string, Promise<string | null>>();
  askedByClient.set(client, asked);
  const sameTime = asked.get(decisionDefinitionId);
  if (sameTime !== undefined) return sameTime;
  const answer = new Promise((resolve) => setImmediate(resolve)).then(() => {
    asked.delete(decisionDefinitionId);
    return findDigest(client, decisionDefinitionId);
  });
  asked.set(decisionDefinitionId, answer);
  return answer;
}

async function findDigest(client: EngineClient, decisionDefinitionId: string): Promise<string | null> {
  const found = await client.searchDecisionDefinitions(
    { filter: { decisionDefinitionId: DecisionDefinitionId.assumeExists(decisionDefinitionId) }, sort: [{ field: 'version', order: 'DESC' }], page: { limit: 1 } },
    { consistency: { waitUpToMs: 0 } },
  );
  const key = found.items?.[0]?.decisionRequirementsKey;
  if (key === undefined) return null;
  const digests = digestsByClient.get(client) ?? new Map<string, string>();
  digestsByClient.set(client, digests);
  const known = digests.get(key);
  if (known !== undefined) return known;
  const digest = routingTableDigest(await client.getDecisionRequirementsXml({ decisionRequirementsKey: key }, { consistency: { waitUpToMs: 0 } }));
  digests.set(key, digest);
  return digest;
}
