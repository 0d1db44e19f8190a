// Turns a declaration into the fields of an InferenceService that we own, for each of KServe's two ways to split traffic.
import type { Manifest } from '../kubernetes/inference-services.ts';
import type { KServeMode } from '../settings.ts';
import { declarationAnnotation, writeDeclaration, type Declaration, type DeclaredVersion } from './declaration.ts';

/**
 * Knative mode: one predictor, `canaryTrafficPercent` is the share of its newest revision. Standard mode (KServe 0.20 and
 * later): the candidate is an entry of `spec.canary`; promoting it means to name it as the predictor, without a restart.
 */
export function toManifest(service: string, declaration: Declaration, mode: KServeMode, resourceVersion: string | null): Manifest {
  return {
    metadata: {
      name: service,
      annotations: {
        'serving.kserve.io/deploymentMode': mode,
        // Gives each revision an address of its own in Knative mode; without it a candidate at 0 % cannot be asked.
        ...(mode === 'Knative' ? { 'serving.kserve.io/enable-tag-routing': 'true' } : {}),
        [declarationAnnotation]: writeDeclaration(declaration),
      },
      ...(resourceVersion === null ? {} : { resourceVersion }),
    },
    spec: mode === 'Knative' ? knativeSpec(declaration) : standardSpec(declaration),
  };
}

function knativeSpec({ stable, candidate, percent, rolledBack }: Declaration): Record<string, unknown> {
  const share = candidate !== null ? { canaryTrafficPercent: percent } : rolledBack ? { canaryTrafficPercent: 0 } : {};
  return { predictor: { model: modelOf(candidate ?? stable), ...share } };
}

function standardSpec({ stable, candidate, percent }: Declaration): Record<string, unknown> {
  const predictor = { name: stable.name, model: modelOf(stable) };
  if (candidate === null) return { predictor };
  // The schema wants the container's name in a canary, which KServe fills in by itself for the predictor.
  return { predictor, canary: [{ trafficPercent: percent, predictor: { name: candidate.name, model: { name: 'kserve-container', ...modelOf(candidate) } } }] };
}

function modelOf({ storageUri, format, protocol }: DeclaredVersion): Record<string, unknown> {
  return { modelFormat: { ...format }, protocolVersion: protocol, storageUri };
}
