// The executable model of a process: plain JSON, made from the diagram at deployment and kept with its definition.

/** A FEEL source with a leading `=`, or a static text. */
export type ExpressionSource = string;

/** A job that the engine waits for before a step of the element or of its user task goes on. */
export type ListenerModel = { readonly jobType: ExpressionSource; readonly retries: ExpressionSource };
/** `headers`: JSON of the element's custom headers, which each listener's job carries; null when there are none. */
export type ExecutionListeners = { readonly start: readonly ListenerModel[]; readonly end: readonly ListenerModel[]; readonly headers: string | null };
export type TaskListenerEvent = 'CREATING' | 'ASSIGNING' | 'UPDATING' | 'COMPLETING' | 'CANCELING';
export type TaskListeners = Readonly<Record<TaskListenerEvent, readonly ListenerModel[]>>;

export type ProcessModel = {
  readonly bpmnProcessId: string;
  readonly name: string | null;
  readonly versionTag: string | null;
  /** Linked form of the none start event. */
  readonly startFormId: string | null;
  readonly elements: Readonly<Record<string, ElementModel>>;
  /** Start events of the process itself, by kind. */
  readonly noneStart: string | null;
  readonly eventStarts: readonly string[];
  /** Event sub-processes of the process itself. */
  readonly eventSubProcesses: readonly string[];
  /** Whether any activity can be compensated: only then completions are remembered for it. */
  readonly compensates: boolean;
  /** Of the process itself; left out when there are none. */
  readonly listeners?: ExecutionListeners;
};

export type Mapping = { readonly source: ExpressionSource; /** Dots lead into a context. */ readonly target: string };
export type FlowModel = {
  /** Null: no sequence flow, but the way from a link throw event to its catch event. */
  readonly id: string | null;
  readonly target: string;
  readonly condition: ExpressionSource | null;
};

/** What every element has. */
export type ElementBase = {
  readonly id: string;
  readonly name: string | null;
  /** The enclosing sub-process; null: the process. */
  readonly scopeId: string | null;
  readonly incoming: readonly string[];
  readonly outgoing: readonly FlowModel[];
  readonly inputs: readonly Mapping[];
  readonly outputs: readonly Mapping[];
  /** Ids of the boundary events attached to it. */
  readonly boundaryEvents: readonly string[];
  /** The activity that undoes this one. */
  readonly compensationHandler: string | null;
  /** It undoes another one: no flow leads to it. */
  readonly isForCompensation: boolean;
  /** Left out when there are none. */
  readonly listeners?: ExecutionListeners;
};

export type JobModel = {
  readonly jobType: ExpressionSource;
  readonly retries: ExpressionSource;
  /** JSON of the custom headers; null when there are none. */
  readonly headers: string | null;
};

/** Which version of a called resource is taken. */
export type Binding = { readonly kind: 'latest' } | { readonly kind: 'deployment' } | { readonly kind: 'versionTag'; readonly tag: string };

export type TimerModel = { readonly kind: 'duration' | 'date' | 'cycle'; readonly expression: ExpressionSource };
export type MessageModel = { readonly name: ExpressionSource; /** Null at a start event. */ readonly correlationKey: ExpressionSource | null };

/** What a catch event waits for. An error or escalation without a code catches all. */
export type Trigger =
  | { readonly kind: 'timer'; readonly timer: TimerModel }
  | { readonly kind: 'message'; readonly message: MessageModel }
  | { readonly kind: 'signal'; readonly name: ExpressionSource }
  | { readonly kind: 'error'; readonly code: string | null }
  | { readonly kind: 'escalation'; readonly code: string | null }
  | { readonly kind: 'link'; readonly name: string }
  | { readonly kind: 'compensation' };

/**
 * What each element has beside `ElementBase`, by its type in the REST API's words. It is empty here: each file of
 * element/ adds the model of its element (`declare module`), and everything below follows (ADR 108).
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- the elements' files fill it
export interface ElementModels {}

export type ElementType = keyof ElementModels;
export type ElementOf<Type extends ElementType> = { [Each in Type]: ElementBase & { readonly type: Each } & ElementModels[Each] }[Type];
export type ElementModel = ElementOf<ElementType>;
/** An element that is not itself a body around another one. */
export type ActivityModel = ElementOf<ActivityType>;
export type ActivityType = Exclude<ElementType, 'MULTI_INSTANCE_BODY'>;
