/** The effect that starts a case's process: made anew each time, so that no row of the outbox holds a routing field. */
import type { Tx } from '../store/transact.ts';
import { findService } from '../services/get-service.ts';
import type { OutboxEffect } from './outbox-row.ts';

export type StartOfCase = {
  caseId: string;
  service: string;
  serviceVersion: number;
  objection: boolean;
  traceparent?: string | undefined;
  /** Asked only where the service routes by something of it; null: nothing of it can be read any more. */
  input: () => Promise<Record<string, unknown> | null>;
};

/** The message that the engine starts one instance for, however often it is sent. */
export async function startEffect(tx: Tx, start: StartOfCase): Promise<Extract<OutboxEffect, { kind: 'start-case' }>> {
  const { caseId, service, serviceVersion, objection, traceparent } = start;
  const declared = (await findService(tx, service, serviceVersion))?.definition.routingFields ?? [];
  const input = declared.length === 0 ? {} : ((await start.input()) ?? {});
  const routing = Object.fromEntries(declared.filter((field) => Object.hasOwn(input, field)).map((field) => [field, input[field]]));
  const variables = { caseId, service, serviceVersion, objection, routing, ...(traceparent === undefined ? {} : { traceparent }) };
  return { kind: 'start-case', messageName: 'case-received', messageId: caseId, correlationKey: caseId, variables };
}
