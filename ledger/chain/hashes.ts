/** The formulas of the chain. `verify` computes them anew; a change here breaks every ledger written before. */
import { keyedHash, subkey, type Secret } from '../vault/seal.ts';
import { canonicalJson } from './canonical-json.ts';
import { sha256 } from './digest.ts';

/** The previous hash of the first record. */
export const genesisHash = '0'.repeat(64);

/** Hides the facts until the nonce is shown, and binds them once and for all. `facts`: their canonical JSON. */
export function commitmentTo(nonce: string, { caseId, facts }: { caseId: string | null; facts: string }): string {
  // The canonical JSON of both together.
  return keyedHash(nonce, `{"caseId":${canonicalJson(caseId)},"facts":${facts}}`);
}

/** The same for the personal part: only who has the data key can compute it, so erasing the key ends that. */
export function privateCommitmentTo(dataKey: Secret, nonce: string, entries: readonly { kind: string; text: string }[]): string {
  return keyedHash(subkey(dataKey, 'commitment'), canonicalJson({ nonce, entries }));
}

export type ChainLink = {
  seq: number;
  at: number;
  kind: string;
  commitment: string;
  privateCommitment: string | null;
  previousHash: string;
};

export function hashOf(link: ChainLink): string {
  const { seq, at, kind, commitment, privateCommitment, previousHash } = link;
  return sha256(canonicalJson({ seq, at, kind, commitment, privateCommitment, previousHash }));
}
