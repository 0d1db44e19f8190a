// For the decisions next door: FEEL values before they become JSON, and what works on them.
export { evaluateToValue, valueToJson, type Scope } from './evaluate.ts';
export { deeper, beginRun, newBudget, type Budget, type Run } from './compile/run.ts';
export { equal, order } from './value/compare.ts';
export { add } from './value/number.ts';
export { shown } from './value/text.ts';
export { entryOf, isBoolean, isContext, isFunction, isList, isNumber, isString, newContext, tag, type FeelFunction, type FeelNumber, type Value } from './value/value.ts';
export { isInstance, typeNamed } from './compile/types.ts';
