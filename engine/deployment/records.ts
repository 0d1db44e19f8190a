// Deployment: resources in, definitions out; deleting them.
import type { ProcessModel } from '../model/executable.ts';
import type { Key } from '../keys.ts';

/** A file as it was sent. */
export type Resource = { readonly name: string; readonly content: string };

/** `.bpmn`, `.dmn` and `.form` files; all or none are deployed. */
export type CreateDeployment = { readonly type: 'deployment.create'; readonly resources: readonly Resource[] };
export type DeleteResource = { readonly type: 'resource.delete'; readonly resourceKey: Key };
export type DeploymentCommand = CreateDeployment | DeleteResource;

/** A resource that was read and found in order, before the command is queued (reading XML is asynchronous). */
export type ReadResource =
  | { readonly kind: 'bpmn'; readonly name: string; readonly content: string; readonly processes: readonly ProcessModel[] }
  | {
      readonly kind: 'dmn';
      readonly name: string;
      readonly content: string;
      readonly drgId: string;
      readonly drgName: string;
      readonly namespace: string;
      readonly decisions: readonly { readonly id: string; readonly name: string; readonly versionTag: string | null }[];
    }
  | { readonly kind: 'form'; readonly name: string; readonly content: string; readonly formId: string; readonly versionTag: string | null };
/** What `deployment.create` becomes once its resources are read. */
export type DeployReadResources = { readonly type: 'deployment.deploy'; readonly resources: readonly ReadResource[] };

/** What a deployment answers; a definition whose content did not change keeps its key and version. */
export type DeploymentAnswer = {
  readonly deploymentKey: Key;
  readonly deployed: readonly Deployed[];
};
export type Deployed =
  | { readonly kind: 'process'; readonly key: Key; readonly bpmnProcessId: string; readonly version: number; readonly resourceName: string }
  | { readonly kind: 'decision'; readonly key: Key; readonly decisionId: string; readonly version: number; readonly name: string; readonly decisionRequirementsId: string; readonly decisionRequirementsKey: Key }
  | { readonly kind: 'decision-requirements'; readonly key: Key; readonly decisionRequirementsId: string; readonly version: number; readonly name: string; readonly resourceName: string }
  | { readonly kind: 'form'; readonly key: Key; readonly formId: string; readonly version: number; readonly resourceName: string };

export type DeploymentEvent =
  | { readonly type: 'deployment.created'; readonly key: Key }
  | {
      readonly type: 'process-definition.created';
      readonly key: Key;
      readonly deploymentKey: Key;
      readonly version: number;
      readonly resourceName: string;
      readonly digest: string;
      readonly xml: string;
      readonly model: ProcessModel;
    }
  | {
      readonly type: 'form.created';
      readonly key: Key;
      readonly deploymentKey: Key;
      readonly formId: string;
      readonly version: number;
      readonly versionTag: string | null;
      readonly resourceName: string;
      readonly digest: string;
      readonly schema: string;
    }
  | {
      readonly type: 'decision-requirements.created';
      readonly key: Key;
      readonly deploymentKey: Key;
      readonly drgId: string;
      readonly version: number;
      readonly name: string;
      readonly namespace: string;
      readonly resourceName: string;
      readonly digest: string;
      readonly xml: string;
    }
  | {
      readonly type: 'decision-definition.created';
      readonly key: Key;
      readonly deploymentKey: Key;
      readonly decisionRequirementsKey: Key;
      readonly drgId: string;
      readonly decisionId: string;
      readonly version: number;
      readonly versionTag: string | null;
      readonly name: string;
    }
  | { readonly type: 'resource.deleted'; readonly kind: 'process' | 'form' | 'decision-requirements'; readonly key: Key };
