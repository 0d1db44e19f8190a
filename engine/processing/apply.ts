// The table of appliers: the only code that changes state. No clock, no keys, no expressions, no commands in here.
import type { DatabaseSync } from 'node:sqlite';
import { batchOperationAppliers } from '../batch-operation/apply.ts';
import { compensationAppliers } from '../compensation/apply.ts';
import { decisionAppliers } from '../decision-evaluation/apply.ts';
import { deploymentAppliers } from '../deployment/apply.ts';
import { elementAppliers } from '../element/apply.ts';
import { historyAppliers } from '../history/apply.ts';
import { incidentAppliers } from '../incident/apply.ts';
import { jobAppliers } from '../job/apply.ts';
import { messageAppliers } from '../message/apply.ts';
import { processInstanceAppliers } from '../process-instance/apply.ts';
import type { EngineEvent } from '../records.ts';
import { signalAppliers } from '../signal/apply.ts';
import { timerAppliers } from '../timer/apply.ts';
import { turnAppliers } from '../turn/apply.ts';
import { userTaskAppliers } from '../user-task/apply.ts';
import { variableAppliers } from '../variable/apply.ts';
import type { Appliers } from './appliers.ts';
import type { InstanceRows } from './instance-rows.ts';

/** Writes what an event states; `at` is the time of its command. */
export type Apply = (event: EngineEvent, at: number) => void;

/** Prepares the appliers of all slices on this store. Whoever applies events writes the rows in the end. */
export function createApply(db: DatabaseSync, rows: InstanceRows): Apply {
  const appliers = {
    ...deploymentAppliers(db),
    ...processInstanceAppliers(db, rows),
    ...elementAppliers(db, rows),
    ...variableAppliers(db),
    ...jobAppliers(db),
    ...userTaskAppliers(db),
    ...messageAppliers(db),
    ...signalAppliers(db),
    ...compensationAppliers(db),
    ...timerAppliers(db),
    ...incidentAppliers(db),
    ...decisionAppliers(db),
    ...batchOperationAppliers(db),
    ...turnAppliers(db),
    ...historyAppliers(db, rows),
  } satisfies Appliers<EngineEvent>;
  return (event, at) => {
    const applier: { call(event: EngineEvent, at: number): void }['call'] = appliers[event.type];
    applier(event, at);
  };
}
