// Plays scenarios on the real engine: steps become commands of its log, its records become the trace.
import type { Oracle, OracleCommand, OracleRecord } from '../oracle/start-oracle.ts';
import { startOfTime, type EngineDriver, type Outcome, type Step, type Values } from '../scenario/scenario.ts';
import { activeOf, byKey, jobLine, resultLine, snapshotOf, stable } from './facts.ts';
import { createFold, type Fold } from './fold-records.ts';
import { creation, jobResult, migration, modification } from './oracle-values.ts';

/** The engine is emptied at `begin()` without an instant. */
export function createOracleDriver(oracle: Oracle): EngineDriver {
  return {
    name: 'Zeebe',
    async begin(startAt) {
      if (startAt === undefined) await oracle.reset(startOfTime);
      else await oracle.moveClock(startAt);
      const run = createRun(oracle, startAt ?? startOfTime);
      return {
        async perform(step) {
          const outcome = await run.perform(step);
          await run.fireWhatIsDue();
          return { step, outcome, after: snapshotOf(run.fold.facts()) };
        },
        facts: async () => run.fold.facts(),
        end: async () => {},
      };
    },
    close: () => oracle.close(),
  };
}

type Run = { readonly fold: Fold; perform(step: Step): Promise<Outcome>; fireWhatIsDue(): Promise<void> };

/** The real engine looks for due timers again 100 ms later at the earliest, on a clock that stands still here. */
const NUDGE_MS = 150;
const MOST_NUDGES = 6;

function createRun(oracle: Oracle, startAt: number): Run {
  const fold = createFold();
  const handedOut: { type: string; key: string; line: string }[] = [];
  let now = startAt;
  let clock = now;
  const moveClock = async (to: number) => {
    clock = Math.max(clock, to);
    fold.add(await oracle.moveClock(clock));
  };

  const send = async (command: OracleCommand) => {
    const records = await oracle.command(command);
    fold.add(records);
    return { records, rejection: records.find((record) => record.recordType === 'COMMAND_REJECTION' && record.valueType === command.valueType && record.intent === command.intent) };
  };
  /** The answer is read from the records when the command was accepted. */
  const ask = async (command: OracleCommand, answer?: (records: readonly OracleRecord[]) => string[]): Promise<Outcome> => {
    const { records, rejection } = await send(command);
    if (rejection !== undefined) return { kind: 'rejected', code: rejection.rejectionType, reason: rejection.rejectionReason };
    return { kind: 'accepted', ...(answer === undefined ? {} : { answer: answer(records) }) };
  };
  const activate = async (step: { type: string; max?: number; timeout?: number; fetch?: readonly string[] }): Promise<Outcome> => {
    const command = { valueType: 'JOB_BATCH', intent: 'ACTIVATE', value: { type: step.type, worker: 'conformance', timeout: step.timeout ?? 300_000, maxJobsToActivate: step.max ?? 1, ...(step.fetch === undefined ? {} : { variables: step.fetch }) } };
    return ask(command, (records) => {
      const batch = records.find(({ valueType, intent }) => valueType === 'JOB_BATCH' && intent === 'ACTIVATED')?.value as { jobKeys: number[]; jobs: { elementId: string; variables: Values; customHeaders: Values; retries: number; deadline: number }[] } | undefined;
      return (batch?.jobs ?? []).map((job, index) => {
        const line = jobLine(job);
        handedOut.push({ type: step.type, key: String(batch?.jobKeys[index]), line });
        return line;
      });
    });
  };
  /** A job that was handed out before, else one that is handed out now. */
  const withJob = async (type: string, nth: number, use: (key: number, line: string) => Promise<Outcome>): Promise<Outcome> => {
    if (!handedOut.some((job) => job.type === type)) await activate({ type });
    const job = handedOut.filter((job) => job.type === type)[nth - 1];
    if (job === undefined) return { kind: 'nothing-there', what: `job ${type}` };
    handedOut.splice(handedOut.indexOf(job), 1);
    return use(Number(job.key), job.line);
  };
  const withJobLine = (type: string, command: (key: number) => OracleCommand, nth = 1) => withJob(type, nth, async (key, line) => {
    const outcome = await ask(command(key));
    return outcome.kind === 'accepted' ? { ...outcome, answer: [line] } : outcome;
  });
  const withFirst = <Row extends { readonly key: string }>(rows: readonly Row[], what: string, use: (row: Row) => Promise<Outcome>): Promise<Outcome> => {
    const first = byKey(rows)[0];
    return first === undefined ? Promise.resolve({ kind: 'nothing-there', what }) : use(first);
  };
  const withTask = (element: string, intent: string, value: object) => {
    const facts = fold.facts();
    const open = facts.userTasks.filter((task) => task.state === 'CREATED' && facts.elements.some(({ key, element: id }) => key === task.elementInstance && id === element));
    return withFirst(open, `user task ${element}`, ({ key }) => ask({ valueType: 'USER_TASK', intent, key: Number(key), value: { userTaskKey: Number(key), ...value } }));
  };

  const rootInstance = (nth = 1) => byKey(fold.facts().instances.filter(({ parentElement }) => parentElement === undefined))[nth - 1];
  const definitions = new Map<string, number>();

  const perform = async (step: Step): Promise<Outcome> => {
    switch (step.do) {
      case 'deploy':
        return ask({ valueType: 'DEPLOYMENT', intent: 'CREATE', value: { resources: step.resources.map(({ name, text }) => ({ resourceName: name, resource: Buffer.from(text).toString('base64') })) } }, (records) => deployed(records, definitions));
      case 'delete': return ask({ valueType: 'RESOURCE_DELETION', intent: 'DELETE', value: { resourceKey: definitions.get(step.resource) ?? 1 } });
      case 'create':
        return ask({ valueType: 'PROCESS_INSTANCE_CREATION', intent: 'CREATE', value: creation(step) });
      case 'create-and-await': {
        fold.add(await oracle.createWithResult(step.process, step.variables ?? {}, step.fetch ?? []));
        return { kind: 'accepted' };
      }
      case 'read-results': return { kind: 'accepted', answer: (await oracle.results()).map(resultLine) };
      case 'modify': {
        const root = rootInstance(step.instance);
        return root === undefined ? noInstance : ask({ valueType: 'PROCESS_INSTANCE_MODIFICATION', intent: 'MODIFY', key: Number(root.key), value: { processInstanceKey: Number(root.key), ...modification(step, fold.facts()) } });
      }
      case 'migrate': {
        const root = rootInstance(undefined);
        const target = definitions.get(`process ${step.process} v${step.version ?? 1}`) ?? 1;
        return root === undefined ? noInstance : ask({ valueType: 'PROCESS_INSTANCE_MIGRATION', intent: 'MIGRATE', key: Number(root.key), value: { processInstanceKey: Number(root.key), ...migration(step, target) } });
      }
      case 'activate-in-ad-hoc':
        return withFirst(activeOf(fold.facts(), step.element), `ad-hoc sub-process ${step.element}`, ({ key }) => ask({
          valueType: 'AD_HOC_SUB_PROCESS_INSTRUCTION', intent: 'ACTIVATE', key: Number(key),
          value: { adHocSubProcessInstanceKey: Number(key), cancelRemainingInstances: step.cancelRemaining ?? false, activateElements: step.elements.map(({ element, variables }) => ({ elementId: element, variables: variables ?? {} })) },
        }));
      case 'broadcast': return ask({ valueType: 'SIGNAL', intent: 'BROADCAST', value: { signalName: step.signal, variables: step.variables ?? {} } });
      case 'activate': return activate(step);
      case 'complete-job': return withJobLine(step.type, (key) => ({ valueType: 'JOB', intent: 'COMPLETE', key, value: { variables: step.variables ?? {}, ...jobResult(step.result) } }), step.nth);
      case 'fail-job': return withJobLine(step.type, (key) => ({ valueType: 'JOB', intent: 'FAIL', key, value: { retries: step.retries, retryBackoff: step.backOff ?? 0, errorMessage: 'failed', variables: step.variables ?? {} } }));
      case 'throw-error': return withJobLine(step.type, (key) => ({ valueType: 'JOB', intent: 'THROW_ERROR', key, value: { errorCode: step.code, errorMessage: 'thrown', variables: step.variables ?? {} } }));
      case 'update-retries': {
        const open = fold.facts().jobs.filter(({ type, state }) => type === step.type && !['COMPLETED', 'CANCELED'].includes(state));
        return withFirst(open, `job ${step.type}`, ({ key }) => ask({ valueType: 'JOB', intent: 'UPDATE_RETRIES', key: Number(key), value: { retries: step.retries } }));
      }
      case 'resolve-incident': {
        const open = fold.facts().incidents.filter(({ element, state }) => element === step.element && state === 'ACTIVE');
        return withFirst(open, `incident at ${step.element}`, ({ key }) => ask({ valueType: 'INCIDENT', intent: 'RESOLVE', key: Number(key), value: {} }));
      }
      case 'set-variables': {
        const facts = fold.facts();
        const scopes: readonly { readonly key: string }[] = step.element === undefined ? facts.instances : activeOf(facts, step.element);
        return withFirst(scopes, `scope ${step.element ?? ''}`, ({ key }) => ask({ valueType: 'VARIABLE_DOCUMENT', intent: 'UPDATE', value: { scopeKey: Number(key), updateSemantics: step.local === true ? 'LOCAL' : 'PROPAGATE', variables: step.variables } }));
      }
      case 'publish':
        return ask({ valueType: 'MESSAGE', intent: 'PUBLISH', value: { name: step.name, correlationKey: step.correlationKey, timeToLive: step.timeToLive ?? 0, variables: step.variables ?? {}, ...(step.messageId === undefined ? {} : { messageId: step.messageId }) } });
      case 'correlate': {
        const { records } = await send({ valueType: 'MESSAGE_CORRELATION', intent: 'CORRELATE', value: { name: step.name, correlationKey: step.correlationKey, variables: step.variables ?? {} } });
        const done = records.some(({ valueType, intent }) => valueType === 'MESSAGE_CORRELATION' && intent === 'CORRELATED');
        return done ? { kind: 'accepted' } : { kind: 'rejected', code: 'NOT_FOUND', reason: 'not correlated' };
      }
      case 'complete-task': return withTask(step.element, 'COMPLETE', { variables: step.variables ?? {}, action: 'complete' });
      case 'assign-task': return withTask(step.element, step.allowOverride === false ? 'CLAIM' : 'ASSIGN', { assignee: step.assignee, action: 'assign' });
      case 'unassign-task': return withTask(step.element, 'ASSIGN', { assignee: '', action: 'unassign' });
      case 'update-task': {
        const { candidateGroups, candidateUsers, dueDate, followUpDate, priority } = step.changes;
        const fields = { candidateGroupsList: candidateGroups, candidateUsersList: candidateUsers, dueDate, followUpDate, priority };
        const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
        return withTask(step.element, 'UPDATE', { ...given, changedAttributes: Object.keys(given), action: 'update' });
      }
      case 'move-clock':
        now += step.seconds * 1000;
        await moveClock(now);
        return { kind: 'accepted' };
      case 'cancel': {
        const root = rootInstance(step.instance);
        return root === undefined ? noInstance : ask({ valueType: 'PROCESS_INSTANCE', intent: 'CANCEL', key: Number(root.key), value: {} });
      }
      case 'evaluate-decision':
        return ask({ valueType: 'DECISION_EVALUATION', intent: 'EVALUATE', value: { decisionId: step.decision, variables: step.variables ?? {} } }, (records) =>
          records.filter(({ valueType, intent }) => valueType === 'DECISION_EVALUATION' && intent === 'EVALUATED').map(({ value }) => stable(JSON.parse(String(value['decisionOutput'])))));
    }
  };
  const fireWhatIsDue = async () => {
    for (let nudge = 0; nudge < MOST_NUDGES && fold.facts().timers.some(({ due }) => due <= clock); nudge++) await moveClock(clock + NUDGE_MS);
  };
  return { fold, perform, fireWhatIsDue };
}

const noInstance: Outcome = { kind: 'nothing-there', what: 'instance' };

/** What a deployment made, by name and version; keeps the keys of processes. */
function deployed(records: readonly OracleRecord[], definitions: Map<string, number>): string[] {
  const value = records.find(({ valueType, intent }) => valueType === 'DEPLOYMENT' && intent === 'CREATED')?.value as Record<string, Record<string, unknown>[]> | undefined;
  for (const { bpmnProcessId, version, processDefinitionKey } of value?.['processesMetadata'] ?? []) definitions.set(`process ${String(bpmnProcessId)} v${String(version)}`, Number(processDefinitionKey));
  for (const { decisionId, version, decisionRequirementsKey } of value?.['decisionsMetadata'] ?? []) definitions.set(`decision ${String(decisionId)} v${String(version)}`, Number(decisionRequirementsKey));
  for (const { formId, version, formKey } of value?.['formMetadata'] ?? []) definitions.set(`form ${String(formId)} v${String(version)}`, Number(formKey));
  const lines = (list: string, name: string, id: string) => (value?.[list] ?? []).map((entry) => `${name} ${String(entry[id])} v${String(entry['version'])}`);
  return [...lines('processesMetadata', 'process', 'bpmnProcessId'), ...lines('decisionsMetadata', 'decision', 'decisionId'), ...lines('formMetadata', 'form', 'formId')].sort();
}
