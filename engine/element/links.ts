// Links: a throw event leads to the catch event of the same name in its scope, by a way that no flow draws.
import type { FlowModel } from '../model/executable.ts';
import { definitionOf } from '../model/moddle.ts';
import type { Node } from '../model/moddle.ts';
import type { Problems } from '../model/problems.ts';
import type { Scope } from '../model/scope.ts';
import { intermediateCatchEvent } from './intermediate-catch-event.ts';
import { intermediateThrowEvent } from './intermediate-throw-event.ts';

const linksAmong = (nodes: readonly Node[], { reads }: { readonly reads: string }): readonly Node[] =>
  nodes.filter((node) => node.$type === reads && definitionOf(node)?.$type === 'bpmn:LinkEventDefinition');

const nameOf = (link: Node): string | undefined => definitionOf(link)?.name;

/** The way from a link throw event to its catch event; of all else none. */
export function jumpsOf(node: Node, scope: Scope): readonly FlowModel[] {
  if (linksAmong([node], intermediateThrowEvent).length === 0) return [];
  const target = linksAmong(scope.nodes, intermediateCatchEvent).find((other) => nameOf(other) === nameOf(node));
  return target?.id === undefined ? [] : [{ id: null, target: target.id, condition: null }];
}

/** `parent`: the process or sub-process of this scope. */
export function checkLinks(parent: Node, scope: Scope, problems: Problems): void {
  const catches = linksAmong(scope.nodes, intermediateCatchEvent).map((link) => nameOf(link) ?? '');
  const throws = linksAmong(scope.nodes, intermediateThrowEvent).map((link) => nameOf(link) ?? '');
  for (const name of new Set(throws)) {
    if (!catches.includes(name)) problems.add(parent, `Can't find an catch link event for the throw link event with the name '${name}'.`);
  }
  for (const name of new Set(catches.filter((one, index) => catches.indexOf(one) !== index))) {
    problems.add(parent, `Multiple intermediate catch link event definitions with the same name '${name}' are not allowed.`);
  }
  if ([...catches, ...throws].includes('')) problems.add(parent, 'Link name must be present and not empty.');
}
