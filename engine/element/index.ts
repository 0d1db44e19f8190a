// All elements by type, and by the node of a diagram that draws them.
import type { ActivityType, ElementModel, ElementType } from '../model/executable.ts';
import type { Node } from '../model/moddle.ts';
import type { AnyDrawn, AnyElement, Element, MadeElement } from './contract.ts';
import * as registry from './registry.ts';

// An element whose model has no line in the registry does not compile.
const elements = { ...registry } satisfies { readonly [Type in ElementType]: (Type extends ActivityType ? Element<Type> : never) | MadeElement<Type> };

/** What the element of this type does and what is true of it; for visits and models of that element. */
export function behaviourOf(type: ElementType): AnyElement {
  return elements[type];
}

/** Whether an instance of this element can have open timers or subscriptions. */
export const mayWait = (element: ElementModel): boolean => element.boundaryEvents.length > 0 || behaviourOf(element.type).mayWait?.(element) === true;

const drawn = new Map<string, AnyDrawn[]>();
for (const element of Object.values(elements)) {
  if (element.reads !== undefined) drawn.set(element.reads, [...(drawn.get(element.reads) ?? []), element]);
}

/** The element that this node of a diagram draws; undefined: none that the engine knows. */
export function elementDrawnBy(node: Node): AnyDrawn | undefined {
  return drawn.get(node.$type)?.find((element) => element.isMeant?.(node) ?? true);
}

/** All that the engine knows, for the support page; sorted, as the keys of a module have no order of their own everywhere. */
export const elementTypes: readonly string[] = Object.keys(elements).toSorted();
