// What Zeebe adds to FEEL: repeating intervals for timers, and the mark for a parameter that a language model fills in.
import { textOfDayTime, textOfYearMonth } from '../temporal/duration.ts';
import { truncate } from '../value/number.ts';
import { isDayTime, isNumber, isYearMonth, type Value } from '../value/value.ts';
import { builtin, type Builtin } from './builtin.ts';

/** `R3/PT1H`; without a number of repetitions it goes on without end. */
function repeating(repetitions: Value | undefined, interval: Value | undefined): string | undefined {
  if (repetitions !== null && !isNumber(repetitions)) return undefined;
  const duration = isDayTime(interval) ? textOfDayTime(interval) : isYearMonth(interval) ? textOfYearMonth(interval) : undefined;
  return duration === undefined ? undefined : `R${repetitions === null ? '' : truncate(repetitions)}/${duration}`;
}

const parametersOfFromAi = ['value', 'description', 'type', 'schema', 'options'] as const;

export const zeebeBuiltins = {
  cycle: [
    builtin(['interval'], ([interval]) => repeating(null, interval)),
    builtin(['repetitions', 'interval'], ([repetitions = null, interval]) => repeating(repetitions, interval)),
  ],
  fromAi: parametersOfFromAi.map((_, index) => builtin(parametersOfFromAi.slice(0, index + 1), ([value = null]) => value)),
} as const satisfies Record<string, readonly Builtin[]>;
