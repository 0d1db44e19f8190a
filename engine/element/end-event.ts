// End event: the token ends here; an error end event throws its error up the scopes first.
import { done, nothingToTakeBack, takeAllFlows, waiting } from './behaviour.ts';
import type { Activated, ElementBehaviour } from './behaviour.ts';
import { describeUncaught, findErrorCatcher } from './catch-error.ts';
import { evaluateText } from './evaluate.ts';
import { isFailure } from './visit.ts';
import type { Failure, Visit } from './visit.ts';

export const endEvent: ElementBehaviour<'END_EVENT'> = {
  onActivate: (visit) => (visit.element.errorCode === null ? done : throwError(visit, visit.element.errorCode)),
  onComplete: takeAllFlows,
  onTerminate: nothingToTakeBack,
};

/** The catcher ends the scope in which this event stands, so the event itself never completes. */
function throwError(visit: Visit, source: string): Activated | Failure {
  const code = evaluateText(visit, source);
  if (isFailure(code)) return code;
  const catcher = findErrorCatcher(visit.view, visit.instance.scopeKey, code);
  if ('available' in catcher) return { failure: 'UNHANDLED_ERROR_EVENT', message: describeUncaught(code, catcher) };
  visit.step.followUps.push({ type: 'catch-event.trigger', elementInstanceKey: catcher.elementInstanceKey, elementId: catcher.boundaryEventId, variables: {} });
  return waiting;
}
