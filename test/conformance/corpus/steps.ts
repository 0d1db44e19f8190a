// Short words for the steps that most scenarios take.
import type { Resource, Step, Values } from '../scenario/scenario.ts';

export const deploy = (...resources: readonly Resource[]): Step => ({ do: 'deploy', resources });
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
