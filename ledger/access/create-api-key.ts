/** Makes a key for an application. */
import { randomUUID } from 'node:crypto';
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';
import { hashOfToken, newToken } from './session-token.ts';
import type { NewApiKey, Scopes } from './user.ts';

/** The secret is returned once and stored hashed. */
export async function createApiKey(ledger: Ledger, request: { name: string; scopes: Scopes; createdBy: string }): Promise<NewApiKey> {
  const secret = `sw_${newToken()}`;
  const apiKeyId = randomUUID();
  const { name, scopes, createdBy } = request;
  return transact(ledger, async (tx) => {
    await writeRecord(tx, {
      kind: 'api-key-created',
      caseId: null,
      facts: { apiKeyId, name, secretHash: hashOfToken(secret), ...scopes, createdBy, createdAt: tx.now },
    });
    return { apiKey: { apiKeyId, name, scopes, createdBy, createdAt: tx.now }, secret };
  });
}
