// Reads a timer definition; what is no expression must already make sense.
import { firstDue } from '../timer/schedule.ts';
import type { ExpressionSource, TimerModel, Trigger } from './executable.ts';
import { nodeOf, placeOf, textOf } from './moddle.ts';
import type { Node } from './moddle.ts';
import type { Problems } from './problems.ts';

/** What is wrong is told of the definition when it has an id, as on a cluster. */
export function readTimer(node: Node, definition: Node, problems: Problems): Trigger | null {
  const place = placeOf(node, definition);
  const kinds = (['duration', 'date', 'cycle'] as const).flatMap((kind): { kind: TimerModel['kind']; expression: ExpressionSource }[] => {
    const expression = textOf(nodeOf(definition, `time${kind.charAt(0).toUpperCase()}${kind.slice(1)}`), 'body')?.trim();
    return expression === undefined || expression === '' ? [] : [{ kind, expression }];
  });
  const [timer] = kinds;
  if (timer === undefined || kinds.length > 1) {
    problems.add(place, 'Must be exactly one type of timer: timeDuration, timeDate or timeCycle');
    return null;
  }
  problems.check(place, timer.expression);
  const due = timer.expression.startsWith('=') ? undefined : firstDue(timer.kind, timer.expression, 0, 'UTC');
  if (due !== undefined && 'error' in due) problems.add(node, `Invalid timer ${timer.kind} expression (${due.error}.)`);
  return { kind: 'timer', timer };
}
