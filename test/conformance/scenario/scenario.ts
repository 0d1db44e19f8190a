// The neutral language of the conformance tests: what to deploy and what to do, without saying on which engine.
import type { Facts } from '../driver/facts.ts';

/** A file to deploy. */
export type Resource = { readonly name: string; readonly text: string };
export type Values = Readonly<Record<string, unknown>>;

/** What a listener's job answers for its user task, or the job of an ad-hoc sub-process for it. */
export type JobResult =
  | { readonly of: 'user-task'; readonly denied?: boolean; readonly reason?: string; readonly corrections?: TaskChanges & { readonly assignee?: string } }
  | { readonly of: 'ad-hoc'; readonly activate?: readonly ActivateInside[]; readonly isFulfilled?: boolean; readonly cancelRemaining?: boolean };
export type ActivateInside = { readonly element: string; readonly variables?: Values };

/**
 * Jobs are named by their type, user tasks, incidents and element instances by their element: the open one that was
 * created first; `task#2` is the second one that is active.
 */
export type Step =
  | { readonly do: 'deploy'; readonly resources: readonly Resource[] }
  /** Named as a deployment answers it: `process p v1`, `decision d v1` (with its whole file), `form f v1`. */
  | { readonly do: 'delete'; readonly resource: string }
  | {
      readonly do: 'create';
      readonly process: string;
      readonly version?: number;
      readonly variables?: Values;
      /** Elements at which it starts instead of at its start event. */
      readonly startAt?: readonly string[];
      readonly tags?: readonly [string, string];
      /** The instance is ended when one of these elements is left. */
      readonly terminateAfter?: readonly string[];
    }
  /** Its caller waits for the result, which `read-results` tells; all variables when no names are given. */
  | { readonly do: 'create-and-await'; readonly process: string; readonly variables?: Values; readonly fetch?: readonly string[] }
  /** What came of those that wait, the oldest first. */
  | { readonly do: 'read-results' }
  | { readonly do: 'modify'; readonly instance?: number; readonly activate?: readonly ActivateInstruction[]; readonly terminate?: readonly string[] }
  /** Of the first process instance, element ids of the source to those of the target. */
  | { readonly do: 'migrate'; readonly process: string; readonly version?: number; readonly mapping: Readonly<Record<string, string>> }
  | { readonly do: 'activate-in-ad-hoc'; readonly element: string; readonly elements: readonly ActivateInside[]; readonly cancelRemaining?: boolean }
  | { readonly do: 'broadcast'; readonly signal: string; readonly variables?: Values }
  /** Hands out jobs without working on them. */
  | { readonly do: 'activate'; readonly type: string; readonly max?: number; readonly timeout?: number; readonly fetch?: readonly string[] }
  | { readonly do: 'complete-job'; readonly type: string; readonly variables?: Values; /** Of those that were handed out before; the first when left out. */ readonly nth?: number; readonly result?: JobResult }
  | { readonly do: 'fail-job'; readonly type: string; readonly retries: number; readonly backOff?: number; readonly variables?: Values }
  | { readonly do: 'throw-error'; readonly type: string; readonly code: string; readonly variables?: Values }
  | { readonly do: 'update-retries'; readonly type: string; readonly retries: number }
  | { readonly do: 'resolve-incident'; readonly element: string }
  /** Of an element's active instance, or of the first process instance; without `local` upwards to where a name is known. */
  | { readonly do: 'set-variables'; readonly element?: string; readonly local?: boolean; readonly variables: Values }
  | { readonly do: 'publish'; readonly name: string; readonly correlationKey: string; readonly variables?: Values; readonly timeToLive?: number; readonly messageId?: string }
  | { readonly do: 'correlate'; readonly name: string; readonly correlationKey: string; readonly variables?: Values }
  | { readonly do: 'complete-task'; readonly element: string; readonly variables?: Values }
  | { readonly do: 'assign-task'; readonly element: string; readonly assignee: string; readonly allowOverride?: boolean }
  | { readonly do: 'unassign-task'; readonly element: string }
  | { readonly do: 'update-task'; readonly element: string; readonly changes: TaskChanges }
  /** The clock stands still otherwise. Timers that are due at once fire with the next move. */
  | { readonly do: 'move-clock'; readonly seconds: number }
  /** The root instance with that number, the first when left out. */
  | { readonly do: 'cancel'; readonly instance?: number }
  | { readonly do: 'evaluate-decision'; readonly decision: string; readonly variables?: Values };

export type ActivateInstruction = {
  readonly element: string;
  /** The active instance of a scope in which it begins. */
  readonly inside?: string;
  /** Local to an element around it, or to itself; without `scope` of the process instance. */
  readonly variables?: readonly { readonly scope?: string; readonly values: Values }[];
};

export type TaskChanges = {
  readonly candidateGroups?: readonly string[];
  readonly candidateUsers?: readonly string[];
  readonly dueDate?: string;
  readonly followUpDate?: string;
  readonly priority?: number;
};

export type Scenario = {
  /** A sentence: what the engine does. */
  readonly name: string;
  /** The row of the table that it counts for. */
  readonly feature: string;
  readonly steps: readonly Step[];
  /** Ours is meant to differ here: why. */
  readonly deviates?: string;
  /** Sections of the trace in which BPMN leaves the order or the content open, with the reason. */
  readonly except?: { readonly sections: readonly Section[]; readonly because: string };
};

/** How a scenario is named among all. */
export const fullName = ({ feature, name }: Scenario): string => `${feature}: ${name}`;

/** What is compared, as lines that name things by path and number instead of by key. */
export const sections = ['instances', 'elements', 'order', 'flows', 'variables', 'jobs', 'timers', 'subscriptions', 'userTasks', 'incidents', 'decisions'] as const;
export type Section = (typeof sections)[number];
export type Snapshot = Readonly<Record<Section, readonly string[]>>;

/** What a step answered, again without keys. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly answer?: readonly string[] }
  | { readonly kind: 'rejected'; readonly code: string; readonly reason: string }
  /** There was nothing to do it on: no open job of that type, no such task. */
  | { readonly kind: 'nothing-there'; readonly what: string };

/** One line of a run: the step, its outcome and the state after it. */
export type TraceEntry = { readonly step: Step; readonly outcome: Outcome; readonly after: Snapshot };
export type Trace = readonly TraceEntry[];

/** An engine that scenarios can be played on. */
export type EngineDriver = {
  readonly name: string;
  /** An empty engine whose clock stands at `startOfTime`; or, for one process among others, the engine as it is, at that instant. */
  begin(startAt?: number): Promise<Session>;
  close(): Promise<void>;
};

/** A scenario that is being played. */
export type Session = {
  perform(step: Step): Promise<TraceEntry>;
  /** What may be done next is read from here. */
  facts(): Promise<Facts>;
  end(): Promise<void>;
};

/** Plays all steps on an empty engine. */
export async function play(driver: EngineDriver, steps: readonly Step[], startAt?: number): Promise<Trace> {
  const session = await driver.begin(startAt);
  try {
    const trace: TraceEntry[] = [];
    for (const step of steps) trace.push(await session.perform(step));
    return trace;
  } finally {
    await session.end();
  }
}

/** Every scenario begins here: a Tuesday, ten in the morning. */
export const startOfTime = Date.parse('2030-01-01T10:00:00Z');
