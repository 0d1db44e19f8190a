/** What the clients of KServe, Kubeflow Pipelines and the Model Registry are told, from the settings of the product. */
import { join } from 'node:path';
import { defaultCallLimits, type PlatformSettings } from '../../workers/index.ts';
import type { Settings } from '../settings.ts';

/** `modelServer`: address of the model server that is used where no cluster is configured. */
export function platformSettings(settings: Settings, modelServer: () => string): PlatformSettings {
  return {
    kserve: settings.kserve,
    pipelines: settings.pipelines,
    registry: settings.modelRegistry,
    serviceProperty: settings.registryServiceProperty,
    modelServer,
    localRegistryFile: join(settings.dataDir, 'model-registry.json'),
    limits: defaultCallLimits,
  };
}
