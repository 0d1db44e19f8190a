/** Compares ledger and engine, which only the outbox joins: each open case has its instance, each instance its case. */
import type { DatabaseSync } from 'node:sqlite';
import { caseInstances, stateOfInstance, type CaseInstance } from '../../engine/verify/case-instances.ts';
import type { ChainReader } from '../../ledger/chain/chain-reader.ts';
import { findBoundCases, openCases, type OpenCase } from '../../ledger/verify/case-bindings.ts';

export type Agreement = {
  openCases: number;
  /** Accepted, and their start is still owed to the engine. */
  notYetStarted: number;
  instances: number;
  faults: string[];
};

/**
 * The three views are opened one after the other: `before` and `after` of the ledger, the engine's in between. What a
 * server does meanwhile is therefore no fault: the ledger knows a case before the engine, and a decision before its end.
 */
export type Views = { before: ChainReader['db']; engine: DatabaseSync; after: ChainReader['db'] };

const pageSize = 500;
/** More than so many faults say no more. */
const mostFaults = 20;

export async function compareLedgerAndEngine({ before, engine, after }: Views): Promise<Agreement> {
  const result: Agreement = { openCases: 0, notYetStarted: 0, instances: 0, faults: [] };
  const suspects = new Map<string, OpenCase>();
  const stateOf = stateOfInstance(engine);
  for await (const page of openCases(before)) {
    for (const one of page) {
      result.openCases += 1;
      if (one.processInstanceKey === null && !one.isStarted) result.notYetStarted += 1;
      else if (one.processInstanceKey === null || stateOf(one.processInstanceKey) !== 'ACTIVE') suspects.set(one.caseId, one);
    }
  }
  let page: CaseInstance[] = [];
  const seen = new Map<string, string>();
  const check = async (): Promise<void> => {
    const known = await findBoundCases(after, page.map(({ caseId }) => caseId));
    for (const { caseId, processInstanceKey, state } of page) {
      const bound = known.get(caseId);
      if (bound === undefined) add(result, `Process instance ${processInstanceKey} is of case ${caseId}, which the ledger does not know.`);
      else if (bound.processInstanceKey === null && state === 'ACTIVE') noteUnbound(caseId, processInstanceKey);
      else if (bound.processInstanceKey !== processInstanceKey && state === 'ACTIVE') add(result, `Case ${caseId} has two process instances: ${String(bound.processInstanceKey)} and ${processInstanceKey}.`);
    }
    page = [];
  };
  /** Started, and no worker has bound it yet. */
  const noteUnbound = (caseId: string, processInstanceKey: string): void => {
    const other = seen.get(caseId);
    if (other !== undefined) add(result, `Case ${caseId} has two process instances: ${other} and ${processInstanceKey}.`);
    seen.set(caseId, processInstanceKey);
    suspects.delete(caseId);
  };
  for (const instance of caseInstances(engine)) {
    result.instances += 1;
    page.push(instance);
    if (page.length === pageSize) await check();
  }
  await check();
  await nameLost([...suspects.values()]);
  return result;

  /** A case that was decided meanwhile is well; its instance may have ended. */
  async function nameLost(lost: OpenCase[]): Promise<void> {
    const now = await findBoundCases(after, lost.map(({ caseId }) => caseId));
    for (const { caseId, status } of lost) {
      const bound = now.get(caseId);
      if (bound === undefined || bound.status === 'decided') continue;
      const key = bound.processInstanceKey;
      const state = key === null ? undefined : stateOf(key);
      if (state === 'ACTIVE') continue;
      const how = key === null ? 'has no process instance, although its start was delivered' : state === undefined ? `has no process instance: ${key} is not in the engine` : `has a process instance that is over: ${key} is ${state}`;
      add(result, `Case ${caseId} is open (${status}) and ${how}. Nobody will be asked about it.`);
    }
  }
}

function add(result: Agreement, fault: string): void {
  if (result.faults.length < mostFaults) result.faults.push(fault);
  else if (result.faults.length === mostFaults) result.faults.push('There are more; they are not listed.');
}
