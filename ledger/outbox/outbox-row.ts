/** A row of the outbox: an effect outside the ledger that is owed, at least once, with a key against doing it twice. */
import type { VerdictAnswer } from '../verdicts/verdict.ts';

/** Variables of the message `case-received`. `routing` holds the declared routing fields and nothing else. */
export type StartVariables = {
  caseId: string;
  service: string;
  serviceVersion: number;
  objection: boolean;
  routing: Record<string, unknown>;
  /** W3C trace context of the call that brought the case, where it is traced. */
  traceparent?: string;
};

export type OutboxEffect =
  | { kind: 'start-case'; messageName: 'case-received'; messageId: string; correlationKey: string; variables: StartVariables }
  | {
      kind: 'complete-user-task';
      userTaskKey: string;
      variables: { reviewAnswer: Extract<VerdictAnswer, 'class' | 'cannot-judge'>; finalClass: string | null };
    }
  | { kind: 'webhook'; caseId: string; url: string; application: string }
  /** The engine drops a second message of this name and id while the first one lives. */
  | { kind: 'publish-message'; name: string; messageId: string; correlationKey: string; variables: Record<string, unknown> };

export type OutboxKind = OutboxEffect['kind'];

export const outboxKinds = ['start-case', 'complete-user-task', 'webhook', 'publish-message'] as const satisfies readonly OutboxKind[];

export type OutboxRow = {
  outboxId: string;
  /** Of a case, of a release, or of neither. */
  caseId: string | null;
  releaseId: string | null;
  effect: OutboxEffect;
  notBefore: number;
  /** How often it was deferred. */
  attempts: number;
  lastError: string | null;
  createdAt: number;
};
