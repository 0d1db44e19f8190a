/** Binds a case to the one process instance that works on it. The first one to come keeps it. */
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { prepareQuery } from '../store/prepared-query.ts';
import { transact, type Tx } from '../store/transact.ts';
import { serviceOfCase } from './service-of-case.ts';

export type BindInstanceRequest = { caseId: string; processInstanceKey: string; processDefinitionId: string; processDefinitionVersion: number };

export type BindInstanceResult = { kind: 'bound' | 'already'; service: string } | { kind: 'other' } | { kind: 'case-unknown' };

/** `other`: another instance works on this case, or this instance on another case; the caller must end itself. */
export async function bindInstance(ledger: Ledger, request: BindInstanceRequest): Promise<{ kind: BindInstanceResult['kind'] }> {
  return transact(ledger, async (tx) => ({ kind: (await bind(tx, request)).kind }));
}

/** The same inside a unit of work; with the case's service. */
export async function bind(tx: Tx, request: BindInstanceRequest): Promise<BindInstanceResult> {
  const { caseId, processInstanceKey, processDefinitionId, processDefinitionVersion } = request;
  const service = await serviceOfCase(tx.db, caseId);
  if (service === null) return { kind: 'case-unknown' };
  const bound = await instanceOrCase.first(tx.db, { caseId, processInstanceKey });
  if (bound) return bound.case_id === caseId && bound.process_instance_key === processInstanceKey ? { kind: 'already', service } : { kind: 'other' };
  await writeRecord(tx, {
    kind: 'instance-bound',
    caseId,
    facts: { caseId, processInstanceKey, processDefinitionId, processDefinitionVersion, boundAt: tx.now },
  });
  tx.changed({ caseId, service, what: 'bound' });
  return { kind: 'bound', service };
}

const instanceOrCase = prepareQuery((db, values: { caseId: string; processInstanceKey: string }) =>
  db
    .selectFrom('case_instances')
    .select(['case_id', 'process_instance_key'])
    .where((where) => where.or([where('case_id', '=', values.caseId), where('process_instance_key', '=', values.processInstanceKey)])),
);
