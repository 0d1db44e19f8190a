/** Binds a case to the one process instance that works on it. The first one to come keeps it. */
import { writeRecord } from '../chain/write-record.ts';
import type { Ledger } from '../ledger.ts';
import { transact } from '../store/transact.ts';

export type BindInstanceRequest = { caseId: string; processInstanceKey: string; processDefinitionId: string; processDefinitionVersion: number };

/** `other`: another instance works on this case, or this instance on another case; the caller must end itself. */
export async function bindInstance(ledger: Ledger, request: BindInstanceRequest): Promise<{ kind: 'bound' | 'already' | 'other' | 'case-unknown' }> {
  return transact(ledger, async (tx) => {
    const { caseId, processInstanceKey } = request;
    const known = await tx.db.selectFrom('cases').select('service').where('case_id', '=', caseId).executeTakeFirst();
    if (!known) return { kind: 'case-unknown' };
    const bound = await tx.db
      .selectFrom('case_instances')
      .select(['case_id', 'process_instance_key'])
      .where((where) => where.or([where('case_id', '=', caseId), where('process_instance_key', '=', processInstanceKey)]))
      .executeTakeFirst();
    if (bound) return { kind: bound.case_id === caseId && bound.process_instance_key === processInstanceKey ? 'already' : 'other' };
    const { processDefinitionId, processDefinitionVersion } = request;
    await writeRecord(tx, {
      kind: 'instance-bound',
      caseId,
      facts: { caseId, processInstanceKey, processDefinitionId, processDefinitionVersion, boundAt: tx.now },
    });
    tx.changed({ caseId, service: known.service, what: 'bound' });
    return { kind: 'bound' };
  });
}
