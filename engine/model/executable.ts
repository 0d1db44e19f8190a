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

/** What a throw or end event does. */
export type Throw =
  | { readonly kind: 'none' }
  | { readonly kind: 'message'; readonly job: JobModel }
  | { readonly kind: 'signal'; readonly name: ExpressionSource }
  | { readonly kind: 'escalation'; readonly code: ExpressionSource }
  | { readonly kind: 'compensation'; /** One activity of its scope; null: all. */ readonly activityId: string | null };
/** A link leads to its catch event by a flow without id. */
export type IntermediateThrow = Throw | { readonly kind: 'link' };
export type EndThrow = Throw | { readonly kind: 'error'; readonly code: ExpressionSource } | { readonly kind: 'terminate' };

export type UserTaskModel = {
  readonly assignee: ExpressionSource | null;
  readonly candidateGroups: ExpressionSource | null;
  readonly candidateUsers: ExpressionSource | null;
  readonly dueDate: ExpressionSource | null;
  readonly followUpDate: ExpressionSource | null;
  readonly priority: ExpressionSource | null;
  readonly form: { readonly formId: ExpressionSource; readonly binding: Binding } | null;
  readonly externalReference: ExpressionSource | null;
  readonly headers: string | null;
  /** Left out when there are none. */
  readonly listeners?: TaskListeners;
};

export type DecisionModel = { readonly decisionId: ExpressionSource; readonly resultVariable: string; readonly binding: Binding };
export type ScriptModel = { readonly expression: ExpressionSource; readonly resultVariable: string };
export type CalledElementModel = {
  readonly processId: ExpressionSource;
  readonly binding: Binding;
  readonly propagateAllChildVariables: boolean;
  readonly propagateAllParentVariables: boolean;
};

export type AdHocModel = {
  /** Elements that can be activated: those to which no flow leads. */
  readonly activities: readonly { readonly elementId: string; readonly elementName?: string }[];
  readonly activeElements: ExpressionSource | null;
  readonly completionCondition: ExpressionSource | null;
  /** When the condition holds, what still runs is ended. */
  readonly cancelsRemaining: boolean;
  readonly output: { readonly collection: string; readonly element: ExpressionSource } | null;
  /** A job worker says what is activated and when it is enough; left out when expressions do. */
  readonly job?: JobModel;
};

export type LoopModel = {
  readonly isSequential: boolean;
  readonly inputCollection: ExpressionSource;
  readonly inputElement: string | null;
  readonly output: { readonly collection: string; readonly element: ExpressionSource } | null;
  readonly completionCondition: ExpressionSource | null;
};

/** An element by its type, in the REST API's words. */
export type ElementModel =
  | ActivityModel
  /** Runs `inner`, which has its id, once per item; boundary events and flows are the body's, mappings those of each inner one. */
  | (ElementBase & { readonly type: 'MULTI_INSTANCE_BODY'; readonly loop: LoopModel; readonly inner: ActivityModel });

export type ActivityModel = ElementBase &
  (
    | { readonly type: 'START_EVENT'; readonly trigger: Trigger | null; /** Of an event sub-process: it ends all else in the scope. */ readonly interrupting: boolean }
    | { readonly type: 'END_EVENT'; readonly throws: EndThrow }
    | { readonly type: 'INTERMEDIATE_THROW_EVENT'; readonly throws: IntermediateThrow }
    | { readonly type: 'INTERMEDIATE_CATCH_EVENT'; readonly trigger: Trigger; /** An event-based gateway waits in its place. */ readonly behindGateway: boolean }
    | { readonly type: 'BOUNDARY_EVENT'; readonly trigger: Trigger; readonly attachedTo: string; readonly interrupting: boolean }
    | { readonly type: 'SERVICE_TASK'; readonly job: JobModel }
    | { readonly type: 'SEND_TASK'; readonly job: JobModel }
    | { readonly type: 'RECEIVE_TASK'; readonly trigger: Trigger }
    | { readonly type: 'USER_TASK'; readonly userTask: UserTaskModel }
    | { readonly type: 'BUSINESS_RULE_TASK'; readonly work: { readonly job: JobModel } | { readonly decision: DecisionModel } }
    | { readonly type: 'SCRIPT_TASK'; readonly work: { readonly job: JobModel } | { readonly script: ScriptModel } }
    | { readonly type: 'MANUAL_TASK' }
    | { readonly type: 'TASK' }
    | { readonly type: 'EXCLUSIVE_GATEWAY'; readonly defaultFlow: string | null }
    | { readonly type: 'INCLUSIVE_GATEWAY'; readonly defaultFlow: string | null }
    | { readonly type: 'PARALLEL_GATEWAY' }
    | { readonly type: 'EVENT_BASED_GATEWAY' }
    | { readonly type: 'SUB_PROCESS'; readonly start: string; readonly eventSubProcesses: readonly string[] }
    | { readonly type: 'EVENT_SUB_PROCESS'; readonly start: string; readonly eventSubProcesses: readonly string[] }
    | { readonly type: 'AD_HOC_SUB_PROCESS'; readonly adHoc: AdHocModel; readonly eventSubProcesses: readonly string[] }
    /** The scope of one activated element and what follows from it. */
    | { readonly type: 'AD_HOC_SUB_PROCESS_INNER_INSTANCE'; readonly adHoc: AdHocModel }
    | { readonly type: 'CALL_ACTIVITY'; readonly called: CalledElementModel }
  );

export type ElementType = ElementModel['type'];
export type ElementOf<T extends ElementType> = Extract<ElementModel, { readonly type: T }>;
