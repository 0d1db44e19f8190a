/** The tables of schema.sql as Kysely sees them. A test compares the two. */
import type { CaseStatus } from '../cases/case.ts';
import type { LabelProvenance } from '../decisions/decision.ts';
import type { OutboxKind } from '../outbox/outbox-row.ts';
import type { RecordKind } from '../chain/record.ts';
import type { AlarmKind, ReassessmentAnswer, ReleaseKind, ReleaseSource, ReleaseState, RiskTier, VoteAnswer } from '../releases/lifecycle.ts';
import type { EvidenceKind } from '../releases/evidence-document.ts';
import type { ReleaseEndHow, ReleaseMode } from '../releases/release.ts';
import type { ReviewPurpose, VerdictAnswer, VerdictOutcome } from '../verdicts/verdict.ts';

type Flag = 0 | 1;
/** Canonical JSON. */
type Json = string;

type Recorded = { record_seq: number };

export type Database = {
  records: {
    seq: number;
    at: number;
    kind: RecordKind;
    case_id: string | null;
    facts: Json;
    nonce: string;
    commitment: string;
    private_commitment: string | null;
    previous_hash: string;
    hash: string;
  };
  vault_entries: Recorded & { case_id: string | null; kind: string; key_id: string; sealed: Uint8Array };
  key_erasures: Recorded & { key_id: string; cases: number; erased_by: string; erased_at: number };
  case_erasures: Recorded & { case_id: string; service: string; service_version: number; decided_at: number; entries: number; erased_at: number };
  services: Recorded & { service: string; version: number; digest: string; definition: Json; put_by: string; put_at: number };
  routing_tables: Recorded & { service: string; digest: string; put_by: string; put_at: number };
  releases: Recorded & {
    release_id: string;
    service: string;
    mode: ReleaseMode;
    model_name: string;
    model_version: string;
    model_digest: string;
    threshold: number | null;
    certificate: Json | null;
    policy_digest: string;
    audit_share: number;
    seed_hash: string;
    demo: Flag;
    evidence: Json;
    conditions: Json;
    approved_by: Json;
    opened_by: string;
    opened_at: number;
    valid_until: number;
  };
  release_ends: Recorded & { release_id: string; how: ReleaseEndHow; ended_by: string; ended_at: number; seed: string };
  release_proposals: Recorded & {
    release_id: string;
    service: string;
    kind: ReleaseKind;
    model_name: string;
    model_version: string;
    model_digest: string;
    source: ReleaseSource;
    reference: string | null;
    proposed_by: string;
    trained_by: string | null;
    predecessor: string | null;
    risk_tier: RiskTier;
    proposed_at: number;
  };
  release_moves: Recorded & {
    release_id: string;
    from_state: ReleaseState;
    to_state: ReleaseState;
    moved_by: string;
    code: string;
    share: number | null;
    evidence_digest: string | null;
    moved_at: number;
  };
  release_evidence: Recorded & { release_id: string; kind: EvidenceKind; digest: string; document: Json; collected_by: string; collected_at: number };
  release_votes: Recorded & {
    vote_id: string;
    release_id: string;
    voter: string;
    roles: Json;
    vote: VoteAnswer;
    valid_until: number | null;
    evidence_digest: string;
    given_at: number;
  };
  release_replies: Recorded & { reply_id: string; vote_id: string; release_id: string; replied_by: string; replied_at: number };
  release_alarms: Recorded & { alarm_id: string; release_id: string; kind: AlarmKind; time_window: string; detail: Json; raised_at: number };
  release_answers: Recorded & { answer_id: string; release_id: string; answer: ReassessmentAnswer; answered_by: string; answered_at: number };
  service_stops: Recorded & { service: string; pressed: Flag; pressed_by: string; pressed_at: number };
  cases: Recorded & {
    case_id: string;
    service: string;
    service_version: number;
    application: string;
    objection: Flag;
    key_id: string;
    received_at: number;
    business_id_hash: string | null;
    status: CaseStatus;
  };
  idempotency_keys: { application: string; service: string; key_hash: string; body_hash: string; case_id: string };
  case_instances: Recorded & {
    case_id: string;
    process_instance_key: string;
    process_definition_id: string;
    process_definition_version: number;
    bound_at: number;
  };
  audit_draws: Recorded & { case_id: string; release_id: string | null; audit: Flag; drawn_at: number };
  predictions: Recorded & {
    case_id: string;
    role: 'decider' | 'shadow';
    release_id: string | null;
    model_name: string;
    model_version: string;
    model_digest: string;
    class: string;
    confidence: number;
    probabilities: Json;
    novelty: Json | null;
    stored_at: number;
  };
  explanations: Recorded & { case_id: string; method: string; stored_at: number };
  reviews: Recorded & { case_id: string; reasons: Json; review_group: string | null; due_at: number | null; opened_at: number };
  verdicts: Recorded & {
    verdict_id: string;
    case_id: string;
    user_task_key: string;
    purpose: ReviewPurpose;
    step: 'blind' | 'final';
    answer: VerdictAnswer;
    class: string | null;
    reviewer: string;
    blind: Flag;
    outcome: VerdictOutcome | null;
    reason_code: string | null;
    duration_ms: number | null;
    given_at: number;
  };
  verdict_undos: Recorded & { verdict_id: string; undone_by: string; undone_at: number };
  decisions: Recorded & {
    case_id: string;
    service: string;
    class: string;
    decided_by: 'model' | 'expert';
    provenance: LabelProvenance;
    release_id: string | null;
    model_name: string | null;
    model_version: string | null;
    model_digest: string | null;
    confidence: number | null;
    threshold: number | null;
    policy_digest: string | null;
    reasons: Json;
    reviewers: Json;
    decided_at: number;
  };
  outbox: {
    outbox_id: string;
    kind: OutboxKind;
    case_id: string | null;
    release_id: string | null;
    content: Json;
    not_before: number;
    claimed_until: number;
    attempts: number;
    last_error: string | null;
    created_at: number;
    settled_at: number | null;
  };
  user_changes: Recorded & { user_id: string; roles: Json; groups: Json; changed_by: string; changed_at: number };
  users: Recorded & {
    user_id: string;
    name: string;
    display_name: string;
    password_hash: string;
    roles: Json;
    groups: Json;
    created_at: number;
  };
  sessions: { token_hash: string; user_id: string; expires_at: number };
  api_keys: Recorded & {
    api_key_id: string;
    name: string;
    secret_hash: string;
    services: Json;
    engine: Flag;
    processes: Json;
    created_by: string;
    created_at: number;
  };
  api_key_revocations: Recorded & { api_key_id: string; revoked_by: string; revoked_at: number };
};

/** The tables of vault/keys.sql. */
export type KeyDatabase = {
  vault_keys: {
    key_id: string;
    purpose: 'ledger' | 'subject' | 'case';
    subject_hash: string | null;
    wrapped: Uint8Array | null;
    made_at: number;
    erased_at: number | null;
  };
};
