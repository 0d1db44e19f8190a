// Compiles sources to closures and keeps the latest of them.
import type { CompilationFailure, CompiledExpression, CompileOptions } from './contract.ts';

/** An attribute that allows both: a source with leading `=` is FEEL, any other is the literal string. */
export function compileExpression(source: string, options: CompileOptions = {}): CompiledExpression | CompilationFailure {
  return source.trimStart().startsWith('=') ? compileFeel(source, options) : { source, kind: 'constant', variables: [] };
}

/** A source that is FEEL whether or not it has a leading `=` (DMN texts, conditions). */
export function compileFeel(source: string, _options: CompileOptions = {}): CompiledExpression | CompilationFailure {
  return { error: `FEEL is being built; cannot compile '${source}' yet` };
}

/** The text of a DMN input entry: tests of an implicit input, `?`. */
export function compileUnaryTests(source: string, _options: CompileOptions = {}): CompiledExpression | CompilationFailure {
  return { error: `FEEL is being built; cannot compile '${source}' yet` };
}
