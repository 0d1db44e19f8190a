// Puts the three ports together from the settings: the platform's where it is configured, the local ones elsewhere.
import { openConnector, serviceConnector } from './http/connection.ts';
import { createPlatformClient, type PlatformClientParts } from './http/platform-client.ts';
import { createKServeDeployment } from './kserve/kserve-deployment.ts';
import { inClusterAccess } from './kubernetes/in-cluster.ts';
import { createInferenceServices } from './kubernetes/inference-services.ts';
import { readKubeconfig } from './kubernetes/kubeconfig.ts';
import { kubernetesConnector } from './kubernetes/kubernetes-connector.ts';
import { readStatusFault } from './kubernetes/status-fault.ts';
import { createLocalDeployment } from './local/local-deployment.ts';
import { createLocalRegistry } from './local/local-registry.ts';
import { createModelRepository, readModelServerFault } from './local/model-repository.ts';
import { createKubeflowPipelines } from './pipelines/kubeflow-pipelines.ts';
import { noPipelines } from './pipelines/no-pipelines.ts';
import { readPipelinesFault } from './pipelines/pipelines-fault.ts';
import type { Platform } from './ports.ts';
import { createKubeflowRegistry } from './registry/kubeflow-registry.ts';
import { readRegistryFault } from './registry/registry-fault.ts';
import type { KServeSettings, PlatformSettings } from './settings.ts';

export type PlatformParts = {
  clock: { now(): number };
  /** From 0 to 1; jitters the pauses between tries. */
  random: () => number;
  /** Where a pod finds the address of its cluster. */
  environment: Record<string, string | undefined>;
};

/** Asks nothing and reads no file yet: a cluster that is down does not keep the product from starting. */
export function createPlatform(settings: PlatformSettings, parts: PlatformParts): Platform {
  const client = (own: Pick<PlatformClientParts, 'system' | 'connector' | 'readFault'>) => createPlatformClient({ ...own, limits: settings.limits, clock: parts.clock, random: parts.random });
  const repository = createModelRepository(client({ system: 'model-server', connector: openConnector(settings.modelServer), readFault: readModelServerFault }));

  function kserve({ namespace, mode, kubeconfig }: KServeSettings) {
    const connector = kubernetesConnector(() => (kubeconfig.length > 0 ? readKubeconfig(kubeconfig) : inClusterAccess(parts.environment)), parts.clock);
    const pauseMs = settings.limits.firstPauseMs;
    const services = createInferenceServices({ client: client({ system: 'kubernetes', connector, readFault: readStatusFault }), connector, namespace, pauseMs });
    return createKServeDeployment({ services, mode, pauseMs });
  }

  const { pipelines, registry } = settings;
  return {
    deployment: settings.kserve === null ? createLocalDeployment({ repository, address: settings.modelServer }) : kserve(settings.kserve),
    pipelines:
      pipelines === null ? noPipelines : createKubeflowPipelines(client({ system: 'pipelines', connector: serviceConnector('pipelines', pipelines), readFault: readPipelinesFault }), settings.limits),
    registry:
      registry === null
        ? createLocalRegistry({ repository, serviceProperty: settings.serviceProperty, file: settings.localRegistryFile, clock: parts.clock })
        : createKubeflowRegistry(client({ system: 'model-registry', connector: serviceConnector('model-registry', registry), readFault: readRegistryFault })),
  };
}
