/** Parks user tasks and completes them through the SDK, on whatever engine a connection leads to. */
import { createEngineClient, ProcessDefinitionId, UserTaskKey, type EngineClient, type EngineConnection } from '../../../workers/client.ts';
import { parking } from '../diagrams.ts';
import { ownCpuMs, pool, quantileOf, summarise, type Timing } from '../measure.ts';

export type ParkedLoop = {
  /** Starts so many more. */
  park(count: number): Promise<void>;
  /** Completes so many, one after the other, and parks another for each; only the completion is timed. */
  complete(times: number): Promise<Completed>;
};

/** `cpuMs` is what this process used for one completion, the lower quartile: neighbours on the machine only ever add to it. */
export type Completed = Timing & { readonly cpuMs: number };

/** Keys of user tasks that are open; at least one while any is. */
export type OpenTasks = () => Promise<readonly string[]>;

export async function openParkedLoop(connection: EngineConnection, openTasks: OpenTasks): Promise<ParkedLoop> {
  const client = createEngineClient(connection);
  await client.createDeployment({ resources: [new File([parking('zeebe')], 'park.bpmn', { type: 'text/xml' })] });
  const start = (index: number) => client.createProcessInstance({ processDefinitionId: ProcessDefinitionId.assumeExists('park'), variables: { n: index } });
  return {
    park: async (count) => void (await pool(count, 100, start)),
    async complete(times) {
      let keys: string[] = [];
      const took: number[] = [];
      const cpu: number[] = [];
      const started = performance.now();
      for (let index = 0; index < times; index++) {
        if (keys.length === 0) keys = [...(await openTasks())];
        const key = keys.pop();
        if (key === undefined) throw new Error('no user task is open');
        const cpuBefore = ownCpuMs();
        const before = performance.now();
        await client.completeUserTask({ userTaskKey: UserTaskKey.assumeExists(key), variables: { ok: true } });
        took.push(performance.now() - before);
        cpu.push(ownCpuMs() - cpuBefore);
        await start(index);
      }
      return { ...summarise(took, 1, performance.now() - started), cpuMs: quantileOf(cpu, 0.25) };
    },
  };
}

/** The inbox's question: the newest tasks that a group may take. */
export async function searchPage(client: EngineClient): Promise<readonly string[]> {
  const { items } = await client.searchUserTasks({ filter: { state: 'CREATED', candidateGroup: 'clerks' }, sort: [{ field: 'creationDate', order: 'DESC' }], page: { limit: 50 } }, { consistency: { waitUpToMs: 0 } });
  return items.map(({ userTaskKey }) => userTaskKey);
}
