// The registry's custom properties: typed values in its JSON, plain ones in ours.
import { z } from 'zod';
import type { PropertyValue, ReleaseState } from '../ports.ts';

const Property = z.looseObject({
  metadataType: z.string(),
  string_value: z.string().optional(),
  int_value: z.union([z.string(), z.number()]).optional(),
  double_value: z.number().optional(),
  bool_value: z.boolean().optional(),
});

/** As the registry has it; types that we do not read (structs, protos) are kept as they are when the map is written back. */
export const PropertyMap = z.record(z.string(), Property);
export type PropertyMap = z.infer<typeof PropertyMap>;

/** Strings, numbers and booleans; all else is left out. An integer beyond 2^53 stays text. */
export function toValues(map: PropertyMap): Record<string, PropertyValue> {
  return Object.fromEntries(
    Object.entries(map).flatMap(([name, property]): [string, PropertyValue][] => {
      const value = property.string_value ?? property.double_value ?? property.bool_value ?? toInteger(property.int_value);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

export function toPropertyMap(values: Record<string, PropertyValue>): PropertyMap {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toProperty(value)]));
}

/** The names under which the lifecycle writes a release's state; plain enough for the registry's filter language. */
export const stateProperties = { releaseId: 'stellwerk_release', stage: 'stellwerk_stage', validUntil: 'stellwerk_valid_until', approvers: 'stellwerk_approvers' } as const;

/** The values to set, and the names to take away. */
export function splitState(state: ReleaseState): { set: Record<string, PropertyValue>; drop: string[] } {
  const given: [string, PropertyValue | null | undefined][] = [
    [stateProperties.releaseId, state.releaseId],
    [stateProperties.stage, state.stage],
    [stateProperties.validUntil, state.validUntil],
    [stateProperties.approvers, state.approvers === null || state.approvers === undefined ? state.approvers : state.approvers.join(', ')],
  ];
  return {
    set: Object.fromEntries(given.flatMap(([name, value]): [string, PropertyValue][] => (value === null || value === undefined ? [] : [[name, value]]))),
    drop: given.filter(([, value]) => value === null).map(([name]) => name),
  };
}

/** The whole map to write: the registry replaces it, so everything that was there goes along. */
export function mergeState(there: PropertyMap, state: ReleaseState): PropertyMap {
  const { set, drop } = splitState(state);
  const kept = Object.entries(there).filter(([name]) => !drop.includes(name));
  return { ...Object.fromEntries(kept), ...toPropertyMap(set) };
}

function toProperty(value: PropertyValue): PropertyMap[string] {
  if (typeof value === 'string') return { metadataType: 'MetadataStringValue', string_value: value };
  if (typeof value === 'boolean') return { metadataType: 'MetadataBoolValue', bool_value: value };
  if (Number.isSafeInteger(value)) return { metadataType: 'MetadataIntValue', int_value: String(value) };
  return { metadataType: 'MetadataDoubleValue', double_value: value };
}

/** Integers come as text. */
function toInteger(value: string | number | undefined): PropertyValue | undefined {
  if (value === undefined || typeof value === 'number') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
