// Compiles sources to closures and keeps the latest of them.
import { compileTestsTree, compileTree, type CompiledTree } from './compile/compiler.ts';
import { parseFeel, type FeelNode, type Top } from './compile/parse-feel.ts';
import type { Closure, Test } from './compile/frame.ts';
import type { CompilationFailure, CompiledExpression, CompileOptions } from './contract.ts';

/** What `evaluate` needs behind a compiled expression. */
export type Code = { readonly kind: 'expression'; readonly run: Closure } | { readonly kind: 'unary-tests'; readonly test: Test };
type Compilation = CompiledExpression | CompilationFailure;

const codeByExpression = new WeakMap<CompiledExpression, Code>();
const cache = new Map<string, Compilation>();
/** Built-in names that the parser would else take apart at an operator. */
const namesWithOperators = ['get or else'] as const;
/** Sources kept; the least recently compiled go first. */
const cacheSize = 5000;

/** An attribute that allows both: a source with leading `=` is FEEL, any other is the literal string. */
export function compileExpression(source: string, options: CompileOptions = {}): Compilation {
  return source.trimStart().startsWith('=') ? compileFeel(source, options) : { source, kind: 'constant', variables: [] };
}

/** A source that is FEEL whether or not it has a leading `=` (DMN texts, conditions). */
export function compileFeel(source: string, options: CompileOptions = {}): Compilation {
  return cached('Expression', source, options, () => {
    const text = source.trimStart().startsWith('=') ? source.trimStart().slice(1) : source;
    if (text.trim() === '') return { error: `the expression '${source}' is empty; write a FEEL expression` };
    return compileWith({ source, text, top: 'Expression', options }, compileTree, (run) => ({ kind: 'expression', run }));
  });
}

/** The text of a DMN input entry: tests of an implicit input, `?`; empty or `-` accepts everything. */
export function compileUnaryTests(source: string, options: CompileOptions = {}): Compilation {
  return cached('UnaryTests', source, options, () => {
    const text = source.trim() === '' ? '-' : source;
    return compileWith({ source, text, top: 'UnaryTests', options }, compileTestsTree, (test) => ({ kind: 'unary-tests', test }));
  });
}

/** The code behind an expression that one of the functions above compiled. */
export function codeOf(compiled: CompiledExpression): Code {
  const code = codeByExpression.get(compiled);
  if (code === undefined) throw new Error(`'${compiled.source}' was not made by compileExpression, compileFeel or compileUnaryTests`);
  return code;
}

type Request = { readonly source: string; readonly text: string; readonly top: Top; readonly options: CompileOptions };

function compileWith<T>({ source, text, top, options }: Request, compile: (root: FeelNode) => CompiledTree<T>, toCode: (code: T) => Code): Compilation {
  const tree = parseFeel(text, top, [...namesWithOperators, ...(options.names ?? [])]);
  if ('error' in tree) return { error: `Failed to parse the expression '${shortened(text.trim())}': ${tree.error}` };
  const compiled = compile(tree);
  if ('error' in compiled) return { error: `Failed to compile the expression '${text.trim()}': ${compiled.error}` };
  const expression: CompiledExpression = { source, kind: top === 'Expression' ? 'expression' : 'unary-tests', variables: compiled.references };
  codeByExpression.set(expression, toCode(compiled.code));
  return expression;
}

function cached(top: Top, source: string, options: CompileOptions, compile: () => Compilation): Compilation {
  const key = `${top} ${(options.names ?? []).join('\u0000')}\u0001${source}`;
  const found = cache.get(key);
  if (found !== undefined) return found;
  const made = compile();
  if (cache.size >= cacheSize) {
    const [oldest] = cache.keys();
    if (oldest !== undefined) cache.delete(oldest);
  }
  cache.set(key, made);
  return made;
}

/** A source in a message: as it is, unless nobody could read it. */
const shortened = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text);
