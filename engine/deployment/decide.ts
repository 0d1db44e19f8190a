// Decides deployments: which resources are new versions, and what starts processes from now on.
import { digestOf } from '../digest-of.ts';
import { accept, reject } from '../processing/step.ts';
import type { Deciders, Step } from '../processing/step.ts';
import type { Key } from '../keys.ts';
import type { View } from '../view.ts';
import { findMissing } from './check-bindings.ts';
import type { Deployed, DeploymentAnswer, DeployReadResources, DeleteResource, ReadResource } from './records.ts';
import { scheduleStarts, stopStarts } from './starts.ts';

export const deploymentDeciders: Deciders<DeployReadResources | DeleteResource> = {
  'deployment.deploy': ({ resources }, view, step) => {
    const problems = [...findDuplicates(resources), ...findMissing(resources)];
    const deploymentKey = view.newKey();
    step.events.push({ type: 'deployment.created', key: deploymentKey });
    const deployed: Deployed[] = [];
    // One file that changed makes a new version of every file, as on a cluster.
    const isRepeated = resources.every((resource) => isDuplicate(view, resource));
    for (const resource of resources) {
      const added = deploy(view, step, { deploymentKey, isRepeated }, resource);
      if ('error' in added) problems.push(`'${resource.name}': ${added.error}`);
      else deployed.push(...added.deployed);
    }
    if (problems.length > 0) return reject('INVALID_ARGUMENT', `Expected to deploy new resources, but encountered the following errors:\n${problems.join('\n')}`);
    const answer: DeploymentAnswer = { deploymentKey, deployed };
    return accept(answer);
  },

  'resource.delete': ({ resourceKey }, view, step) => {
    const process = view.deployments.process(resourceKey);
    if (process !== undefined) {
      if (view.deployments.hasRunningInstances(resourceKey)) {
        return reject('INVALID_STATE', `Expected to delete process definition with key '${resourceKey}', but it has running instances. Cancel them first.`);
      }
      const wasLatest = view.deployments.latestProcess(process.bpmnProcessId)?.key === resourceKey;
      step.events.push({ type: 'resource.deleted', kind: 'process', key: resourceKey });
      if (wasLatest) stopStarts(view, step, resourceKey);
      const previous = wasLatest ? previousVersion(view, process.bpmnProcessId, process.version) : undefined;
      const failure = previous === undefined ? undefined : scheduleStarts(view, step, previous);
      return failure === undefined ? accept() : reject('INVALID_STATE', failure.error);
    }
    const kind = view.deployments.form(resourceKey) !== undefined ? 'form' : view.deployments.requirements(resourceKey) !== undefined ? 'decision-requirements' : undefined;
    if (kind === undefined) return reject('NOT_FOUND', `Expected to delete resource but no resource found with key '${resourceKey}'`);
    step.events.push({ type: 'resource.deleted', kind, key: resourceKey });
    return accept();
  },
};

type Added = { readonly deployed: readonly Deployed[] } | { readonly error: string };

type Deployment = { readonly deploymentKey: Key; /** Nothing in it is new. */ readonly isRepeated: boolean };

function deploy(view: View, step: Step, deployment: Deployment, resource: ReadResource): Added {
  switch (resource.kind) {
    case 'bpmn': return deployProcesses(view, step, deployment, resource);
    case 'dmn': return { deployed: deployDecisions(view, step, deployment, resource) };
    case 'form': return { deployed: [deployForm(view, step, deployment, resource)] };
    default: return resource satisfies never;
  }
}

function deployProcesses(view: View, step: Step, { deploymentKey, isRepeated }: Deployment, resource: Extract<ReadResource, { kind: 'bpmn' }>): Added {
  const digest = digestOf(resource.content);
  const deployed: Deployed[] = [];
  for (const model of resource.processes) {
    const { bpmnProcessId } = model;
    const latest = view.deployments.latestProcess(bpmnProcessId);
    const isSame = isRepeated && latest !== undefined;
    const key = isSame ? latest.key : view.newKey();
    const version = isSame ? latest.version : view.deployments.lastProcessVersion(bpmnProcessId) + 1;
    deployed.push({ kind: 'process', key, bpmnProcessId, version, resourceName: resource.name });
    if (isSame) continue;
    step.events.push({ type: 'process-definition.created', key, deploymentKey, version, resourceName: resource.name, digest, xml: resource.content, model });
    if (latest !== undefined) stopStarts(view, step, latest.key);
    const failure = scheduleStarts(view, step, { key, bpmnProcessId, model });
    if (failure !== undefined) return failure;
  }
  return { deployed };
}

function deployForm(view: View, step: Step, { deploymentKey, isRepeated }: Deployment, resource: Extract<ReadResource, { kind: 'form' }>): Deployed {
  const { formId, name: resourceName, versionTag, content } = resource;
  const digest = digestOf(content);
  const latest = view.deployments.latestForm(formId);
  if (isRepeated && latest !== undefined) return { kind: 'form', key: latest.key, formId, version: latest.version, resourceName };
  const key = view.newKey();
  const version = view.deployments.lastFormVersion(formId) + 1;
  step.events.push({ type: 'form.created', key, deploymentKey, formId, version, versionTag, resourceName, digest, schema: content });
  return { kind: 'form', key, formId, version, resourceName };
}

function deployDecisions(view: View, step: Step, { deploymentKey, isRepeated }: Deployment, resource: Extract<ReadResource, { kind: 'dmn' }>): Deployed[] {
  const { drgId, drgName: name, namespace, name: resourceName, content, decisions } = resource;
  const digest = digestOf(content);
  const latest = view.deployments.latestRequirements(drgId);
  const isSame = isRepeated && latest !== undefined;
  const drgKey = isSame ? latest.key : view.newKey();
  const version = isSame ? latest.version : view.deployments.lastRequirementsVersion(drgId) + 1;
  if (!isSame) step.events.push({ type: 'decision-requirements.created', key: drgKey, deploymentKey, drgId, version, name, namespace, resourceName, digest, xml: content });
  const deployed: Deployed[] = [{ kind: 'decision-requirements', key: drgKey, decisionRequirementsId: drgId, version, name, resourceName }];
  for (const decision of decisions) {
    const known = isSame ? view.deployments.decisionOf(drgKey, decision.id) : undefined;
    const key = known?.key ?? view.newKey();
    const decisionVersion = known?.version ?? view.deployments.lastDecisionVersion(decision.id) + 1;
    deployed.push({ kind: 'decision', key, decisionId: decision.id, version: decisionVersion, name: decision.name, decisionRequirementsId: drgId, decisionRequirementsKey: drgKey });
    if (known !== undefined) continue;
    const { id: decisionId, name: decisionName, versionTag } = decision;
    step.events.push({ type: 'decision-definition.created', key, deploymentKey, decisionRequirementsKey: drgKey, drgId, decisionId, version: decisionVersion, versionTag, name: decisionName });
  }
  return deployed;
}

/** The latest version has the same content and file name. */
function isDuplicate(view: View, resource: ReadResource): boolean {
  const digest = digestOf(resource.content);
  const isSame = (latest: { readonly digest: string; readonly resourceName: string } | undefined) => latest?.digest === digest && latest.resourceName === resource.name;
  switch (resource.kind) {
    case 'bpmn': return resource.processes.every((process) => isSame(view.deployments.latestProcess(process.bpmnProcessId)));
    case 'dmn': return isSame(view.deployments.latestRequirements(resource.drgId));
    case 'form': return isSame(view.deployments.latestForm(resource.formId));
    default: return resource satisfies never;
  }
}

/** One id may stand in one resource of a deployment only. */
function findDuplicates(resources: readonly ReadResource[]): string[] {
  const resourceById = new Map<string, string>();
  const problems: string[] = [];
  for (const resource of resources) {
    for (const id of idsOf(resource)) {
      const other = resourceById.get(id);
      if (other !== undefined) problems.push(`Duplicated ${id} in resources '${other}' and '${resource.name}'`);
      resourceById.set(id, resource.name);
    }
  }
  return problems;
}

function idsOf(resource: ReadResource): string[] {
  switch (resource.kind) {
    case 'bpmn': return resource.processes.map((process) => `process id '${process.bpmnProcessId}'`);
    case 'dmn': return [`decision requirements id '${resource.drgId}'`, ...resource.decisions.map((decision) => `decision id '${decision.id}'`)];
    case 'form': return [`form id '${resource.formId}'`];
    default: return resource satisfies never;
  }
}

function previousVersion(view: View, bpmnProcessId: string, version: number) {
  for (let earlier = version - 1; earlier > 0; earlier--) {
    const definition = view.deployments.processVersion(bpmnProcessId, earlier);
    if (definition !== undefined) return definition;
  }
  return undefined;
}
