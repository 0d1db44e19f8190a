// Variables, paths, contexts and lists.
import { propertyNames, propertyOf } from '../value/property.ts';
import { shown } from '../value/text.ts';
import { entryOf, isContext, isList, newContext, type Value } from '../value/value.ts';
import { unescape } from './literal-nodes.ts';
import { bindEntries, lookUp } from './frame.ts';
import { child, nameOf, type NodeCompiler } from './node-compiler.ts';
import { deeper, spend, warn, type Run } from './run.ts';
import type { FeelNode } from './parse-feel.ts';

export const collectionNodes = {
  VariableName(node, compiler) {
    const name = nameOf(node);
    compiler.noteReference(name);
    return (frame) => lookUp(frame, name) ?? missing(lookUp(frame, name), name, frame.run);
  },
  '?': () => (frame) => lookUp(frame, '?') ?? null,
  PathExpression(node, compiler) {
    const target = compiler.compile(child(node, 0));
    const key = nameOf(child(node, 2));
    return (frame) => path(target(frame), key, frame.run);
  },
  List(node, compiler) {
    const items = node.children.slice(1, -1).map((each) => compiler.compile(each));
    return (frame) => items.map((item) => item(frame));
  },
  Context(node, compiler) {
    const entries = node.children.slice(1, -1).map((entry) => ({ key: keyOf(child(entry, 0)), value: compiler.compile(child(entry, 1)) }));
    return (frame) => {
      const context = newContext();
      const inside = bindEntries(frame, context);
      for (const { key, value } of entries) context[key] = value(inside);
      return context;
    };
  },
} as const satisfies Record<string, NodeCompiler>;

/** A null variable is null; one that does not exist is null with a warning. */
function missing(value: Value | undefined, name: string, run: Run): null {
  return value === undefined ? warn(run, 'NO_VARIABLE_FOUND', () => `No variable found with name '${name}'`) : null;
}

function keyOf(key: FeelNode): string {
  const [inner] = key.children;
  return inner?.name === 'StringLiteral' ? unescape(inner.text) : nameOf(key);
}

/** The entry or property of that name; of a list, that of each item. */
export function path(target: Value, key: string, run: Run): Value {
  if (isContext(target)) return entryOf(target, key) ?? noEntry(target, key, run);
  if (isList(target)) {
    spend(run, target.length);
    return deeper(run, () => target.map((item) => path(item, key, run)));
  }
  if (target === null) return warn(run, 'NO_CONTEXT_ENTRY_FOUND', () => `No context entry found with key '${key}'. The context is null`);
  return propertyOf(target, key) ?? noProperty(target, key, run);
}

function noEntry(context: { readonly [key: string]: Value }, key: string, run: Run): null {
  if (Object.hasOwn(context, key)) return null;
  const keys = Object.keys(context);
  const available = keys.length === 0 ? 'The context is empty' : `Available keys: ${keys.slice(0, 20).map((each) => `'${each}'`).join(', ')}`;
  return warn(run, 'NO_CONTEXT_ENTRY_FOUND', () => `No context entry found with key '${key}'. ${available}`);
}

function noProperty(target: Value, key: string, run: Run): null {
  const names = propertyNames(target);
  if (names.includes(key)) return null;
  const available = names.map((name) => `'${name}'`).join(', ');
  return warn(run, 'NO_PROPERTY_FOUND', () => `No property found with name '${key}' of value '${shown(target)}'. Available properties: ${available}`);
}
