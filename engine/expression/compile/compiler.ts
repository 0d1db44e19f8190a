// Compiles a tree to closures: one entry per grammar node, each in the file of its kind.
import { arithmeticNodes } from './arithmetic-nodes.ts';
import { collectionNodes } from './collection-nodes.ts';
import { comparisonNodes } from './comparison-nodes.ts';
import { functionNodes } from './function-nodes.ts';
import { iterationNodes } from './iteration-nodes.ts';
import { literalNodes } from './literal-nodes.ts';
import { logicNodes } from './logic-nodes.ts';
import { NotCompilable, type Compiler, type NodeCompiler } from './node-compiler.ts';
import { rangeNodes } from './range-nodes.ts';
import { compileUnaryTestsNode } from './unary-tests.ts';
import type { Closure, Test } from './frame.ts';
import type { FeelNode } from './parse-feel.ts';

const nodes: Readonly<Record<string, NodeCompiler>> = {
  ...literalNodes,
  ...arithmeticNodes,
  ...comparisonNodes,
  ...logicNodes,
  ...collectionNodes,
  ...iterationNodes,
  ...rangeNodes,
  ...functionNodes,
};

function newCompiler(): Compiler & { readonly references: Set<string> } {
  const references = new Set<string>();
  const compiler: Compiler & { readonly references: Set<string> } = {
    references,
    noteReference: (name) => references.add(name),
    compile(node) {
      const compileNode = Object.hasOwn(nodes, node.name) ? nodes[node.name] : undefined;
      if (compileNode === undefined) throw new NotCompilable(`'${node.text}' (${node.name}) is not supported here`);
      return compileNode(node, compiler);
    },
  };
  return compiler;
}

export type CompiledTree<T> = { readonly code: T; readonly references: readonly string[] } | { readonly error: string };

/** Compiles the tree of an expression. */
export const compileTree = (root: FeelNode): CompiledTree<Closure> => guarded((compiler) => compiler.compile(root));

/** Compiles the tree of unary tests. */
export const compileTestsTree = (root: FeelNode): CompiledTree<Test> => guarded((compiler) => compileUnaryTestsNode(root, compiler));

function guarded<T>(compile: (compiler: Compiler) => T): CompiledTree<T> {
  const compiler = newCompiler();
  try {
    const code = compile(compiler);
    return { code, references: [...compiler.references] };
  } catch (error) {
    if (error instanceof NotCompilable) return { error: error.message };
    throw error;
  }
}
