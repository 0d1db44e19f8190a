// The table of deciders: one per command, of all slices.
import { batchOperationDeciders } from '../batch-operation/decide.ts';
import { decisionDeciders } from '../decision-evaluation/decide.ts';
import { deploymentDeciders } from '../deployment/decide.ts';
import { elementDeciders } from '../element/decide.ts';
import { historyDeciders } from '../history/decide.ts';
import { incidentDeciders } from '../incident/decide.ts';
import { jobDeciders } from '../job/decide.ts';
import { messageDeciders } from '../message/decide.ts';
import { processInstanceDeciders } from '../process-instance/decide.ts';
import type { AnyCommand } from '../records.ts';
import { signalDeciders } from '../signal/decide.ts';
import { timerDeciders } from '../timer/decide.ts';
import { turnDeciders } from '../turn/decide.ts';
import { userTaskDeciders } from '../user-task/decide.ts';
import { variableDeciders } from '../variable/decide.ts';
import type { View } from '../view.ts';
import type { Decide, Deciders, Decision, Step } from './step.ts';

const deciders = {
  ...deploymentDeciders,
  ...processInstanceDeciders,
  ...elementDeciders,
  ...variableDeciders,
  ...jobDeciders,
  ...userTaskDeciders,
  ...messageDeciders,
  ...signalDeciders,
  ...timerDeciders,
  ...incidentDeciders,
  ...decisionDeciders,
  ...batchOperationDeciders,
  ...turnDeciders,
  ...historyDeciders,
} satisfies Deciders<AnyCommand>;

/** Decides one command against the state before it; what it brings is in the step. */
export function decide(command: AnyCommand, view: View, step: Step): Decision {
  const decider: Decide<AnyCommand> = deciders[command.type];
  return decider(command, view, step);
}
