// What throw and end events throw.
import { done, waiting } from './behaviour.ts';
import type { Activated } from './behaviour.ts';
import { throwCompensation } from './compensate.ts';
import { evaluateText } from './evaluate.ts';
import { describeUncaught, findCatcher } from './find-catcher.ts';
import type { Catcher } from './find-catcher.ts';
import { offerJob } from './job-work.ts';
import type { EndThrow, IntermediateThrow } from './read-throw.ts';
import { fail, isFailure } from './visit.ts';
import type { Failure, Visit } from './visit.ts';

export function throwEvent(visit: Visit, throws: EndThrow | IntermediateThrow): Activated | Failure {
  switch (throws.kind) {
    case 'none':
    case 'link':
    case 'terminate': return done;
    case 'message': return offerJob(visit, throws.job);
    case 'signal': return broadcast(visit, throws.name);
    case 'error': return throwError(visit, throws.code);
    case 'escalation': return escalate(visit, throws.code);
    case 'compensation': return throwCompensation(visit, throws.activityId);
    default: return throws satisfies never;
  }
}

/** The signal takes the event's own variables along. */
function broadcast(visit: Visit, source: string): Activated | Failure {
  const { instance, view, step, locals } = visit;
  const signalName = evaluateText(visit, source);
  if (isFailure(signalName)) return signalName;
  step.followUps.push({ type: 'signal.broadcast', signalName, variables: { ...view.variables.allLocal(instance.key), ...locals } });
  return done;
}

/** The catcher ends the scope in which the event stands, so the event itself never completes. */
function throwError(visit: Visit, source: string): Activated | Failure {
  const code = evaluateText(visit, source);
  if (isFailure(code)) return code;
  const catcher = findCatcher(visit.view, visit.instance.scopeKey, 'error', code);
  if ('available' in catcher) return fail('UNHANDLED_ERROR_EVENT', describeUncaught(code, catcher));
  trigger(visit, catcher);
  return waiting;
}

/** Goes on unless the catcher interrupts; an escalation that nobody catches is none. */
function escalate(visit: Visit, source: string): Activated | Failure {
  const code = evaluateText(visit, source);
  if (isFailure(code)) return code;
  const catcher = findCatcher(visit.view, visit.instance.scopeKey, 'escalation', code);
  if ('available' in catcher) return done;
  trigger(visit, catcher);
  return catcher.interrupting ? waiting : done;
}

/** At once: an event sub-process that empties its scope, a boundary event that begins beside. The others have their turn behind what waits. */
function trigger({ step }: Visit, { elementInstanceKey, catchEventId: elementId, isStart, interrupting }: Catcher): void {
  (isStart === interrupting ? step.atOnce : step.followUps).push({ type: 'catch-event.trigger', elementInstanceKey, elementId, variables: {} });
}
