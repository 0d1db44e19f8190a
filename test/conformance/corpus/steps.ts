// Short words for the steps that most scenarios take.
import type { ActivateInside, ActivateInstruction, JobResult, Resource, Step, TaskChanges, Values } from '../scenario/scenario.ts';

export const deploy = (...resources: readonly Resource[]): Step => ({ do: 'deploy', resources });
export const remove = (resource: string): Step => ({ do: 'delete', resource });
export const create = (variables: Values = {}, process = 'p'): Step => ({ do: 'create', process, variables });
export const complete = (type: string, variables: Values = {}): Step => ({ do: 'complete-job', type, variables });
export const fail = (type: string, retries: number, backOff = 0, variables: Values = {}): Step => ({ do: 'fail-job', type, retries, backOff, variables });
export const throwError = (type: string, code: string, variables: Values = {}): Step => ({ do: 'throw-error', type, code, variables });
export const activate = (type: string, rest: { max?: number; timeout?: number; fetch?: readonly string[] } = {}): Step => ({ do: 'activate', type, ...rest });
export const resolve = (element: string): Step => ({ do: 'resolve-incident', element });
export const set = (variables: Values): Step => ({ do: 'set-variables', variables });
export const setIn = (element: string, variables: Values, local = false): Step => ({ do: 'set-variables', element, variables, local });
export const pass = (seconds: number): Step => ({ do: 'move-clock', seconds });
export const cancel: Step = { do: 'cancel' };
export const publish = (name: string, correlationKey: string, variables: Values = {}, rest: { timeToLive?: number; messageId?: string } = {}): Step => ({ do: 'publish', name, correlationKey, variables, ...rest });
export const correlate = (name: string, correlationKey: string, variables: Values = {}): Step => ({ do: 'correlate', name, correlationKey, variables });
export const finish = (element: string, variables: Values = {}): Step => ({ do: 'complete-task', element, variables });
export const retry = (type: string, retries = 1): Step => ({ do: 'update-retries', type, retries });
export const broadcast = (signal: string, variables: Values = {}): Step => ({ do: 'broadcast', signal, variables });
/** Of the jobs that were handed out before, the one with that number. */
export const completeNth = (type: string, nth: number, variables: Values = {}): Step => ({ do: 'complete-job', type, variables, nth });
export const completeWith = (type: string, result: JobResult, variables: Values = {}): Step => ({ do: 'complete-job', type, variables, result });
export const deny = (type: string, reason = 'no'): Step => completeWith(type, { of: 'user-task', denied: true, reason });
export const correct = (type: string, corrections: TaskChanges & { readonly assignee?: string }): Step => completeWith(type, { of: 'user-task', corrections });
export const assign = (element: string, assignee: string, allowOverride = true): Step => ({ do: 'assign-task', element, assignee, allowOverride });
export const update = (element: string, changes: TaskChanges): Step => ({ do: 'update-task', element, changes });
export const modify = (change: { activate?: readonly ActivateInstruction[]; terminate?: readonly string[] }): Step => ({ do: 'modify', ...change });
export const migrate = (mapping: Readonly<Record<string, string>>, process = 'q', version = 1): Step => ({ do: 'migrate', process, version, mapping });
export const activateInside = (element: string, elements: readonly ActivateInside[], cancelRemaining = false): Step => ({ do: 'activate-in-ad-hoc', element, elements, cancelRemaining });
