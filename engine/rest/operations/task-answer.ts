// Commands to a user task answer when the task's listeners are done, or with the refusal of one of them.
import type { Core } from '../../core.ts';
import type { Key } from '../../keys.ts';
import type { Command } from '../../records.ts';
import { noContent, type Answer } from '../answer.ts';
import { awaitTimedOut } from '../problem.ts';
import { rejected } from './rejection.ts';

/** As long as a cluster waits before it answers 504; the listeners go on. */
const LISTENERS_MS = 10_000;

type TaskCommand = Extract<Command, { type: 'user-task.assign' | 'user-task.unassign' | 'user-task.update' | 'user-task.complete' }>;

/** Submits a command to a user task and waits for its listeners. */
export async function submittedToTask(core: Core, intent: string, command: TaskCommand, signal: AbortSignal): Promise<Answer> {
  const result = await core.submit(command);
  if (!result.ok) return rejected(intent, result.rejection);
  return result.answer.listens ? afterListeners(core, intent, command.userTaskKey, signal) : noContent;
}

/** Waits until the step of a task that is under way is done. */
export async function afterListeners(core: Core, intent: string, userTaskKey: Key, signal: AbortSignal): Promise<Answer> {
  const outcome = await core.awaitTask(userTaskKey, { timeoutMs: LISTENERS_MS, signal });
  switch (outcome.kind) {
    case 'done': return noContent;
    case 'denied': return rejected(intent, { code: 'INVALID_STATE', reason: `${nouns[outcome.step] ?? outcome.step} of the User Task with key '${userTaskKey}' was denied by Task Listener. Reason to deny: '${outcome.reason}'` });
    case 'canceled': return rejected(intent, { code: 'INVALID_STATE', reason: `Expected the listeners of user task with key '${userTaskKey}' to be done, but the task was canceled meanwhile` });
    case 'timeout': return awaitTimedOut(`the listeners of user task '${userTaskKey}'`);
    default: return outcome satisfies never;
  }
}

const nouns: Readonly<Record<string, string>> = { ASSIGNING: 'Assignment', UPDATING: 'Update', COMPLETING: 'Completion' };
