/** Which case is bound to which process instance, for whoever compares cases with an engine. */
import type { ChainReader } from '../chain/chain-reader.ts';
import { inChunks } from '../store/in-chunks.ts';

export type OpenCase = {
  caseId: string;
  status: 'received' | 'in-review';
  /** Null until the first worker of the instance has bound it. */
  processInstanceKey: string | null;
  /** False while the outbox still owes its start. */
  isStarted: boolean;
};

export type BoundCase = { caseId: string; status: 'received' | 'in-review' | 'decided'; processInstanceKey: string | null };

const pageSize = 500;

/** The cases that are not decided, in pages, the oldest first. */
export async function* openCases(db: ChainReader['db']): AsyncGenerator<OpenCase[]> {
  let after = 0;
  for (;;) {
    const rows = await db
      .selectFrom('cases')
      .leftJoin('case_instances', 'case_instances.case_id', 'cases.case_id')
      .select(['cases.case_id as caseId', 'cases.status', 'cases.record_seq as seq', 'case_instances.process_instance_key as processInstanceKey'])
      .where('cases.status', '!=', 'decided')
      .where('cases.record_seq', '>', after)
      .orderBy('cases.record_seq')
      .limit(pageSize)
      .execute();
    if (rows.length === 0) return;
    after = rows.at(-1)?.seq ?? after;
    const owed = await db.selectFrom('outbox').select('case_id').where('kind', '=', 'start-case').where('settled_at', 'is', null).where('case_id', 'in', rows.map(({ caseId }) => caseId)).execute();
    const owedCases = new Set(owed.map((row) => row.case_id));
    yield rows.flatMap(({ caseId, status, processInstanceKey }) => (status === 'decided' ? [] : [{ caseId, status, processInstanceKey, isStarted: !owedCases.has(caseId) }]));
  }
}

/** What the ledger knows of these cases; those that it does not know are not in the map. */
export async function findBoundCases(db: ChainReader['db'], caseIds: readonly string[]): Promise<Map<string, BoundCase>> {
  const rows = await inChunks(caseIds, (chunk) =>
    db
      .selectFrom('cases')
      .leftJoin('case_instances', 'case_instances.case_id', 'cases.case_id')
      .select(['cases.case_id as caseId', 'cases.status', 'case_instances.process_instance_key as processInstanceKey'])
      .where('cases.case_id', 'in', chunk)
      .execute(),
  );
  return new Map(rows.map((row) => [row.caseId, row]));
}
