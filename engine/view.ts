// The read-only view against which commands are decided: the state, the time, and where new keys come from.
import type { DatabaseSync } from 'node:sqlite';
import { readBatchOperations } from './batch-operation/state.ts';
import type { BatchOperationReads } from './batch-operation/state.ts';
import { readCompensations } from './compensation/state.ts';
import type { CompensationReads } from './compensation/state.ts';
import type { DecisionReads } from './decision-evaluation/state.ts';
import { readDeployments } from './deployment/state.ts';
import type { DeploymentReads } from './deployment/state.ts';
import { readElements } from './element/state.ts';
import type { ElementReads } from './element/state.ts';
import { readHistory } from './history/state.ts';
import type { HistoryReads } from './history/state.ts';
import { readIncidents } from './incident/state.ts';
import type { IncidentReads } from './incident/state.ts';
import { readJobs } from './job/state.ts';
import type { JobReads } from './job/state.ts';
import type { Key } from './keys.ts';
import { readMessages } from './message/state.ts';
import type { MessageReads } from './message/state.ts';
import type { InstanceRows } from './processing/instance-rows.ts';
import type { KeySource } from './processing/key-source.ts';
import { readProcessInstances } from './process-instance/state.ts';
import type { ProcessInstanceReads } from './process-instance/state.ts';
import { readSignals } from './signal/state.ts';
import type { SignalReads } from './signal/state.ts';
import { readTimers } from './timer/state.ts';
import type { TimerReads } from './timer/state.ts';
import { readTurns } from './turn/state.ts';
import type { TurnReads } from './turn/state.ts';
import { readUserTasks } from './user-task/state.ts';
import type { UserTaskReads } from './user-task/state.ts';
import { createExpressions } from './variable/expressions.ts';
import type { Expressions } from './variable/expressions.ts';
import { readVariables } from './variable/state.ts';
import type { VariableReads } from './variable/state.ts';

export type View = {
  /** The engine's time; stands still while a batch is decided. */
  readonly now: number;
  readonly timeZone: string;
  newKey(): Key;
  readonly expressions: Expressions;
  readonly deployments: DeploymentReads;
  readonly processInstances: ProcessInstanceReads;
  readonly elements: ElementReads;
  readonly variables: VariableReads;
  readonly jobs: JobReads;
  readonly userTasks: UserTaskReads;
  readonly messages: MessageReads;
  readonly signals: SignalReads;
  readonly compensations: CompensationReads;
  readonly timers: TimerReads;
  readonly incidents: IncidentReads;
  readonly decisions: DecisionReads;
  readonly batchOperations: BatchOperationReads;
  readonly turns: TurnReads;
  readonly history: HistoryReads;
};

type ViewParts = { readonly db: DatabaseSync; readonly rows: InstanceRows; readonly keys: KeySource; readonly drgs: DecisionReads; readonly timeZone: string; readonly now: number };

/** Prepares all reads on this store; `setNow` moves the time between batches. */
export function createView({ db, rows, keys, drgs, timeZone, now }: ViewParts): { readonly view: View; readonly setNow: (now: number) => void } {
  const time = { now };
  const view: View = {
    get now() {
      return time.now;
    },
    timeZone,
    newKey: keys.next,
    expressions: createExpressions(timeZone),
    deployments: readDeployments(db, rows),
    processInstances: readProcessInstances(db, rows),
    elements: readElements(db, rows),
    variables: readVariables(db),
    jobs: readJobs(db),
    userTasks: readUserTasks(db),
    messages: readMessages(db),
    signals: readSignals(db),
    compensations: readCompensations(db),
    timers: readTimers(db),
    incidents: readIncidents(db),
    decisions: drgs,
    batchOperations: readBatchOperations(db),
    turns: readTurns(db, rows),
    history: readHistory(db, rows),
  };
  const setNow = (at: number) => {
    time.now = at;
  };
  return { view, setNow };
}
