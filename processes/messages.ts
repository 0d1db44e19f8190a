/**
 * The messages of the release lifecycle: who sends them, under which correlation key and id, with which variables.
 * A message only wakes a process: what was decided is read from the ledger. Ids only, never votes or texts of people.
 */
import { z } from 'zod';

/** What a release came about by. */
export const ReleaseKind = z.enum(['promotion', 'renewal', 'rollback']);

const NoVariables = z.object({});

/**
 * By name. `key` and `id` say what the correlation key and the message id are made of; the same id within an hour is
 * dropped by the engine, so that a repeated dispatch wakes nobody twice.
 */
export const messages = {
  /** Starts `model-promotion`. Sent by the ledger with the proposal (promotions and renewals). Key and id: release id. */
  'release-proposed': z.object({ releaseId: z.string().min(1), service: z.string().min(1), kind: ReleaseKind, riskTier: z.enum(['low', 'medium', 'high']) }),
  /** The votes decided, or a vote asked back. Key: release id; id: vote id. */
  'go-live-decided': NoVariables,
  /** The requester answered a question. Key: release id; id: of the answer. */
  'question-answered': NoVariables,
  /** A person goes on before the time is over. Key and id: `stepKey` of what the release is in now. */
  'step-now': NoVariables,
  /** A release between proposal and live ends by a person (stop, withdraw, roll back). Key: release id; id: `<release id>:stopped`. */
  'promotion-stopped': NoVariables,
  /** Starts `release-watch`. Sent by the ledger when a release becomes live, however. Key: release id; id: `<release id>:live`. `validUntil`: ISO 8601. */
  'release-live': z.object({ releaseId: z.string().min(1), service: z.string().min(1), validUntil: z.iso.datetime() }),
  /** A live release ended otherwise than by its date: renewed, superseded, withdrawn, rolled back. Key: its id; id: `<release id>:ended`. */
  'release-superseded': NoVariables,
  /** Key: release id; id: alarm id. */
  'release-alarm': NoVariables,
  /** The service of a live release was stopped. Key: release id; id: `<release id>:stop:<time>`. */
  'release-stopped': NoVariables,
  /** Key: release id; id: of the answer. */
  'reassessment-answered': NoVariables,
  /** Starts `model-retraining` for the service of a release. Sent by its watch. Key: release id; id: of the answer. */
  'retraining-asked': z.object({ releaseId: z.string().min(1), service: z.string().min(1) }),
  /** A person ends the retraining that a release asked for. Key: id of the release that asked. */
  'retraining-stopped': NoVariables,
  /**
   * Starts `model-rollback`, which makes the serving platform follow the ledger. Sent by the ledger with a roll-back or
   * an expiry of a live release. `releaseId`, key: the release that ended; id: `<release id>:rollback`.
   */
  'rollback-asked': z.object({ releaseId: z.string().min(1), service: z.string().min(1) }),
  /** What was to follow a release (renewal, retraining) came to nothing: its watch asks people again. Key: id of the release that waits. */
  'successor-failed': NoVariables,
} as const satisfies Record<string, z.ZodObject>;

export type MessageName = keyof typeof messages;

/** Names a step, so that a press on "next step now" can never end a later one: release, state, canary share in percent (0 outside the canary). */
export function stepKey(step: { releaseId: string; state: string; share: number }): string {
  return `${step.releaseId}:${step.state}:${step.share}`;
}
