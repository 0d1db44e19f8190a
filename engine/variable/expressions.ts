// Compiled expressions by source, and their evaluation at the engine's time.
import { compileExpression, evaluate } from '../expression/index.ts';
import type { CompiledExpression, Evaluation } from '../expression/index.ts';
import { boundedCache } from '../store/bounded-cache.ts';

export type Expressions = {
  /** The compiled source; a source that does not compile is refused at deployment, so here it is a defect. */
  compile(source: string): CompiledExpression;
  evaluate(compiled: CompiledExpression, variable: (name: string) => unknown, now: number): Evaluation;
};

export function createExpressions(timeZone: string): Expressions {
  const compiledBySource = boundedCache<string, CompiledExpression>(10_000);
  return {
    compile: (source) => {
      const known = compiledBySource.get(source);
      if (known !== undefined) return known;
      const compiled = compileExpression(source);
      if ('error' in compiled) throw new Error(`Expression '${source}' was deployed but does not compile: ${compiled.error}`);
      compiledBySource.set(source, compiled);
      return compiled;
    },
    evaluate: (compiled, variable, now) => evaluate(compiled, variable, { now, timeZone }),
  };
}
