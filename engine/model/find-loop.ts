// Finds loops in which nothing waits; they would never end.
import { behaviourOf } from '../element/index.ts';
import type { ElementModel } from './executable.ts';

/** The elements in order, the first one again at the end. */
export function findLoop(elements: Readonly<Record<string, ElementModel>>): readonly string[] | undefined {
  const settled = new Set<string>();
  const ids = Object.keys(elements);
  for (const id of [...ids.filter((one) => !isGateway(elements[one])), ...ids.filter((one) => isGateway(elements[one]))]) {
    const found = loopFrom(id, elements, settled);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Goes every way from here in which nothing waits; without recursion, as a way can be as long as the diagram. */
function loopFrom(start: string, elements: Readonly<Record<string, ElementModel>>, settled: Set<string>): readonly string[] | undefined {
  const way: { readonly id: string; readonly targets: readonly string[]; next: number }[] = [];
  const placeById = new Map<string, number>();
  const enter = (id: string): readonly string[] | undefined => {
    const element = elements[id];
    if (element === undefined || settled.has(id) || !passesAtOnce(element)) return undefined;
    const place = placeById.get(id);
    if (place !== undefined) {
      const loop = way.slice(place).map((step) => step.id);
      return loop.some((one) => !isGateway(elements[one])) ? [...loop, id] : undefined;
    }
    placeById.set(id, way.length);
    way.push({ id, targets: element.outgoing.map((flow) => flow.target), next: 0 });
    return undefined;
  };
  let found = enter(start);
  for (let step = way.at(-1); step !== undefined && found === undefined; step = way.at(-1)) {
    const target = step.targets[step.next++];
    if (target !== undefined) found = enter(target);
    else {
      settled.add(step.id);
      placeById.delete(step.id);
      way.pop();
    }
  }
  return found;
}

const isGateway = (element: ElementModel | undefined): boolean => element?.type.endsWith('GATEWAY') === true;

const passesAtOnce = (element: ElementModel): boolean => (element.type === 'MULTI_INSTANCE_BODY' ? passesAtOnce(element.inner) : behaviourOf(element.type).passesAtOnce?.(element) === true);
