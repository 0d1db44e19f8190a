// Logic over values: not, is defined, get or else, assert, is, and the mark for AI-made values.
import { equal } from '../value/compare.ts';
import { shown } from '../value/text.ts';
import { isBoolean, isDateTime, isTime, typeOf, type Value } from '../value/value.ts';
import { builtin, failure, type Builtin } from './builtin.ts';

const fromAi = (parameters: readonly string[]): Builtin => builtin(parameters, ([value = null]) => value);

export const booleanBuiltins = {
  not: [builtin(['negand'], ([value]) => (isBoolean(value) ? !value : null))],
  'is defined': [builtin(['value'], ([value]) => value !== null && value !== undefined)],
  'get or else': [builtin(['value', 'default'], ([value, otherwise = null]) => value ?? otherwise)],
  assert: [
    builtin(['value', 'condition'], ([value = null, condition]) => (condition === true ? value : failure('The condition is not fulfilled', true))),
    builtin(['value', 'condition', 'cause'], ([value = null, condition, cause = null]) => (condition === true ? value : failure(typeof cause === 'string' ? cause : shown(cause), true))),
  ],
  is: [builtin(['value1', 'value2'], ([a = null, b = null], run) => typeOf(a) === typeOf(b) && sameZone(a, b) && equal(a, b, run) === true)],
  fromAi: [
    fromAi(['value']),
    fromAi(['value', 'description']),
    fromAi(['value', 'description', 'type']),
    fromAi(['value', 'description', 'type', 'schema']),
    fromAi(['value', 'description', 'type', 'schema', 'options']),
  ],
} as const satisfies Record<string, readonly Builtin[]>;

/** `is` asks for the same value, not for the same moment. */
function sameZone(a: Value, b: Value): boolean {
  const timed = (value: Value): boolean => isTime(value) || isDateTime(value);
  if (!timed(a) || !(isTime(b) || isDateTime(b)) || !(isTime(a) || isDateTime(a))) return true;
  return a.offset === b.offset && a.zone === b.zone;
}
