// The FEEL boundary: compile a source once, evaluate it many times, JSON in and JSON out.
export type { JsonValue, Environment, CompileOptions, CompiledExpression, CompilationFailure, Evaluation, Warning } from './contract.ts';
export { compileExpression, compileFeel, compileUnaryTests } from './compile-expression.ts';
export { evaluate, evaluateUnaryTests } from './evaluate.ts';
export { describeMismatch, describeWarnings } from './describe-mismatch.ts';
