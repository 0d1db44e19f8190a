// Reads untyped elements of dmn-moddle: each accessor checks what it finds.

export type Element = { readonly $type: string; readonly [property: string]: unknown };

export const isElement = (value: unknown): value is Element =>
  typeof value === 'object' && value !== null && '$type' in value && typeof value.$type === 'string';

/** A string property, undefined when it is absent or empty. */
export function textAt(element: Element, property: string): string | undefined {
  const value = element[property];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function elementAt(element: Element, property: string): Element | undefined {
  const value = element[property];
  return isElement(value) ? value : undefined;
}

export function elementsAt(element: Element, property: string): readonly Element[] {
  const value = element[property];
  return Array.isArray(value) ? value.filter(isElement) : [];
}

/** The id behind `href="#id"` of a reference. */
export function referenceAt(element: Element, property: string): string | undefined {
  const reference = elementAt(element, property);
  const href = reference === undefined ? undefined : textAt(reference, 'href');
  return href?.slice(href.indexOf('#') + 1);
}

/** `dmn:DecisionTable` as a modeler calls it: `decisionTable`. */
export function kindOf(element: Element): string {
  const name = element.$type.slice(element.$type.indexOf(':') + 1);
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}
