/** A record of the append-only chain. */

/** Every kind of record, in the past tense of what happened. */
export const recordKinds = [
  'service-changed',
  'routing-table-changed',
  'release-opened',
  'release-ended',
  'release-proposed',
  'release-moved',
  'evidence-added',
  'vote-cast',
  'question-answered',
  'alarm-raised',
  'reassessment-answered',
  'service-stopped',
  'service-resumed',
  'case-received',
  'instance-bound',
  'audit-drawn',
  'prediction-stored',
  'explanation-stored',
  'review-opened',
  'verdict-stored',
  'verdict-undone',
  'decision-recorded',
  'key-erased',
  'case-erased',
  'user-created',
  'user-changed',
  'api-key-created',
  'api-key-revoked',
] as const;
export type RecordKind = (typeof recordKinds)[number];

export type LedgerRecord = {
  /** 1, 2, 3 … without a gap. */
  seq: number;
  at: number;
  kind: RecordKind;
  caseId: string | null;
  /** What happened, without personal data. */
  facts: Record<string, unknown>;
  /** With it anyone can compute the commitment to the facts anew. */
  nonce: string;
  /** HMAC of case id and facts, keyed by the nonce: says nothing about them to who lacks it. */
  commitment: string;
  /** HMAC of the personal part in the vault, keyed by the subject's key: erasing the key leaves only this. */
  privateCommitment: string | null;
  previousHash: string;
  hash: string;
};

/** A signed statement that the chain had this hash at this record. Kept outside the database. */
export type SignedHead = { seq: number; hash: string; at: number; publicKey: string; signature: string };

export type ChainVerdict =
  | {
      ok: true;
      records: number;
      headHash: string;
      signedUpTo: number;
      /** Records whose private part can no longer be compared, because its key or its case was erased as recorded. */
      erased: number;
      /** False where no master key was at hand: then what lies in the vault was not compared. */
      vaultChecked: boolean;
      /** False where no key was at hand to compare the signer with: then only that all heads have the same one. */
      signerKnown: boolean;
    }
  /** `firstBroken` 0: the signed heads themselves. */
  | { ok: false; firstBroken: number; why: string };
