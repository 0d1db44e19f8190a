// The contract of an element: how diagrams draw it, how it is read, and what it does when a token arrives, when its work is done, and when it is ended from outside.
import type { ActivityModel, ActivityType, Binding, ElementBase, ElementModel, ElementOf, ElementType, ExpressionSource, FlowModel } from '../model/executable.ts';
import type { Node } from '../model/moddle.ts';
import type { Problems } from '../model/problems.ts';
import type { Scope } from '../model/scope.ts';
import type { Activated } from './behaviour.ts';
import type { Failure, VisitOf } from './visit.ts';

/** An element that diagrams draw. Its file also adds its model to `ElementModels`, and registry.ts has a line for it. */
export type Element<Type extends ActivityType> = Drawing<Type> & Facts<Type> & Behaviour<Type>;

/** An element that the engine makes by itself. */
export type MadeElement<Type extends ElementType> = { readonly reads?: never } & Facts<Type> & Behaviour<Type>;

type Drawing<Type extends ActivityType> = {
  /** Its BPMN tag. Two elements may share one when `isMeant` tells them apart. */
  readonly reads: `bpmn:${string}`;
  readonly isMeant?: (node: Node) => boolean;
  /** Zeebe's extension elements that mean something on it; others are refused, but for execution listeners, which all may have. */
  readonly extensions: readonly `zeebe:${string}`[];
  /** Makes its model of the node and of what every element has; undefined when a problem left nothing to build. */
  read(node: Node, base: ElementBase, problems: Problems): ElementOf<Type> | undefined;
  /** Checks what must hold between it and what stands around it. */
  checkScope?(node: Node, scope: Scope, problems: Problems): void;
  /** Its outgoing flows may have conditions. */
  readonly takesConditions?: true;
  /** Execution listeners that it cannot have, in the words of the refusal. */
  refusesListeners?(node: Node): { readonly event: 'start' | 'end'; readonly by: string } | undefined;
  /** Elements are drawn inside it: the scope in which they are, itself or one that the engine makes. */
  innerScope?(element: ElementOf<Type>): ActivityModel;
  /** What becomes of the element to which a flow leads from here. */
  adaptTarget?(target: ElementModel): ElementModel;
};

/** What the engine asks of it elsewhere; what is left out does not hold. */
type Facts<Type extends ElementType> = {
  /** Nothing waits in it, as a cluster sees it: a loop of such elements is refused. A throw event counts even when a job does its work. */
  passesAtOnce?(element: ElementOf<Type>): boolean;
  /** There is no moment at which a timer, message or signal at its boundary could come: none is opened, so that no buffered message is lost on it and no incident comes of it, as in Zeebe. */
  opensNoBoundaryEvents?(element: ElementOf<Type>): boolean;
  /** It is passed within one step, others in two, as in Zeebe (measured on 8.8.21): it decides which parallel branch is ahead. */
  readonly leavesAtOnce?: true;
  /** A scope that begins with one element in it. */
  readonly startsWithToken?: true;
  /** Its instances can have open timers or subscriptions, apart from those of boundary events. */
  mayWait?(element: ElementOf<Type>): boolean;
  /** The process, decision or form that it calls, and the name of the extension that says so. */
  calls?(element: ElementOf<Type>): Called | undefined;
};

export type Called = { readonly kind: 'process' | 'decision' | 'form'; readonly by: string; readonly id: ExpressionSource; readonly binding: Binding };

type Behaviour<Type extends ElementType> = {
  /**
   * The input mappings are applied and the boundary events wait. States what is needed for the work (a job, a task, a
   * timer) or does it. Next: ACTIVATED, then `onComplete` at once when it answers `done`. A failure leaves the instance
   * ACTIVATING with an incident, and this runs again when that is resolved.
   */
  onActivate(visit: VisitOf<Type>): Activated | Failure;
  /**
   * The output mappings are applied. Answers the flows that the token takes; none ends it. Next: COMPLETED, and the
   * targets of the flows are activated. A failure leaves the instance COMPLETING with an incident.
   */
  onComplete(visit: VisitOf<Type>): readonly FlowModel[] | Failure;
  /** Takes back what `onActivate` stated, children and waiting apart. Next: TERMINATED, or TERMINATING when it answers true: listeners come first. */
  onTerminate(visit: VisitOf<Type>): boolean | void;
};

/** One whose type is not known; give it what is of its own element only. */
export type AnyElement = Facts<ElementType> & Behaviour<ElementType>;
/** The same of one that diagrams draw. */
export type AnyDrawn = Drawing<ActivityType> & AnyElement;
