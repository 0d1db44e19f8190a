/** The cases that these process instances work on, by process instance key. */
import type { Ledger } from '../ledger.ts';
import { inChunks } from '../store/in-chunks.ts';
import { selectCases, toCase } from './case-row.ts';
import type { Case } from './case.ts';

/** Instances that are bound to no case are left out. */
export async function listCasesOfInstances(ledger: Ledger, processInstanceKeys: string[]): Promise<Map<string, Case>> {
  const rows = await inChunks([...new Set(processInstanceKeys)], (keys) => selectCases(ledger.db).where('i.process_instance_key', 'in', keys).execute());
  const cases = await Promise.all(rows.map((row) => toCase(ledger.vault, row)));
  return new Map(cases.flatMap((theCase) => (theCase.binding ? [[theCase.binding.processInstanceKey, theCase]] : [])));
}
