/** A row of the outbox: an effect outside the ledger that is owed, at least once, with a key against doing it twice. */
import type { VerdictAnswer } from '../verdicts/verdict.ts';

/** Variables of the message `case-received`. `routing` holds the declared routing fields and nothing else. */
export type StartVariables = {
  caseId: string;
  service: string;
  serviceVersion: number;
  objection: boolean;
  routing: Record<string, unknown>;
};

export type OutboxEffect =
  | { kind: 'start-case'; messageName: 'case-received'; messageId: string; correlationKey: string; variables: StartVariables }
  | {
      kind: 'complete-user-task';
      userTaskKey: string;
      variables: { reviewAnswer: Extract<VerdictAnswer, 'class' | 'cannot-judge'>; finalClass: string | null };
    }
  | { kind: 'webhook'; url: string; application: string };

export type OutboxKind = OutboxEffect['kind'];

export type OutboxRow = {
  outboxId: string;
  caseId: string;
  effect: OutboxEffect;
  notBefore: number;
  /** How often it was deferred. */
  attempts: number;
  lastError: string | null;
  createdAt: number;
};
