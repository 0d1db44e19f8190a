// Finds what somebody changed by hand in an InferenceService: fields that no longer say what we declared.
import type { KServeMode } from '../settings.ts';
import { readDeclaration } from './declaration.ts';
import type { InferenceService } from './inference-service.ts';
import { toManifest } from './manifest.ts';

/**
 * The paths of the fields that differ, and of those that split traffic although we declared none. Fields that we never
 * declare (replicas, resources, defaults of webhooks) belong to others and are no edit.
 */
export function findHandEdits(seen: InferenceService, mode: KServeMode): string[] {
  const declaration = readDeclaration(seen.metadata.annotations);
  if (declaration === null) return ['metadata.annotations: our declaration is missing'];
  const declared = toManifest(seen.metadata.name, declaration, mode, null);
  const predictor = mapOf(seen.spec['predictor']);
  const foreign = [
    ...('canary' in declared.spec || isEmpty(seen.spec['canary']) ? [] : ['spec.canary']),
    ...('canaryTrafficPercent' in mapOf(declared.spec['predictor']) || predictor['canaryTrafficPercent'] === undefined ? [] : ['spec.predictor.canaryTrafficPercent']),
  ];
  const mine = { annotations: declared.metadata.annotations, spec: declared.spec };
  return [...differences(mine.spec, seen.spec, 'spec'), ...differences(mine.annotations, seen.metadata.annotations ?? {}, 'metadata.annotations'), ...foreign];
}

function differences(declared: unknown, seen: unknown, path: string): string[] {
  if (Array.isArray(declared)) {
    if (!Array.isArray(seen) || seen.length !== declared.length) return [path];
    return declared.flatMap((item, index) => differences(item, seen[index], `${path}[${index}]`));
  }
  if (typeof declared === 'object' && declared !== null) {
    const there = mapOf(seen);
    return Object.entries(declared).flatMap(([name, value]) => differences(value, there[name], `${path}.${name}`));
  }
  return declared === seen ? [] : [path];
}

function mapOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}
