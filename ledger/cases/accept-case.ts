/** Accepts a case: case, vault entry, idempotency key and the outbox row that starts its process, in one transaction. */
import { randomUUID } from 'node:crypto';
import { canonicalJson } from '../chain/canonical-json.ts';
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import { addToOutbox } from '../outbox/add-to-outbox.ts';
import { usualLeaseMs } from '../outbox/claim-outbox.ts';
import { startEffect } from '../outbox/start-effect.ts';
import { transact, type Tx } from '../store/transact.ts';
import { isKeyErased } from '../vault/is-key-erased.ts';
import type { DataKey } from '../vault/key-reader.ts';
import { keyedHash, subkey } from '../vault/seal.ts';
import type { Case } from './case.ts';
import { findCase } from './get-case.ts';

export type AcceptCaseRequest = {
  service: string;
  serviceVersion: number;
  application: string;
  idempotencyKey: string;
  input: Record<string, unknown>;
  /** Identifies the person concerned; stored as a keyed hash only. */
  subject?: string | undefined;
  objection: boolean;
  businessId?: string | undefined;
  callbackUrl?: string | undefined;
  /** W3C trace context of the request; goes with the case into its process. No part of the body. */
  traceparent?: string | undefined;
};

/** `keyHash` stands for the idempotency key, which is not stored. */
type HashedRequest = AcceptCaseRequest & { keyHash: string };

export type AcceptCaseResult = { kind: 'accepted' | 'repeated'; case: Case } | { kind: 'conflict' };

/** Same key and body: the same case as it is now. Same key, other body: a conflict. The input was validated before. */
export async function acceptCase(ledger: Ledger, request: AcceptCaseRequest): Promise<AcceptCaseResult> {
  const { input, subject, objection, businessId, callbackUrl } = request;
  const body = canonicalJson({ input, subject, objection, businessId, callbackUrl });
  const hashed: HashedRequest = { ...request, keyHash: ledger.vault.hash('idempotency-key', request.idempotencyKey) };
  // A person's key is made only for a case that is new; spare keys of cases are made anyway.
  const repeated = subject === undefined ? null : await findRepetition(ledger, hashed, body);
  if (repeated) return repeated;
  for (;;) {
    const key = subject === undefined ? await ledger.vault.keys.newCaseKey() : await ledger.vault.keys.keyOfSubject(subject);
    const result = await transact(ledger, async (tx): Promise<AcceptCaseResult | 'key-erased'> => {
      const meanwhile = await findRepetition(tx, hashed, body);
      if (meanwhile) return meanwhile;
      // The key of a case is fresh; only that of a person may be under erasure.
      if (subject !== undefined && (await isKeyErased(tx.db, key.keyId))) return 'key-erased';
      return { kind: 'accepted', case: await insertCase(tx, hashed, key, body) };
    });
    if (result !== 'key-erased') return result;
    // Finish the erasure; then this case begins anew under a new key.
    await ledger.vault.keys.erase(key.keyId);
  }
}

async function insertCase(tx: Tx, request: HashedRequest, key: DataKey, body: string): Promise<Case> {
  const { service, serviceVersion, application, objection, input } = request;
  const businessId = request.businessId ?? null;
  const callbackUrl = request.callbackUrl ?? null;
  const caseId = randomUUID();
  const hasAddress = businessId !== null || callbackUrl !== null;
  await writeRecord(tx, {
    kind: 'case-received',
    caseId,
    facts: { caseId, service, serviceVersion, application, objection, keyId: key.keyId, receivedAt: tx.now },
    unrecorded: { status: 'received', business_id_hash: businessId === null ? null : tx.vault.hash('business-id', businessId) },
    sealed: { key, entries: [{ kind: 'input', value: input }, ...(hasAddress ? [{ kind: 'address', value: { businessId, callbackUrl } }] : [])] },
  });
  await insertIdempotencyKey.run(tx.db, { application, service, keyHash: request.keyHash, bodyHash: bodyHash(key, body), caseId });
  await oweStart(tx, request, caseId);
  tx.changed({ caseId, service, what: 'received' });
  return {
    ...{ caseId, service, serviceVersion, application, status: 'received', objection, businessId, callbackUrl, receivedAt: tx.now },
    ...{ binding: null, draw: null, review: null, firstVerdictAt: null, decision: null },
  };
}

/** Where the outbox is carried out in this process the start is given to it; nobody has to look it up. */
async function oweStart(tx: Tx, { service, serviceVersion, objection, traceparent, input }: AcceptCaseRequest, caseId: string): Promise<void> {
  const outboxId = `start/${caseId}`;
  const take = tx.taker();
  const content = traceparent === undefined ? {} : { traceparent };
  await addToOutbox(tx, { kind: 'start-case', caseId, outboxId, content, notBefore: tx.now, ...(take && { leftUntil: tx.now + usualLeaseMs }) });
  if (take === undefined) return;
  const effect = await startEffect(tx, { caseId, service, serviceVersion, objection, traceparent, input: () => Promise.resolve(input) });
  take({ outboxId, caseId, releaseId: null, effect, notBefore: tx.now, attempts: 0, lastError: null, createdAt: tx.now });
}

const insertIdempotencyKey = prepareQuery((db, row: { application: string; service: string; keyHash: string; bodyHash: string; caseId: string }) =>
  db.insertInto('idempotency_keys').values({ application: row.application, service: row.service, key_hash: row.keyHash, body_hash: row.bodyHash, case_id: row.caseId }),
);

const caseOfIdempotencyKey = prepareQuery((db, key: { application: string; service: string; keyHash: string }) =>
  db
    .selectFrom('idempotency_keys as k')
    .innerJoin('cases as c', 'c.case_id', 'k.case_id')
    .select(['k.case_id', 'k.body_hash', 'c.key_id'])
    .where('k.application', '=', key.application)
    .where('k.service', '=', key.service)
    .where('k.key_hash', '=', key.keyHash),
);

async function findRepetition(source: Pick<Tx, 'db' | 'vault'>, { application, service, keyHash }: HashedRequest, body: string): Promise<AcceptCaseResult | null> {
  const known = await caseOfIdempotencyKey.first(source.db, { application, service, keyHash });
  if (!known) return null;
  const key = await source.vault.keys.read(known.key_id);
  // After an erasure nothing is left to compare the body with: the key alone decides.
  if (key && bodyHash(key, body) !== known.body_hash) return { kind: 'conflict' };
  const theCase = await findCase(source, known.case_id);
  if (!theCase) throw new Error(`The idempotency key of case ${known.case_id} has no case. Run "npm run verify".`);
  return { kind: 'repeated', case: theCase };
}

function bodyHash(key: DataKey, body: string): string {
  return keyedHash(subkey(key.key, 'body'), body);
}
