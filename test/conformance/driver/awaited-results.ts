// Callers of our engine that wait for the result of the instance they created.
import { setImmediate } from 'node:timers/promises';
import type { Core } from '../../../engine/core.ts';
import { ProcessDefinitionId, type EngineClient } from '../../../workers/client.ts';
import type { Outcome, Step } from '../scenario/scenario.ts';

/** `lines`: a line per caller, the oldest first: `waiting`, `completed {…}` or `failed`. */
export function createAwaited(client: EngineClient, core: Core) {
  const callers: { line: string }[] = [];
  const instances = (): number => Number(core.db.prepare('SELECT count(*) AS n FROM process_instances').get()?.['n']);
  return {
    lines: (): string[] => callers.map(({ line }) => line),
    /** Ends when the instance is there, or when it was refused. */
    async create(step: Extract<Step, { do: 'create-and-await' }>): Promise<Outcome> {
      const caller = { line: 'waiting' };
      callers.push(caller);
      const before = instances();
      client.createProcessInstance({
        processDefinitionId: ProcessDefinitionId.assumeExists(step.process), variables: { ...step.variables }, awaitCompletion: true, requestTimeout: 600_000,
        ...(step.fetch === undefined ? {} : { fetchVariables: [...step.fetch] }),
      }).then(({ variables }) => { caller.line = `completed ${JSON.stringify(variables)}`; }, () => { caller.line = 'failed'; });
      while (instances() === before && caller.line === 'waiting') await setImmediate();
      return { kind: 'accepted' };
    },
  };
}
