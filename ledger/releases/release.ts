/** A release: one model version may decide for one service, for a time, under one policy. */
import type { Model } from '../predictions/prediction.ts';

export type ReleaseMode = 'pilot' | 'automatic';

/** A document that was seen, by name and digest. */
export type Evidence = { name: string; digest: string };

export type Release = {
  releaseId: string;
  service: string;
  mode: ReleaseMode;
  model: Model;
  /** The certified threshold; null exactly in a pilot. */
  threshold: number | null;
  /** The certificate of an automatic release, or what a certificate would need in a pilot, as `trust/` gave it. */
  certificate: Record<string, unknown> | null;
  /** Of service rules, routing table, threshold and model; see `policyDigest`. */
  policyDigest: string;
  auditShare: number;
  /** SHA-256 of the secret seed of the audit draw, published at once; the seed itself at the release's end. */
  seedHash: string;
  demo: boolean;
  evidence: Evidence[];
  conditions: string[];
  approvedBy: string[];
  openedBy: string;
  openedAt: number;
  validUntil: number;
  end: ReleaseEnd | null;
};

export type ReleaseEndHow = 'renewed' | 'superseded' | 'withdrawn' | 'expired';

export type ReleaseEnd = { how: ReleaseEndHow; by: string; at: number; seed: string };

export type OpenReleaseRequest = {
  service: string;
  model: Model;
  validUntil: number;
  openedBy: string;
  auditShare?: number;
  demo?: boolean;
  evidence?: Evidence[];
  conditions?: string[];
  approvedBy?: string[];
  certificate: Record<string, unknown> | null;
} & ({ mode: 'pilot' } | { mode: 'automatic'; threshold: number });

export type OpenReleaseResult =
  | { kind: 'opened'; release: Release }
  | { kind: 'refused'; reason: 'SERVICE_UNKNOWN' | 'NO_ROUTING_TABLE' | 'ALREADY_OVER'; message: string };

/** A pressed stop: no automatic decisions until it is lifted. */
export type Stop = { by: string; at: number; reason: string | null };

/**
 * What may decide for a service now. `policyInForce`: rules, table, threshold and model are still those that the
 * release was opened for; where false, no outcome is automatic.
 */
export type ActiveRelease =
  | { state: 'none' }
  | { state: 'live'; release: Release; policyInForce: boolean }
  /** The end date has passed; also once its watch has ended it and nothing took its place. */
  | { state: 'expired'; release: Release }
  | { state: 'stopped'; release: Release | null; stop: Stop };
