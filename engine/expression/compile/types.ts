// FEEL types as `instance of` and typed parameters write them.
import { entryOf, isContext, isList, typeOf, type TypeName, type Value } from '../value/value.ts';
import { child, childNamed, nameOf } from './node-compiler.ts';
import type { FeelNode } from './parse-feel.ts';

export type Type =
  | { readonly kind: 'any' | 'unknown' }
  | { readonly kind: 'named'; readonly name: TypeName }
  | { readonly kind: 'list'; readonly element: Type }
  | { readonly kind: 'context'; readonly entries: readonly { readonly name: string; readonly type: Type }[] };

const names: Readonly<Record<string, TypeName>> = {
  boolean: 'boolean', number: 'number', string: 'string', list: 'list', context: 'context', function: 'function', range: 'range', Null: 'null',
  date: 'date', time: 'time', 'date and time': 'date and time', 'date time': 'date and time',
  'days and time duration': 'days and time duration', 'day-time-duration': 'days and time duration',
  'years and months duration': 'years and months duration', 'year-month-duration': 'years and months duration',
};

/** Compiles a type node; a name that FEEL does not know is a type without instances. */
export function compileType(node: FeelNode): Type {
  const inner = node.name === 'Type' ? child(node, 0) : node;
  if (inner.name === 'ListType') return { kind: 'list', element: compileType(childNamed(inner, 'Type') ?? inner) };
  if (inner.name === 'ContextType') {
    const listed = childNamed(inner, 'ContextEntryTypes')?.children.filter((each) => each.name === 'ContextEntryType') ?? [];
    return { kind: 'context', entries: listed.map((each) => ({ name: nameOf(child(each, 0)), type: compileType(childNamed(each, 'Type') ?? each) })) };
  }
  if (inner.name === 'FunctionType') return { kind: 'named', name: 'function' };
  return typeNamed(nameOf(inner));
}

/** The type of that name, as in a DMN `typeRef`. */
export function typeNamed(name: string): Type {
  if (name === 'Any') return { kind: 'any' };
  const found = Object.hasOwn(names, name) ? names[name] : undefined;
  return found === undefined ? { kind: 'unknown' } : { kind: 'named', name: found };
}

/** Whether the value is of the type; null is an instance of no type but `Null`. */
export function isInstance(value: Value, type: Type): boolean {
  switch (type.kind) {
    case 'any': return value !== null;
    case 'unknown': return false;
    case 'named': return typeOf(value) === type.name;
    case 'list': return isList(value) && value.every((item) => isInstance(item, type.element));
    case 'context': return isContext(value) && type.entries.every(({ name, type: of }) => hasType(entryOf(value, name), of));
    default: return type satisfies never;
  }
}

const hasType = (value: Value | undefined, type: Type): boolean => value !== undefined && isInstance(value, type);
